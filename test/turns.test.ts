import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createOwnBoard, type TurnBoard } from '../src/core/conversation/turn-board.ts';
import { admit, emptyQueue, join, leave, type TurnQueue } from '../src/core/conversation/turn-queue.ts';
import { createTurns, type TurnRequest, type Turns } from '../src/core/conversation/turns.ts';
import { createTestClock, silentLogger } from './support/playground-app.ts';

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

const request = (session: string, person: string): TurnRequest => ({
  id: `${session} ${person} ${Math.random()}`,
  session,
  person,
  onWait: () => {},
});

async function run<T>(turns: Turns, asked: TurnRequest, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const turn = await turns.enter(asked);
  return work(turn.signal).finally(turn.leave);
}

type Limits = Parameters<typeof createTurns>[0]['limits'];
const turnsWith = (limits: Limits, board: TurnBoard = createOwnBoard(), instance = 'here', clock = createTestClock()) =>
  createTurns({ limits, board, instance, clock, logger: silentLogger });

/** What instances share, with a write now and then in between. */
function sharedBoard(): TurnBoard & { readonly queue: () => TurnQueue } {
  let queue = emptyQueue;
  return {
    isShared: true,
    queue: () => queue,
    read: async () => queue,
    async replace(next) {
      await new Promise((resolve) => setImmediate(resolve));
      if (next.revision !== queue.revision + 1) return false;
      queue = JSON.parse(JSON.stringify(next)) as TurnQueue;
      return true;
    },
  };
}

const soon = async (isThere: () => boolean): Promise<void> => {
  for (let look = 0; look < 400 && !isThere(); look += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isThere()).toBe(true);
};

describe('turns', () => {
  it('run one at a time in a session, and stop for the person they belong to only', async () => {
    const turns = turnsWith({ total: 20, perPerson: 5, waiting: 10 });
    const [maya, tom] = [held(), held()];
    const running = run(turns, request('thread', 'T:maya'), maya.work);
    const waiting = run(turns, request('thread', 'T:tom'), tom.work);
    await soon(() => turns.counts.running === 1 && turns.counts.waiting === 1);
    expect(await turns.stop('thread', 'T:siyuan')).toBe(false);
    expect(await turns.stop('thread', 'T:tom')).toBe(true);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    maya.finish();
    await expect(running).resolves.toBe('done');
  });

  it('give the next place to the person who runs least, so that a flood holds nobody up', async () => {
    const turns = turnsWith({ total: 2, perPerson: 2, waiting: 100 });
    const flood = Array.from({ length: 20 }, () => held());
    const answers = flood.map(({ work }, index) => run(turns, request(`flood ${index}`, 'T:flooder'), work));
    const light = held();
    const answer = run(turns, request('light', 'T:light'), light.work);
    flood[0]?.finish();
    await answers[0];
    light.finish();
    await expect(answer).resolves.toBe('done');
    for (const one of flood) one.finish();
    await Promise.allSettled(answers);
  });

  it('say how many come first and how long that may take; more than may wait are refused with the same', async () => {
    const turns = turnsWith({ total: 1, perPerson: 1, waiting: 1 });
    const [first, second] = [held(), held()];
    const running = run(turns, request('a', 'T:a'), first.work);
    const told: unknown[] = [];
    const waiting = run(turns, { ...request('b', 'T:b'), onWait: (ahead) => told.push(ahead) }, second.work);
    await expect(run(turns, request('c', 'T:c'), held().work)).rejects.toMatchObject({
      code: 'busy',
      details: { waiting: 1, seconds: 4 },
    });
    expect(told).toEqual([{ turns: 0, ms: 2000 }]);
    first.finish();
    await running;
    second.finish();
    await waiting;
  });

  it('are fair whatever comes: everybody is served before anybody is served twice', () => {
    const people = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 4 }), (asked, total) => {
        const limits = { total, perPerson: 2, waiting: 100 };
        let now = 0;
        let queue = asked.reduce(
          (before, person, at) =>
            join(
              before,
              { id: `${at}`, session: `${at}`, person, instance: 'i', isRunning: false, since: 0, until: 1e9 },
              limits,
            ),
          emptyQueue,
        );
        const served: string[] = [];
        for (;;) {
          const before = new Set(queue.turns.filter(({ isRunning }) => isRunning).map(({ id }) => id));
          queue = admit(queue, limits, now);
          const running = queue.turns.filter(({ isRunning }) => isRunning);
          served.push(...running.filter(({ id }) => !before.has(id)).map(({ person }) => person));
          expect(running.length).toBeLessThanOrEqual(total);
          for (const { person } of running)
            expect(running.filter((turn) => turn.person === person).length).toBeLessThanOrEqual(2);
          const [first] = running;
          if (first === undefined) break;
          now += 1;
          queue = leave(queue, first.id, now);
        }
        expect([...served].sort()).toEqual([...asked].sort());
        // One place: pure round robin.
        if (total > 1) return;
        const waiting = new Map<string, number>();
        for (const person of asked) waiting.set(person, (waiting.get(person) ?? 0) + 1);
        let round = new Set<string>();
        for (const person of served) {
          if (round.has(person)) {
            for (const [other, left] of waiting) if (left > 0) expect(round.has(other)).toBe(true);
            round = new Set();
          }
          round.add(person);
          waiting.set(person, (waiting.get(person) ?? 0) - 1);
        }
      }),
    );
  });
});

describe('turns of several instances', () => {
  const limits = { total: 4, perPerson: 2, waiting: 100 };

  it('keep the limits together, and one thread has one turn', async () => {
    const board = sharedBoard();
    const instances = ['one', 'two', 'three'].map((name) => turnsWith(limits, board, name));
    const now = { total: 0, people: new Map<string, number>(), sessions: new Map<string, number>() };
    const most = { total: 0, person: 0, session: 0 };
    const add = (counts: Map<string, number>, key: string, by: number): number => {
      counts.set(key, (counts.get(key) ?? 0) + by);
      return counts.get(key) ?? 0;
    };
    const one = async (index: number): Promise<void> => {
      const asked = request(`thread ${index % 7}`, `T:${index % 3}`);
      const turn = await (instances[index % 3] as Turns).enter(asked);
      now.total += 1;
      most.total = Math.max(most.total, now.total);
      most.person = Math.max(most.person, add(now.people, asked.person, 1));
      most.session = Math.max(most.session, add(now.sessions, asked.session, 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      now.total -= 1;
      add(now.people, asked.person, -1);
      add(now.sessions, asked.session, -1);
      turn.leave();
    };
    await Promise.all(Array.from({ length: 30 }, (_, index) => one(index)));
    expect(most.session).toBe(1);
    expect(most.person).toBeLessThanOrEqual(2);
    expect(most.total).toBeLessThanOrEqual(4);
    expect(most.total).toBeGreaterThan(1);
    await soon(() => board.queue().turns.length === 0);
  });

  it('stop on the instance that has them', async () => {
    const board = sharedBoard();
    const [here, there] = [turnsWith(limits, board, 'here'), turnsWith(limits, board, 'there')];
    const running = run(here, request('thread', 'T:maya'), held().work);
    const waiting = run(here, request('thread', 'T:maya'), held().work);
    const [stopped, sent] = [expect(running).rejects.toThrow('stopped'), expect(waiting).rejects.toThrow('stopped')];
    await soon(() => board.queue().turns.length === 2);
    expect(await there.stop('thread', 'T:tom')).toBe(false);
    expect(await there.stop('thread', 'T:maya')).toBe(true);
    await Promise.all([stopped, sent]);
  });

  it('are free when their instance is gone, and not before', async () => {
    const board = sharedBoard();
    const clock = createTestClock();
    const turn = { id: 'x', session: 'thread', person: 'T:maya', instance: 'gone', isRunning: true, since: 0 };
    await board.replace({ ...emptyQueue, revision: 1, turns: [{ ...turn, until: clock.now().getTime() + 20_000 }] });
    const here = turnsWith(limits, board, 'here', clock);
    const entering = here.enter(request('thread', 'T:tom'));
    await soon(() => board.queue().turns.length === 2);
    expect(here.counts).toEqual({ running: 0, waiting: 1 });
    clock.advance(20_001);
    (await entering).leave();
    await soon(() => board.queue().turns.length === 0);
  });
});

describe('a turn that waits for a model', () => {
  it('holds up nobody who needs none, and nobody else of its session starts', async () => {
    const turns = turnsWith({ total: 1, perPerson: 1, waiting: 10 });
    const slow = held();
    const first = await turns.enter(request('thread', 'T:maya'));
    const calling = first.offPlace(() => slow.work(first.signal));
    await expect(run(turns, request('other', 'T:maya'), async () => 'verified')).resolves.toBe('verified');
    const next = run(turns, request('thread', 'T:tom'), async () => 'later');
    await soon(() => turns.counts.waiting === 1);
    slow.finish();
    await expect(calling).resolves.toBe('done');
    expect(turns.counts).toEqual({ running: 1, waiting: 1 });
    first.leave();
    await expect(next).resolves.toBe('later');
  });

  it('waits for a place among the calls, goes on only with a place for its own work, and leaves nothing behind', async () => {
    const board = sharedBoard();
    const turns = turnsWith({ total: 1, perPerson: 1, waiting: 10 }, board);
    const [one, two, other] = [held(), held(), held()];
    const first = await turns.enter(request('a', 'T:maya'));
    const calling = first.offPlace(() => one.work(first.signal));
    const second = await turns.enter(request('b', 'T:tom'));
    let hasCalled = false;
    const waiting = second.offPlace(() => {
      hasCalled = true;
      return two.work(second.signal);
    });
    const third = run(turns, request('c', 'T:siyuan'), other.work);
    await soon(() =>
      board.queue().turns.some(({ id, part, isRunning }) => id.startsWith('b') && part === 'model' && !isRunning),
    );
    expect(hasCalled).toBe(false);
    one.finish();
    await soon(() => hasCalled);
    two.finish();
    // The third has the only place for work.
    const isBack = await Promise.race([
      calling.then(() => true),
      waiting.then(() => true),
      new Promise((r) => setTimeout(r, 50, false)),
    ]);
    expect(isBack).toBe(false);
    other.finish();
    await third;
    await calling;
    first.leave();
    await waiting;
    second.leave();
    await soon(() => board.queue().turns.length === 0);
  });

  it('is ended by a stop while it waits for a call', async () => {
    const turns = turnsWith({ total: 1, perPerson: 1, waiting: 10 });
    const slow = held();
    const first = await turns.enter(request('a', 'T:maya'));
    void first.offPlace(() => slow.work(first.signal)).catch(() => {});
    const second = await turns.enter(request('b', 'T:tom'));
    const waiting = second.offPlace(async () => 'never');
    await soon(() => turns.counts.running === 2);
    await turns.stop('b', 'T:tom');
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(second.signal.aborted).toBe(true);
    second.leave();
    slow.finish();
    first.leave();
  });
});
