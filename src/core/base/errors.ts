/**
 * Everything that may be expected to go wrong, by name. A code is stable: texts, metrics, tests and the runbook refer to
 * it. What is not in this list is a bug: the person sees a reference id and an alert is raised.
 */
export const errorCodes = [
  'busy',
  'budget_exceeded',
  'cancelled',
  'config_invalid',
  'database_unavailable',
  'invalid_input',
  'model_misconfigured',
  'model_refused',
  'model_truncated',
  'model_unavailable',
  'not_allowed',
  'not_found',
  'plan_too_large',
  'query_failed',
  'query_timeout',
  'secret_refused',
  'sql_refused',
  'store_corrupt',
  'store_full',
  'store_locked',
  'store_unavailable',
] as const;

/** One entry of `errorCodes`. */
export type ErrorCode = (typeof errorCodes)[number];

/** What a localised text may quote about an error. Short, safe to show, never a secret and never a row. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/**
 * An expected failure. `message` says in English what happened and why (logs, terminal); `next` says what to do about
 * it. Surfaces show `texts.error[code](details)` in the person's own language, not `message`.
 */
export class MemoriError extends Error {
  override readonly name = 'MemoriError';
  readonly code: ErrorCode;
  readonly next: string | undefined;
  readonly details: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly next?: string; readonly details?: ErrorDetails; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.next = options.next;
    this.details = options.details ?? {};
  }
}

/** True for a `MemoriError`, optionally of one code. */
export function isMemoriError(error: unknown, code?: ErrorCode): error is MemoriError {
  return error instanceof MemoriError && (code === undefined || error.code === code);
}

/** Throws `cancelled` when the signal has been aborted; call it between steps of long work. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new MemoriError('cancelled', 'The work was stopped.', { cause: signal.reason });
}

/** A copy of the error with more details, such as where it happened. The original becomes its cause. */
export const withDetails = (error: MemoriError, details: ErrorDetails): MemoriError =>
  new MemoriError(error.code, error.message, {
    ...(error.next === undefined ? {} : { next: error.next }),
    details: { ...error.details, ...details },
    cause: error,
  });
