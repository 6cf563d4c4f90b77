/** Sends the newest of what it is given, one at a time and not too often. */
export type Throttle = {
  /** Replaces what is waiting. Never throws. */
  push(text: string): void;
  /** Drops what is waiting and resolves when nothing is under way: nothing is sent after it. */
  stop(): Promise<void>;
};

/** `send` must not reject. `everyMs`: between the end of one and the start of the next. `firstMs`: from now to the first. */
export function createThrottle(send: (text: string) => Promise<void>, everyMs: number, firstMs = 0): Throttle {
  let next: string | undefined;
  let timer = firstMs > 0 ? setTimeout(() => run(), firstMs) : undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  const run = (): void => {
    timer = undefined;
    if (next === undefined || stopped) return;
    const text = next;
    next = undefined;
    running = send(text).finally(() => {
      running = undefined;
      if (!stopped) timer = setTimeout(run, everyMs);
    });
  };

  return {
    push(text) {
      next = text;
      if (timer === undefined && running === undefined) run();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
