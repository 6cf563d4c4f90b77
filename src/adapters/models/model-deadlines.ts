import type { FailureReason } from '../../core/base/failure-reason.ts';

/** How long a model is waited for, milliseconds. Both SDKs stop their own clock at the headers. */
export type TimeLimits = {
  readonly connectMs: number;
  /** To the first word, or from one thought to the next. */
  readonly firstTokenMs: number;
  /** From one word to the next. */
  readonly idleMs: number;
  /** For the whole answer. */
  readonly totalMs: number;
};

/** The limits of one call as a signal: it is aborted when the person stops the call or a limit has passed. */
export type Deadlines = {
  readonly signal: AbortSignal;
  /** The limit that has passed. */
  readonly passed: Extract<FailureReason, 'first_token' | 'idle' | 'total'> | undefined;
  /** A word of the answer has come. */
  word(): void;
  /** It thinks: no word yet, but life. */
  thought(): void;
  /** Ends the call for another reason. */
  end(): void;
  /** To be called when the call is over. */
  clear(): void;
};

export function startDeadlines({ firstTokenMs, idleMs, totalMs }: TimeLimits, stop: AbortSignal): Deadlines {
  const ended = new AbortController();
  let passed: Deadlines['passed'];
  const after = (ms: number, limit: Deadlines['passed']): NodeJS.Timeout =>
    setTimeout(() => {
      passed ??= limit;
      ended.abort();
    }, ms);
  const total = after(totalMs, 'total');
  let next = after(firstTokenMs, 'first_token');
  const restart = (ms: number, limit: Deadlines['passed']): void => {
    clearTimeout(next);
    next = after(ms, limit);
  };
  return {
    signal: AbortSignal.any([stop, ended.signal]),
    get passed() {
      return passed;
    },
    word: () => restart(idleMs, 'idle'),
    thought: () => restart(firstTokenMs, 'first_token'),
    end: () => ended.abort(),
    clear() {
      clearTimeout(total);
      clearTimeout(next);
    },
  };
}
