import type { Logger } from '../core/base/logger.ts';

/** Registers a part to be closed at the end, and returns it. */
export type CloseLater = <T extends { close(): Promise<unknown> }>(part: T) => T;

/** Closes everything in the opposite order of opening. */
export type Closing = {
  readonly closeLater: CloseLater;
  /** Registers a step that runs before the parts opened so far are closed. */
  stopFirst(close: () => Promise<unknown>): void;
  /** Never rejects: a part that fails to close is logged, and the others are closed all the same. */
  closeAll(): Promise<void>;
};

/** An empty list of parts to close. */
export function createClosing(logger: Logger): Closing {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    closeLater(part) {
      closers.push(() => part.close());
      return part;
    },
    stopFirst: (close) => void closers.push(close),
    async closeAll() {
      for (const close of closers.splice(0).reverse())
        await close().catch((error: unknown) => logger.error('A part did not close.', { error }));
    },
  };
}
