import { describe, expect, it } from '@jest/globals';
import { createTurns } from '../src/core/turns.ts';

/** Work that ends when it is told to, or when it is stopped. */
function held() {
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const work = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      void finished.then(() => resolve('done'));
      signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  return { work, finish };
}

const request = (session: string, person: string) => ({ session, person, onWait: () => {} });

describe('turns', () => {
  it('run one at a time in a session, and stop for whoever they belong to only', async () => {
    const turns = createTurns({ total: 20, perPerson: 5, waiting: 10 });
    const [maya, tom] = [held(), held()];
    const running = turns.run(request('thread', 'T:maya'), maya.work);
    const waiting = turns.run(request('thread', 'T:tom'), tom.work);
    expect(turns.counts).toEqual({ running: 1, waiting: 1 });
    expect(turns.stop('thread', 'T:siyuan')).toBe(false);
    expect(turns.stop('thread', 'T:tom')).toBe(true);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    maya.finish();
    await expect(running).resolves.toBe('done');
  });

  it('give the next place to who runs least, so that a flood holds nobody up', async () => {
    const turns = createTurns({ total: 2, perPerson: 2, waiting: 100 });
    const flood = Array.from({ length: 20 }, () => held());
    const answers = flood.map(({ work }, index) => turns.run(request(`flood ${index}`, 'T:flooder'), work));
    const light = held();
    const answer = turns.run(request('light', 'T:light'), light.work);
    flood[0]?.finish();
    await answers[0];
    light.finish();
    await expect(answer).resolves.toBe('done');
    for (const one of flood) one.finish();
    const rest = Promise.allSettled(answers);
    await turns.drain(0);
    await rest;
  });

  it('refuse what is more than may wait', async () => {
    const turns = createTurns({ total: 1, perPerson: 1, waiting: 1 });
    const [first, second] = [held(), held()];
    const running = turns.run(request('a', 'T:a'), first.work);
    const waiting = turns.run(request('b', 'T:b'), second.work);
    await expect(turns.run(request('c', 'T:c'), held().work)).rejects.toMatchObject({ code: 'busy' });
    first.finish();
    await running;
    second.finish();
    await waiting;
  });
});
