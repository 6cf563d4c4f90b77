import { jest } from '@jest/globals';

const stepMs = 25;
/** Turns of the event loop in which a call to a server of this process is made and answered. */
const turnsPerStep = 20;

/**
 * Timers that pass only when told to, for the length of `work`. Sockets go on as they are, and the clock is not touched.
 * The time that passes is counted in turns of the event loop, so that a busy machine changes nothing.
 */
export async function withTestTimers<T>(work: (pass: (ms: number) => Promise<void>) => Promise<T>): Promise<T> {
  jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] });
  try {
    return await work(pass);
  } finally {
    jest.useRealTimers();
  }
}

/** The same for work that waits by itself: time passes until it is done. */
export const withoutWaiting = <T>(work: () => Promise<T>): Promise<T> =>
  withTestTimers(async (pass) => {
    let isDone = false;
    const settled = Promise.allSettled([work()]).finally(() => {
      isDone = true;
    });
    while (!isDone) await pass(stepMs);
    const [result] = await settled;
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    await jest.advanceTimersByTimeAsync(Math.min(left, stepMs));
    for (let turn = 0; turn < turnsPerStep; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}
