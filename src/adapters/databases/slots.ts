import { MemoriError } from '../../core/base/errors.ts';

/** Runs work when a slot is free, in order of arrival. Waiting ends only with the signal, as `cancelled`. */
export type WithSlot = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** Lets `count` pieces of work run at a time. */
export function createSlots(count: number): WithSlot {
  let free = count;
  const waiting: (() => void)[] = [];

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(new MemoriError('cancelled', 'The query was stopped before it began.', { cause: signal.reason }));
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(start);
    });
  }

  return async (signal, work) => {
    if (free > 0) free -= 1;
    else await turn(signal);
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
