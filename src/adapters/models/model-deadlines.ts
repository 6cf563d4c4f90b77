import type { FailureReason } from '../../core/base/failure-reason.ts';

/** Time limits of a call, in milliseconds. The timeouts of both SDKs end with the headers. */
export type TimeLimits = {
  readonly connectMs: number;
  /** Until the first word, or from one thought to the next. */
  readonly firstTokenMs: number;
  /** From one word to the next. */
  readonly idleMs: number;
  /** For the whole answer. */
  readonly totalMs: number;
};

/** The limits of one call as a signal, aborted when the person stops the call or a limit passes. */
export type Deadlines = {
  readonly signal: AbortSignal;
  /** The limit that has passed. */
  readonly passed: Extract<FailureReason, 'first_token' | 'idle' | 'total'> | undefined;
  /** Call when a word of the answer has arrived. */
  word(): void;
  /** Call when the model thinks without writing yet. */
  thought(): void;
  /** Ends the call for another reason. */
  end(): void;
  /** Clears the timers. Call when the call is over. */
  clear(): void;
};

/** Starts the timers of a call. `stop`: aborted when the person stops it. */
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
