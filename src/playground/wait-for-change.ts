import type { Live } from './state/live.ts';

/** Looks for what is awaited; returns nothing while it is not there. */
export type Find<T> = () => T | undefined | null | false;

/** `find` is also called this often, for changes outside the workspace. Milliseconds. */
const lookEveryMs = 50;

/** Calls `find` after every change until it returns something. Rejects when `find` throws, and after `timeoutMs`. */
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
