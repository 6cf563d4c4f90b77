import pRetry from 'p-retry';
import type { Logger } from '../../core/base/logger.ts';
import { pause } from '../../core/base/pause.ts';
import { ModelFailure } from '../../core/model/model.ts';

/** The longest that is waited before another try, milliseconds; a person is watching. */
const longestWaitMs = 15_000;
/** More tries than a server needs that is loading its model for the longest time. */
const mostTries = 40;

export type ModelRetryOptions = {
  readonly model: string;
  /** Tries after the first, for what was not billed: 429, 5xx, no connection. */
  readonly retries: number;
  /** A server that says it is loading its model (503) is asked again for so long. Milliseconds. */
  readonly loadingMs: number;
  readonly logger: Logger;
  /** The vendor's error as the core knows it; leaves a `ModelFailure` as it is. */
  readonly failureOf: (error: unknown, signal: AbortSignal) => ModelFailure;
};

/** Runs one call of a vendor, again while that may help. Errors: `ModelFailure`. */
export type WithModelRetries = <T>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Retries only what cost nothing and is not silent, so that one hold covers every try. Waits as the vendor asks. */
export function createModelRetries(options: ModelRetryOptions): WithModelRetries {
  const { model, retries, loadingMs, logger, failureOf } = options;
  return (call, signal) => {
    const started = Date.now();
    const isWorthIt = (error: Error, attempt: number): boolean =>
      isRetryable(error) &&
      waitFor(error) <= longestWaitMs &&
      (attempt <= retries || (isLoading(error) && Date.now() - started < loadingMs));
    return pRetry(
      async () => {
        try {
          return await call();
        } catch (error) {
          throw failureOf(error, signal);
        }
      },
      {
        retries: mostTries,
        minTimeout: 500,
        maxTimeout: 2000,
        randomize: true,
        signal,
        shouldRetry: ({ error, attemptNumber }) => isWorthIt(error, attemptNumber),
        onFailedAttempt: async ({ error, attemptNumber }) => {
          if (!isWorthIt(error, attemptNumber)) return;
          logger.warn('The model did not answer; trying again.', {
            model,
            attempt: attemptNumber,
            error: error.message,
          });
          await pause(waitFor(error), signal);
        },
      },
    ).catch((error: unknown) => {
      throw failureOf(error, signal);
    });
  };
}

/** Only what was not billed and may pass by itself. Who does not even connect in time is not asked three times. */
const isRetryable = (error: Error): boolean =>
  error instanceof ModelFailure &&
  error.code === 'model_unavailable' &&
  error.billed === 'nothing' &&
  error.reason !== 'connect';

const isLoading = (error: Error): boolean => error instanceof ModelFailure && error.reason === 'loading';

/** Milliseconds that the vendor asks to wait. */
const waitFor = (error: Error): number =>
  error instanceof ModelFailure && typeof error.details.seconds === 'number' ? error.details.seconds * 1000 : 0;

type Headers = { get(name: string): string | null };

/**
 * Seconds that a vendor asks to wait: `retry-after-ms`, or `retry-after` as seconds or as a date. 0 when it asks nothing.
 * `now`: milliseconds.
 */
export function retryAfterSeconds(headers: Headers | undefined, now: number = Date.now()): number {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms)) return Math.max(ms, 0) / 1000;
  const asked = headers?.get('retry-after') ?? '';
  if (/^\s*\d+(\.\d+)?\s*$/.test(asked)) return Number(asked);
  const until = Date.parse(asked);
  return Number.isNaN(until) ? 0 : Math.max(until - now, 0) / 1000;
}
