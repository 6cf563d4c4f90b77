import pRetry from 'p-retry';
import type { Logger } from '../../core/base/logger.ts';
import { pause } from '../../core/base/pause.ts';
import { ModelFailure } from '../../core/model/model.ts';

/** The longest `Retry-After` that is waited for, milliseconds; a person is watching. */
const longestWaitMs = 15_000;

export type ModelRetryOptions = {
  readonly model: string;
  /** Tries after the first, for what was not billed: 429, 529, 5xx, no connection. */
  readonly retries: number;
  readonly logger: Logger;
  /** The vendor's error as the core knows it; leaves a `ModelFailure` as it is. */
  readonly failureOf: (error: unknown, signal: AbortSignal) => ModelFailure;
};

/** Runs one call of a vendor, again while that may help. Errors: `ModelFailure`. */
export type WithModelRetries = <T>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Retries only what cost nothing, so that one hold covers every try. Waits as the vendor asks. */
export function createModelRetries({ model, retries, logger, failureOf }: ModelRetryOptions): WithModelRetries {
  return (call, signal) =>
    pRetry(
      async () => {
        try {
          return await call();
        } catch (error) {
          throw failureOf(error, signal);
        }
      },
      {
        retries,
        minTimeout: 500,
        maxTimeout: 8000,
        randomize: true,
        signal,
        shouldRetry: ({ error }) => isWorthRetrying(error),
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          if (retriesLeft === 0 || !isWorthRetrying(error)) return;
          logger.warn('The model did not answer; trying again.', {
            model,
            attempt: attemptNumber,
            error: error.message,
          });
          await pause(retryAfterMs(error), signal);
        },
      },
    ).catch((error: unknown) => {
      throw failureOf(error, signal);
    });
}

/** Only what was not billed and may pass by itself. */
const isWorthRetrying = (error: Error): boolean =>
  error instanceof ModelFailure && error.code === 'model_unavailable' && error.billed === 'nothing';

/** What the vendor asks to wait, 0 when it asks nothing. Milliseconds. Both SDKs keep the answer's headers. */
function retryAfterMs({ cause }: Error): number {
  const headers = typeof cause === 'object' && cause !== null && 'headers' in cause ? cause.headers : undefined;
  const asked = headers instanceof Headers ? Number(headers.get('retry-after')) : 0;
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0) * 1000, longestWaitMs) : 0;
}
