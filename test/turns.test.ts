import { describe, expect, it } from '@jest/globals';
import type { Failed, Outcome } from '../src/core/answers/outcome.ts';
import type { Question } from '../src/core/base/question.ts';
import { createLifecycle, type Work } from '../src/core/conversation/create-lifecycle.ts';
import type { Reply } from '../src/core/conversation/reply.ts';
import { createTurns, type TurnRequest, type Turns } from '../src/core/conversation/turns.ts';
import { memoryWorld } from './support/memory-world.ts';
import { answered } from './support/outcomes.ts';

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

async function run<T>(turns: Turns, asked: TurnRequest, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const turn = await turns.enter(asked);
  return work(turn.signal).finally(turn.leave);
}

describe('turns', () => {
  it('run one at a time in a session, and stop for whoever they belong to only', async () => {
    const turns = createTurns({ total: 20, perPerson: 5, waiting: 10 });
    const [maya, tom] = [held(), held()];
    const running = run(turns, request('thread', 'T:maya'), maya.work);
    const waiting = run(turns, request('thread', 'T:tom'), tom.work);
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
    const answers = flood.map(({ work }, index) => run(turns, request(`flood ${index}`, 'T:flooder'), work));
    const light = held();
    const answer = run(turns, request('light', 'T:light'), light.work);
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
    const running = run(turns, request('a', 'T:a'), first.work);
    const waiting = run(turns, request('b', 'T:b'), second.work);
    await expect(run(turns, request('c', 'T:c'), held().work)).rejects.toMatchObject({ code: 'busy' });
    first.finish();
    await running;
    second.finish();
    await waiting;
  });
});

describe('an answer', () => {
  const question: Question = {
    id: 'T:C:1.0',
    text: 'orders',
    person: { team: 'T', user: 'maya', name: 'Maya', locale: 'en', timeZone: 'UTC', external: false, admin: false },
    place: { kind: 'channel', channel: 'C', isPrivate: false, thread: '1.0' },
    askedAt: new Date(),
    origin: 'message',
  };
  const failed: Failed = {
    status: 'error',
    code: 'internal',
    text: 'failed',
    sql: undefined,
    reference: 'r',
    suggestions: [],
  };

  /** The life of a question around its answer, with everything kept in lists. */
  function life(replied?: () => Promise<void>) {
    const kept: string[] = [];
    const shown: Outcome[] = [];
    const nothing = () => undefined;
    const lifecycle = createLifecycle({
      inbox: {
        claim: async () => true,
        lease: async () => true,
        replied: replied ?? (async (_, ts) => void kept.push(`placeholder ${ts}`)),
        finish: async (_, state) => void kept.push(state),
        abandoned: async () => [],
      },
      answers: {
        put: async ({ outcome }) => void kept.push(outcome.status),
        get: async () => undefined,
        thread: async () => [],
        feedback: async () => undefined,
        erase: async () => 0,
      },
      turns: createTurns({ total: 5, perPerson: 5, waiting: 5 }),
      memories: memoryWorld().memories,
      audit: { append: async () => undefined, verify: async () => ({ entries: 0, brokenAt: undefined }) },
      failures: () => failed,
      ops: {
        clock: { now: () => new Date() },
        logger: { info: nothing, warn: nothing, error: nothing },
        metrics: { count: nothing, observe: nothing, gauge: nothing },
      },
      attempt: () => 'attempt',
    });
    const reply = (open: Reply['open']): Reply => ({
      open,
      waiting: async () => undefined,
      progress: nothing,
      finish: async (outcome) => void shown.push(outcome),
    });
    return { lifecycle, reply, kept, shown };
  }

  it('is worked on while its placeholder is posted, and shown in it', async () => {
    const { lifecycle, reply, kept, shown } = life();
    const { work, finish } = held();
    const slow = reply(async () => {
      finish();
      await new Promise((resolve) => setTimeout(resolve, 20));
      kept.push('posted');
      return '1.1';
    });
    const asked: Work = async ({ signal }) => {
      await work(signal);
      kept.push('worked');
      return answered();
    };
    await lifecycle.carryOut({ question, reply: slow, work: asked });
    expect(kept).toEqual(['worked', 'posted', 'placeholder 1.1', 'answered', 'done']);
    expect(shown).toEqual([answered()]);
  });

  const refuse = async () => {
    throw new Error('refused');
  };
  it.each([
    ['there is no message to show it in', refuse, undefined],
    ['nobody would find its message after a crash', async () => '1.1', refuse],
  ])('is given up when %s', async (_, open, replied) => {
    const { lifecycle, reply, kept, shown } = life(replied);
    const work: Work = async ({ signal }) => {
      await held().work(signal);
      return answered();
    };
    await lifecycle.carryOut({ question, reply: reply(open), work });
    expect(kept).toEqual([]);
    expect(shown).toEqual([failed]);
  });
});
