import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runDelivery } from '../scripts/bench/delivery/run.ts';
import { openEmbedded } from '../src/adapters/embedded/open-embedded.ts';
import { openStores, type Stores } from '../src/adapters/stores/open-stores.ts';
import type { StoreEngine } from '../src/adapters/stores/store-engine.ts';
import { type Memori, startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { Failed, Outcome } from '../src/core/answers/outcome.ts';
import { MemoriError } from '../src/core/base/errors.ts';
import type { Question } from '../src/core/base/question.ts';
import { createLifecycle } from '../src/core/conversation/create-lifecycle.ts';
import type { Asked, Work } from '../src/core/conversation/lifecycle-deps.ts';
import type { Surface } from '../src/core/conversation/surface.ts';
import { createOwnBoard } from '../src/core/conversation/turn-board.ts';
import { createTurns } from '../src/core/conversation/turns.ts';
import { ada } from './support/ada.ts';
import { arrivalOf } from './support/arrivals.ts';
import { fromSource } from './support/from-source.ts';
import { freePort } from './support/local-server.ts';
import { memoryWorld } from './support/memory-world.ts';
import { startMongoServer } from './support/mongo-server.ts';
import { answered } from './support/outcomes.ts';
import { createTestClock, silentLogger } from './support/playground-app.ts';
import { type SlackApi, startSlackApi } from './support/slack-api.ts';

const folder = mkdtempSync(join(tmpdir(), 'memori-delivery-test-'));
let engine: StoreEngine;
let stores: Stores;
beforeAll(async () => {
  engine = await openEmbedded({ folder, logger: silentLogger });
  stores = await openStores(engine.db);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const failed: Failed = {
  status: 'error',
  code: 'internal',
  text: 'failed',
  sql: undefined,
  reference: 'r',
  suggestions: [],
};
const archived = new Error('is_archived');
let count = 0;

const newQuestion = (): Question => {
  count += 1;
  return {
    id: `T:C:${count}.0`,
    text: 'orders',
    person: ada,
    place: { kind: 'channel', channel: 'C', isPrivate: false, thread: `${count}.0` },
    askedAt: new Date(),
    origin: 'message',
  };
};

/** Something that ends when it is told to. */
function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const soon = async (isThere: () => boolean | Promise<boolean>): Promise<void> => {
  for (let look = 0; look < 6_000 && !(await isThere()); look += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await isThere()).toBe(true);
};

/** One instance of the product's core on the store that all share, with everything that it does in order. */
function instance(clock = createTestClock()) {
  const done: string[] = [];
  const shown: Outcome[] = [];
  const alerts: unknown[] = [];
  const counts = { attempts: 0 };
  const lifecycle = createLifecycle({
    inbox: stores.turns,
    answers: stores.answers,
    audit: stores.audit,
    turns: createTurns({
      limits: { total: 2, perPerson: 2, waiting: 5 },
      board: createOwnBoard(),
      instance: 'here',
      clock,
      logger: silentLogger,
    }),
    memories: memoryWorld().memories,
    failures: (error) => {
      alerts.push(error);
      return failed;
    },
    ops: { clock, logger: silentLogger, metrics: { count() {}, observe() {}, gauge() {} } },
    attempt: () => `attempt ${Math.random()}`,
  });
  const surface = (
    question: Question,
    change: Partial<Surface> = {},
    reply: Partial<Surface['reply']> = {},
  ): Surface => ({
    acknowledge: async () => void done.push('acknowledged'),
    admit: async () => true,
    question: async () => question,
    ...change,
    reply: {
      async open(replyTs) {
        done.push(`opened ${replyTs ?? 'new'}`);
        return replyTs ?? '1.1';
      },
      waiting: () => void done.push('waits'),
      progress() {},
      async finish(outcome) {
        shown.push(outcome);
        return '1.1';
      },
      tidy: () => undefined,
      suspend: async () => void done.push('suspended'),
      ...reply,
    },
  });
  const work: Work = async () => {
    counts.attempts += 1;
    done.push('worked');
    return answered();
  };
  const ask = (question: Question, asked: Partial<Asked> = {}) =>
    lifecycle.carryOut({ arrival: arrivalOf(question), surface: surface(question), work, ...asked });
  /** What recovery does: everything that is left behind, each on its own. */
  const recover = async (asked: (id: string) => Partial<Asked>) => {
    const left = await stores.turns.abandoned(clock.now(), 50);
    await Promise.all(
      left.map((leftBehind) =>
        lifecycle.carryOut({
          arrival: leftBehind.arrival,
          surface: surface(questionOf(leftBehind.arrival.id)),
          work,
          leftBehind,
          ...asked(leftBehind.arrival.id),
        }),
      ),
    );
    return left.map(({ arrival }) => arrival.id);
  };
  const questionOf = (id: string): Question => ({ ...newQuestion(), id });
  return { lifecycle, surface, work, ask, recover, done, shown, alerts, counts, clock };
}

const isOver = async (clock: { now(): Date }, id: string): Promise<boolean> =>
  !(await stores.turns.abandoned(new Date(clock.now().getTime() + 1e9), 1000)).some(({ arrival }) => arrival.id === id);

describe('a question', () => {
  it('is kept, then acknowledged, then looked up, worked on beside its placeholder, and shown', async () => {
    const { ask, surface, done, shown, clock } = instance();
    const question = newQuestion();
    const acknowledge = async (): Promise<void> => {
      expect(await isOver(clock, question.id)).toBe(false);
      done.push('acknowledged');
    };
    const lookUp = async (): Promise<Question> => {
      done.push('looked up');
      return question;
    };
    await ask(question, { surface: surface(question, { acknowledge, question: lookUp }) });
    expect([...done].sort()).toEqual(['acknowledged', 'looked up', 'opened new', 'worked']);
    expect(done[0]).toBe('acknowledged');
    expect(shown).toEqual([answered()]);
    expect(await isOver(clock, question.id)).toBe(true);
  });

  it('that cannot be kept is not acknowledged', async () => {
    const { ask, done } = instance();
    const { claim } = stores.turns;
    stores.turns.claim = async () => {
      throw new MemoriError('store_unavailable', 'The store does not answer.');
    };
    const asking = ask(newQuestion()).finally(() => {
      stores.turns.claim = claim;
    });
    await expect(asking).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(done).toEqual([]);
  });

  it('that comes a second time is acknowledged at once and answered once', async () => {
    const { ask, done, shown } = instance();
    const question = newQuestion();
    const working = gate();
    const first = ask(question, {
      work: async () => {
        await working.opened;
        return answered();
      },
    });
    await soon(() => done.includes('acknowledged'));
    await ask(question);
    expect(done.filter((what) => what === 'acknowledged')).toHaveLength(2);
    working.open();
    await first;
    expect(shown).toHaveLength(1);
  });

  it('of somebody who may not ask here ends without a message', async () => {
    const { ask, surface, done, shown, clock } = instance();
    const question = newQuestion();
    await ask(question, { surface: surface(question, { admit: async () => false }) });
    expect([done, shown]).toEqual([[], []].map((_, at) => (at === 0 ? ['acknowledged'] : [])));
    expect(await isOver(clock, question.id)).toBe(true);
  });

  it('is given up as soon as its placeholder cannot be shown', async () => {
    const { ask, surface, shown } = instance();
    const question = newQuestion();
    let stopped = false;
    const begun = gate();
    const work: Work = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        begun.open();
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(new Error('stopped'));
        });
      });
    const open = async (): Promise<never> => {
      await begun.opened;
      throw archived;
    };
    await ask(question, { work, surface: surface(question, {}, { open }) });
    expect([stopped, shown]).toEqual([true, []]);
  });
});

describe('a question that was left behind', () => {
  /** What a process that is gone had begun. */
  const abandon = async (clock: { now(): Date }): Promise<Question> => {
    const question = newQuestion();
    await stores.turns.claim(arrivalOf(question), clock.now(), { owner: 'gone', until: clock.now() });
    return question;
  };

  it('is answered in the message it had begun', async () => {
    const { recover, clock, done } = instance();
    const { id } = await abandon(clock);
    await stores.turns.replied(id, 'gone', '7.7');
    await recover(() => ({}));
    expect(done).toContain('opened 7.7');
    expect(await isOver(clock, id)).toBe(true);
  });

  it('and cannot be shown ends after three attempts, told to the operators, and holds up nobody', async () => {
    const { recover, surface, clock, counts, alerts } = instance();
    const poisoned = [await abandon(clock), await abandon(clock), await abandon(clock)];
    const good = await abandon(clock);
    const refuse = async (): Promise<never> => {
      throw archived;
    };
    const asked = (id: string): Partial<Asked> => {
      const question = poisoned.find((one) => one.id === id);
      return question ? { surface: surface(question, {}, { open: refuse, finish: refuse }) } : {};
    };
    await recover(asked);
    expect(await isOver(clock, good.id)).toBe(true);
    // Not at once again: Slack may have had a bad moment.
    expect(await recover(asked)).toEqual([]);
    for (const seconds of [5, 20, 80, 320]) {
      clock.advance(seconds * 1000);
      await recover(asked);
    }
    for (const { id } of poisoned) expect(await isOver(clock, id)).toBe(true);
    expect(alerts).toEqual([archived, archived, archived]);
    const entries = await engine.db.collection('memori_audit').find({}).toArray();
    const targets = entries.map((entry) => JSON.stringify(entry)).filter((entry) => entry.includes('"failed"'));
    for (const { id } of poisoned) expect(targets.some((entry) => entry.includes(id))).toBe(true);
    expect(counts.attempts).toBeLessThanOrEqual(10);
  });

  it('after its answer was shown is not answered again: nothing replaces what the person has', async () => {
    const { recover, clock, counts, shown, done } = instance();
    const { id } = await abandon(clock);
    await stores.turns.shown(id, 'gone', '7.7');
    expect(await recover(() => ({}))).toEqual([id]);
    expect([counts.attempts, shown]).toEqual([0, []]);
    // What Slack carried out late is looked for beside that message.
    expect(done).toContain('opened 7.7');
    expect(await isOver(clock, id)).toBe(true);
  });

  it('is told to its person when that is possible at the third failure', async () => {
    const { recover, surface, clock, shown } = instance();
    const question = await abandon(clock);
    let fails = 2;
    const finish = async (outcome: Outcome): Promise<undefined> => {
      if (outcome.status === 'answered') throw new Error('internal_error');
      fails -= 1;
      shown.push(outcome);
    };
    const asked = (): Partial<Asked> => ({ surface: surface(question, {}, { finish }) });
    for (const seconds of [0, 5, 20]) {
      clock.advance(seconds * 1000);
      await recover(asked);
    }
    expect(shown).toEqual([failed]);
    expect(fails).toBe(1);
  });

  it('by crashes that were not its doing is answered all the same; one that always crashes ends at the fifth', async () => {
    const { recover, clock, counts, shown } = instance();
    const [often, always] = [await abandon(clock), await abandon(clock)];
    const crash = async (id: string): Promise<void> => {
      clock.advance(1);
      const until = new Date(clock.now().getTime() + 1);
      expect(await stores.turns.lease(id, `crashed ${Math.random()}`, until, clock.now())).toBe(true);
      clock.advance(1);
    };
    for (let index = 0; index < 4; index += 1) await crash(often.id);
    for (let index = 0; index < 5; index += 1) await crash(always.id);
    await recover(() => ({}));
    expect(counts.attempts).toBe(1);
    expect(shown.map(({ status }) => status)).toContain('answered');
    expect(shown).toContainEqual(failed);
  });
});

describe('a stop', () => {
  it('hands back what waits at once and what runs after a while, waits for what can finish, and counts nothing', async () => {
    const { lifecycle, ask, recover, clock, shown, done } = instance();
    const [quick, slow, waiting] = [newQuestion(), newQuestion(), newQuestion()];
    const finishing = gate();
    const quickWork: Work = async () => {
      await finishing.opened;
      return answered();
    };
    const slowWork: Work = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new MemoriError('cancelled', 'stopped')));
      });
    const asking = [ask(quick, { work: quickWork }), ask(slow, { work: slowWork }), ask(waiting)];
    await soon(() => done.includes('waits'));
    const draining = lifecycle.drain(100);
    await soon(async () =>
      (await stores.turns.abandoned(clock.now(), 10)).some(({ arrival }) => arrival.id === waiting.id),
    );
    finishing.open();
    await draining;
    await Promise.all(asking);
    expect(shown).toEqual([answered()]);
    const left = await stores.turns.abandoned(clock.now(), 10);
    expect(left.map(({ arrival, failures, crashes }) => [arrival.id, failures, crashes])).toEqual([
      [slow.id, 0, 0],
      [waiting.id, 0, 0],
    ]);
    const next = instance(clock);
    expect(await next.recover(() => ({}))).toHaveLength(2);
    expect(await recover(() => ({}))).toEqual([]);
    expect(next.shown).toHaveLength(2);
  });
});

describe('over HTTP', () => {
  const secret = 'signing-secret';
  const started = gate();
  const posting = { isHeld: false, ...gate() };
  let api: SlackApi;
  let url: string;
  let memori: Memori;
  let starting: Promise<Memori>;
  beforeAll(async () => {
    api = await startSlackApi(async ({ method }) => {
      if (method === 'auth.test') await started.opened;
      if (method === 'chat.postMessage' && posting.isHeld) await posting.opened;
      if (method === 'auth.test') return { team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' };
      return method === 'users.info' ? { user: { team_id: 'T1', real_name: 'Ada' } } : undefined;
    });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: secret, SLACK_API_URL: api.url };
    const data = { DATA_FOLDER: join(folder, 'http'), PORT: `${port}` };
    starting = startApp(readConfig({ ...env, ...data }), { logger: silentLogger });
  });
  afterAll(async () => {
    for (const { open } of [started, posting]) open();
    await (await starting).stop();
    await api.close();
  });

  const send = (ts: string, text = '<@UBOT> select 40 + 2 as answer'): Promise<number> => {
    const event = { type: 'app_mention', user: 'U1', channel: 'C1', ts, event_ts: ts, text };
    const authorizations = [{ team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false }];
    const body = JSON.stringify({ type: 'event_callback', team_id: 'T1', event, authorizations });
    const at = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
    const headers = { 'x-slack-request-timestamp': at, 'x-slack-signature': signature };
    const json = { 'content-type': 'application/json' };
    return fetch(`${url}/slack/events`, { method: 'POST', body, headers: { ...headers, ...json } }).then(
      ({ status }) => status,
      () => 0,
    );
  };
  const health = async () => {
    const response = await fetch(`${url}/health`).catch(() => undefined);
    return [response?.status, ((await response?.json()) as { status?: string } | undefined)?.status];
  };
  const answers = () => api.of('chat.update').filter(({ text }) => String(text).includes('42')).length;

  it('nothing is taken, and /health says so, before everything is ready', async () => {
    await soon(async () => (await health())[1] === 'starting');
    await soon(() => api.of('auth.test').length > 0);
    expect(await health()).toEqual([503, 'starting']);
    expect((await fetch(`${url}/live`)).status).toBe(200);
    expect(await send('1.0')).toBe(503);
    started.open();
    memori = await starting;
    expect(await health()).toEqual([200, 'ready']);
  });

  it('an event is acknowledged when it is kept, however long Slack takes to say who asks, and once', async () => {
    const { turns } = memori.stores;
    const { claim } = turns;
    const keeping = gate();
    turns.claim = async (...claimed) => {
      await keeping.opened;
      return claim(...claimed);
    };
    let status: number | undefined;
    const sending = send('2.0').then((sent) => {
      status = sent;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(status).toBeUndefined();
    keeping.open();
    await sending;
    turns.claim = claim;
    expect([status, await send('2.0')]).toEqual([200, 200]);
    await soon(() => answers() > 0);
    expect(api.of('chat.postMessage')).toHaveLength(1);
  });

  it('an event that cannot be kept is not acknowledged, and answered when it comes again', async () => {
    const { turns } = memori.stores;
    const { claim } = turns;
    turns.claim = async () => {
      throw new MemoriError('store_unavailable', 'The store does not answer.');
    };
    expect(await send('3.0')).toBe(500);
    turns.claim = claim;
    const before = answers();
    expect(await send('3.0')).toBe(200);
    await soon(() => answers() > before);
  });

  it('a stop waits for what was acknowledged, and takes nothing more', async () => {
    posting.isHeld = true;
    const before = answers();
    expect(await send('4.0')).toBe(200);
    const stopping = memori.stop();
    await soon(async () => (await health())[1] === 'stopping');
    expect(await send('5.0')).toBeGreaterThanOrEqual(400);
    posting.open();
    await stopping;
    expect(answers()).toBe(before + 1);
  });
});

const server = await startMongoServer();
afterAll(() => server?.stop());

describe('several processes', () => {
  (server ? it : it.skip)(
    'lose nothing, answer nothing twice and leave no sign when they are killed',
    async () => {
      const figures = await runDelivery({
        seed: 3,
        questions: 12,
        kills: 1,
        stops: 0,
        instances: 2,
        mongoUri: server?.url ?? '',
        everyMs: 50,
        command: [...fromSource, 'src/main.ts'],
      });
      expect(figures).toMatchObject({ asked: 12, kills: 1, lost: 0, refused: 0, doubled: 0, stuck: 0 });
    },
    180_000,
  );
});
