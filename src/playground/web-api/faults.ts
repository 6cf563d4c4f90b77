/** A failure of the next calls of a method, for tests. */
export type InjectedFault =
  /** HTTP 429 with `Retry-After`, in seconds. */
  | { readonly kind: 'rate_limited'; readonly retryAfter: number }
  /** `{ok: false, error}` with HTTP 200, e.g. `internal_error`, `ratelimited`, `unknown_method`. */
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'http'; readonly status: number }
  /** The connection is cut before an answer; with `after` the call is done first, so only the answer is lost. */
  | { readonly kind: 'drop'; readonly after?: boolean }
  /** The answer comes late. */
  | { readonly kind: 'delay'; readonly ms: number };

/** Makes calls of the Web API fail. */
export type Faults = {
  /** The next `times` calls of `method` (`*`: of any) go wrong. Default once. */
  queue(method: string, fault: InjectedFault, times?: number): void;
  clear(): void;
};

/** The server's side: takes the fault for one call, if there is one. */
export type FaultQueue = Faults & { next(method: string): InjectedFault | undefined };

/** Starts without faults. */
export function createFaults(): FaultQueue {
  const waiting: { readonly method: string; readonly fault: InjectedFault }[] = [];
  return {
    queue(method, fault, times = 1) {
      for (let count = 0; count < times; count += 1) waiting.push({ method, fault });
    },
    clear() {
      waiting.length = 0;
    },
    next(method) {
      const index = waiting.findIndex((one) => one.method === method || one.method === '*');
      return index < 0 ? undefined : waiting.splice(index, 1)[0]?.fault;
    },
  };
}
