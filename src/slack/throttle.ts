/** Sends the newest text only, one at a time and not too often. */
export type Throttle = {
  /** Replaces the waiting text. Never throws. */
  push(text: string): void;
  /** Drops the waiting text and waits for a send under way; nothing is sent afterwards. */
  stop(): Promise<void>;
};

/** `send` must not reject. `everyMs`: pause between two sends. `firstMs`: delay before the first. */
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
