import type { Live } from './state/live.ts';

/** What is waited for, or nothing yet. */
export type Find<T> = () => T | undefined | null | false;

/** `find` is asked at least this often, for what changes outside the workspace. Milliseconds. */
const lookEveryMs = 50;

/** Asks `find` after every change until it gives something. Rejects when it throws, or in vain after `timeoutMs`. */
export function waitForChange<T>(live: Live, find: Find<T>, what: string, timeoutMs: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timeout);
      clearInterval(interval);
      unwatch();
      settle();
    };
    const look = () => {
      try {
        const found = find();
        if (found !== undefined && found !== null && found !== false) finish(() => resolve(found));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const unwatch = live.watch(look);
    const interval = setInterval(look, lookEveryMs);
    const inVain = () => reject(new Error(`Waited ${timeoutMs} ms for ${what} in vain.`));
    const timeout = setTimeout(() => finish(inVain), timeoutMs);
    look();
  });
}
