import pRetry from 'p-retry';
import type { Logger } from '../../core/base/logger.ts';
import { pause } from '../../core/base/pause.ts';
import { ModelFailure } from '../../core/model/model.ts';

/** The longest wait before a retry, since a person is waiting. Milliseconds. */
const longestWaitMs = 15_000;
/** The most tries, enough for the slowest loading of a model. */
const mostTries = 40;

/** What is retried, and for how long. */
export type ModelRetryOptions = {
  readonly model: string;
  /** Retries after errors that are not billed: 429, 5xx, no connection. */
  readonly retries: number;
  /** How long a server that is loading its model (503) is retried. Milliseconds. */
  readonly loadingMs: number;
  readonly logger: Logger;
  /** Converts the vendor's error; returns a `ModelFailure` unchanged. */
  readonly failureOf: (error: unknown, signal: AbortSignal) => ModelFailure;
};

/** Runs a call, with retries while they may help. Errors: `ModelFailure`. */
export type WithModelRetries = <T>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/**
 * Creates the retries of a model. Retries only errors that cost nothing, so that one reservation covers every try.
 * Waits as long as the vendor asks.
 */
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

/** Whether a retry may help: not billed and temporary. A connection timeout is not retried. */
const isRetryable = (error: Error): boolean =>
  error instanceof ModelFailure &&
  error.code === 'model_unavailable' &&
  error.billed === 'nothing' &&
  error.reason !== 'connect';

const isLoading = (error: Error): boolean => error instanceof ModelFailure && error.reason === 'loading';

/** How long the vendor asks to wait. Milliseconds. */
const waitFor = (error: Error): number =>
  error instanceof ModelFailure && typeof error.details.seconds === 'number' ? error.details.seconds * 1000 : 0;

type Headers = { get(name: string): string | null };

/**
 * How long the vendor asks to wait, in seconds: `retry-after-ms`, or `retry-after` as seconds or a date. 0 when absent.
 * `now`: milliseconds since 1970.
 */
export function retryAfterSeconds(headers: Headers | undefined, now: number = Date.now()): number {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms)) return Math.max(ms, 0) / 1000;
  const asked = headers?.get('retry-after') ?? '';
  if (/^\s*\d+(\.\d+)?\s*$/.test(asked)) return Number(asked);
  const until = Date.parse(asked);
  return Number.isNaN(until) ? 0 : Math.max(until - now, 0) / 1000;
}
