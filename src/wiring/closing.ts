import type { Logger } from '../core/base/logger.ts';

/** Takes note of a part that has to be closed, and gives it back. */
export type Opened = <T extends { close(): Promise<unknown> }>(part: T) => T;

/** What was opened, to be closed in the opposite order. */
export type Closing = {
  readonly opened: Opened;
  /** To be done before everything that was opened earlier is closed. */
  first(close: () => Promise<unknown>): void;
  /** Never rejects: what does not close is logged, and the next is closed all the same. */
  closeAll(): Promise<void>;
};

export function createClosing(logger: Logger): Closing {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    opened(part) {
      closers.push(() => part.close());
      return part;
    },
    first: (close) => void closers.push(close),
    async closeAll() {
      for (const close of closers.splice(0).reverse())
        await close().catch((error: unknown) => logger.error('A part did not close.', { error }));
    },
  };
}
