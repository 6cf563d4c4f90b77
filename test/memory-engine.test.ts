import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readConversations } from '../scripts/bench/conversations.ts';
import { personNamed, placeNamed, playOwnSet, readOwnSet } from '../scripts/bench/own-set.ts';
import { playConversation } from '../scripts/bench/play-conversation.ts';
import type { JobRuns } from '../src/core/base/job-runs.ts';
import type { Person } from '../src/core/base/namespace.ts';
import { pieceTexts, questionText } from '../src/core/memory/embedding-text.ts';
import type { MemorySettings } from '../src/core/memory/memories.ts';
import type { Memory } from '../src/core/memory/memory.ts';
import { addPassage, indexPassages, removePassage } from '../src/core/memory/passage-index.ts';
import { rank } from '../src/core/memory/rank.ts';
import { isRelevant, rankMemories } from '../src/core/memory/rank-memories.ts';
import { caps, upkeepTasks } from '../src/core/memory/upkeep/tasks.ts';
import type { Embedder } from '../src/core/vectors/embedder.ts';
import { nearestBySigns } from '../src/core/vectors/packed-vectors.ts';
import { runUpkeep, upkeepJob } from '../src/jobs/upkeep-job.ts';
import { describeInstances } from './support/describe-instances.ts';
import { createInMemoryMemoryStore } from './support/in-memory-memory-store.ts';
import { ana, ben, channel, dm, memoryWorld, person, sales, wordEmbedder } from './support/memory-world.ts';

const dayMs = 24 * 60 * 60 * 1000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const metrics = { count: () => undefined, observe: () => undefined, gauge: () => undefined };
const texts = (memories: readonly Memory[]) => memories.map(({ text }) => text);
const here = { person: ana, place: sales, dataSources: [] };

describe('what contradicts', () => {
  it.each([
    ['always use gross revenue', 'no, use net revenue'],
    ['always include test accounts', 'no, exclude test accounts'],
    ['always report costs monthly', 'no, report costs quarterly'],
    ['remember that the fiscal year starts in February', 'remember that the fiscal year starts in March'],
    ['always show amounts in euros', 'from now on show amounts in dollars'],
    ['以后总是用毛收入', '不对，用净收入'],
    ['by big order we mean above 500 euros', 'no, by big order we mean above 800 euros'],
  ])('%s, then: %s', async (before, after) => {
    const { teach, memories, tick, now } = memoryWorld();
    const old = await teach(before, ana, sales);
    tick();
    const then = now();
    tick(dayMs);
    const fresh = await teach(after, ben, sales);
    expect(fresh.supersedes).toBe(old.id);
    expect(await memories.list(ana, sales, [])).toMatchObject([{ id: fresh.id }]);
    expect(await memories.list(ana, sales, [], then)).toMatchObject([{ id: old.id }]);
    const { deleted } = await memories.forget(fresh.id, ben, sales, []);
    expect(deleted).toBe(2);
  });

  it.each([
    ['remember that region 7 reports on its own', 'remember that region 8 reports on its own'],
    ['always use net revenue', 'always round percentages to one digit'],
    ['remember that store 17 was closed in March', 'remember that EMEA includes Turkey'],
    ['by churn we mean 90 days', 'by lapsed we mean 60 days'],
  ])('both hold: %s; %s', async (before, after) => {
    const { teach, memories } = memoryWorld();
    await teach(before, ana, sales);
    await teach(after, ana, sales);
    expect(await memories.list(ana, sales, [])).toHaveLength(2);
  });

  it('stays within its scope', async () => {
    const { teach, memories } = memoryWorld();
    await teach('always use gross revenue', ana, channel('COPS'));
    await teach('no, use net revenue', ana, sales);
    expect(texts(await memories.list(ana, channel('COPS'), []))).toEqual(['always use gross revenue']);
  });
});

describe('what is said again', () => {
  it('confirms instead of being kept twice, unless a figure, a name or a direction differs', async () => {
    const { teach, memories } = memoryWorld();
    const long = 'the report for the management board leaves out returned items and vouchers';
    const first = await teach(`remember that ${long}`, ana, sales);
    const again = await teach(`remember that ${long} too`, ben, sales);
    expect(again).toMatchObject({ id: first.id, proof: 2 });
    await teach(`remember that ${long} for Spain`, ben, sales);
    await teach(`remember that ${long} in 2025`, ben, sales);
    await teach('remember that the report for the management board includes returned items and vouchers', ben, sales);
    const all = await memories.list(ana, sales, []);
    expect(all.filter(({ proof }) => proof > 1)).toHaveLength(1);
    expect(all.some(({ text }) => text.includes('Spain'))).toBe(true);
    expect(all.some(({ text }) => text.includes('2025'))).toBe(true);
  });

  it('leaves less than one duplicate in a hundred after a thousand replayed sessions', async () => {
    const { teach, memories, ask, tick } = memoryWorld();
    const lessons = [
      'by churn we mean no order in 90 days',
      'always exclude test accounts',
      'remember that EMEA includes Turkey',
    ];
    const questions = [
      'revenue by country last month',
      'churn rate of wholesale customers',
      'top ten products by units sold',
      'refunds in Spain by reason',
    ];
    const openings = ['', 'please ', 'Please show ', 'show me '];
    for (let session = 0; session < 1_000; session += 1) {
      tick(60 * 60 * 1000);
      await teach(lessons[session % 3] ?? '', session % 2 ? ana : ben, sales);
      const text = `${openings[session % 4]}${questions[(session >> 2) % 4]}${session % 5 ? '' : '?'}`;
      const asked = ask(text, session % 2 ? ana : ben, sales);
      const used = await memories.recall(asked, []);
      await memories.remember(
        asked,
        used.map(({ memory }) => memory.id),
      );
      if (session % 3 === 0)
        await memories.received({ question: asked, sql: 'SELECT 1 FROM orders', used: [] }, 'good');
      // What the bot answered comes back as a message in the replay; it must teach nothing.
      await memories.remember({ ...ask(`Revenue was ${session}.`, ana, sales), origin: 'click' }, []);
    }
    const all = await memories.list(ana, sales, []);
    const distinct = new Set(
      all.map(({ kind, text }) => `${kind} ${text.toLowerCase().replace(/please |show |me |\?/g, '')}`),
    );
    expect(all.length - distinct.size).toBeLessThan(0.01 * 1_000);
    expect(all.length).toBeLessThanOrEqual(3 + 4 + 4 + 1);
  });
});

describe('answers that were accepted', () => {
  const sql =
    "SELECT c.name, sum(o.total) FROM shop.orders o JOIN customers c ON c.id = o.customer WHERE c.email = 'ana@corp.example' AND o.total > 500 GROUP BY 1";

  it('leave the question with the shape of its SQL, without its values', async () => {
    const { memories, ask, recall } = memoryWorld();
    const question = ask('revenue by customer above a threshold', ana, sales);
    await memories.received({ question, sql, used: [] }, 'good');
    const [pattern] = await memories.list(ana, sales, []);
    expect(pattern).toMatchObject({
      kind: 'query_pattern',
      trust: 'observed',
      tables: ['customers', 'shop.orders'],
      sql: 'SELECT c.name, sum(o.total) FROM shop.orders o JOIN customers c ON c.id = o.customer WHERE c.email = ? AND o.total > ? GROUP BY ?',
    });
    const found = await recall('revenue of each customer', ben, sales);
    expect(found.map(({ memory }) => memory.id)).toContain(pattern?.id);
  });

  it('count more the oftener, are kept in mind after a day, and go when one was wrong', async () => {
    const { memories, ask, recall, tick } = memoryWorld();
    const question = ask('revenue by customer', ana, sales);
    for (let at = 0; at < 4; at += 1) await memories.received({ question, sql, used: [] }, 'good');
    const why = async () => (await recall('opening hours', ben, sales)).map((one) => one.why);
    expect(await why()).toEqual([]);
    tick(dayMs);
    expect(await why()).toEqual([{ reason: 'confirmed', scope: 'channel' }]);
    await memories.received({ question, sql, used: [] }, 'bad');
    expect(await memories.list(ana, sales, [])).toEqual([]);
  });
});

describe('conscious memory', () => {
  it('is pinned and unpinned by its own people, whatever the rule says', async () => {
    const { teach, memories, recall } = memoryWorld();
    const fact = await teach('remember that EMEA includes Turkey', ana, sales);
    await memories.pin(fact.id, false, here);
    expect(await recall('opening hours', ana, sales)).toEqual([]);
    await memories.pin(fact.id, true, here);
    expect(await recall('opening hours', ana, sales)).toMatchObject([{ why: { reason: 'pinned' } }]);
    await expect(memories.pin(fact.id, false, { ...here, person: ben })).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('and automatic memory are each switched off by the person, alone or both', async () => {
    const kept = new Map<string, MemorySettings>();
    const settings = {
      get: async (_: string, user: string) => kept.get(user) ?? { auto: true, conscious: true },
      set: async (_: string, user: string, value: MemorySettings) => void kept.set(user, value),
    };
    const { teach, memories, recall, ask } = memoryWorld({ settings });
    await teach('always show amounts in euros', ana, sales);
    await memories.remember(ask('revenue of bicycles', ben, sales), []);
    const kinds = async () => (await recall('bicycles revenue last year', ana, sales)).map(({ memory }) => memory.kind);
    expect(await kinds()).toEqual(['rule', 'episode']);
    await settings.set('T1', 'UANA', { auto: false, conscious: true });
    expect(await kinds()).toEqual(['rule']);
    await memories.remember(ask('profit of scooters', ana, sales), []);
    expect(texts(await memories.list(ana, sales, []))).not.toContain('profit of scooters');
    await settings.set('T1', 'UANA', { auto: true, conscious: false });
    expect(await kinds()).toEqual(['episode']);
    await settings.set('T1', 'UANA', { auto: false, conscious: false });
    expect(await kinds()).toEqual([]);
  });
});

describe('what a person does with memories', () => {
  it('edits with history, searches, exports everything without vectors', async () => {
    const { teach, memories } = memoryWorld();
    const old = await teach('by active customer we mean an order in 90 days', ana, sales);
    const fresh = await memories.edit('1', 'an order in 60 days', here);
    expect(fresh).toMatchObject({ term: 'active customer', meaning: 'an order in 60 days', supersedes: old.id });
    await expect(memories.edit('1', 'the password is hunter2', here)).rejects.toMatchObject({ code: 'secret_refused' });
    await teach('remember that EMEA includes Turkey', ana, sales);
    expect(texts(await memories.search('turkey', here))).toEqual(['EMEA includes Turkey']);
    const lines = (await memories.exportAll(here))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Memory);
    expect(lines.map(({ id }) => id).sort()).toEqual(
      [...(await memories.list(ana, sales, [])).map(({ id }) => id), old.id].sort(),
    );
    expect(lines.every((line) => line.embedding === undefined)).toBe(true);
  });

  it('shares with more people; what was said in private only by the person who said it, and no fact with everybody', async () => {
    const { teach, memories } = memoryWorld();
    const rule = await teach('always count Turkey as EMEA', ana, sales);
    const wide = { type: 'workspace', id: 'T1' } as const;
    await expect(memories.share(rule.id, wide, { ...here, person: ben })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    const secret = channel('private');
    const place = { ...secret, isPrivate: true };
    const hidden = await teach('always call the merger Apollo', ana, place);
    const admin = { person: person('UADMIN', { admin: true }), place, dataSources: [] };
    await expect(memories.share(hidden.id, wide, admin)).rejects.toMatchObject({ code: 'not_allowed' });
    await memories.share('1', wide, here);
    expect(await memories.list(ben, dm('UBEN'), [])).toMatchObject([{ text: rule.text, scope: wide }]);
    expect((await memories.list(ana, sales, [])).filter(({ text }) => text === rule.text)).toHaveLength(1);
    const fact = await teach('remember that Jonas has epilepsy', ana, sales);
    await expect(memories.share(fact.id, wide, here)).rejects.toMatchObject({
      details: { reason: 'not_for_everybody' },
    });
    await expect(memories.share(fact.id, { type: 'channel', id: 'COPS' }, here)).resolves.toMatchObject({
      kind: 'fact',
    });
    expect(await memories.list(person('UEXT', { external: true }), sales, [])).toEqual([]);
  });
});

describe('memories kept in mind between turns', () => {
  describeInstances(() => {
    const store = createInMemoryMemoryStore();
    return [store, store];
  });

  it('a use makes a question last for thirty days more', async () => {
    const { memories, ask, tick } = memoryWorld();
    await memories.remember(ask('revenue of bicycles by colour', ana, sales), []);
    const [episode] = await memories.list(ana, sales, []);
    tick(20 * dayMs);
    await memories.remember(ask('profit of all our shops', ana, channel('COTHER')), []);
    await memories.remember(ask('bicycle revenue', ana, sales), [episode?.id ?? '']);
    tick(20 * dayMs);
    expect(texts(await memories.list(ana, sales, []))).toContain('revenue of bicycles by colour');
    tick(31 * dayMs);
    expect(await memories.list(ana, sales, [])).toEqual([]);
  });
});

describe('a talk, as the product keeps it', () => {
  const [alice, bob] = ['UALICE', 'UBOB'].map((id) => person(id));
  const axes = ['kayak', 'oven', 'moon'];
  /** A sentence about one thing, or about none. */
  const embedder: Embedder = {
    ...wordEmbedder(),
    dimensions: 4,
    embed: async (texts) =>
      texts.map((text) => {
        const about = axes.map((axis) => Number(text.includes(axis)));
        const length = Math.hypot(...about);
        return Float32Array.from(length === 0 ? [0, 0, 0, 1] : [...about.map((value) => value / length), 0]);
      }),
  };

  it('is found by the nearest sentence, by what was asked beside it, and by who asked when', async () => {
    const { memories, ask, tick, store } = memoryWorld({ embedder, retentionDays: 900 });
    const found = async (text: string) => texts(await memories.search(text, here));
    const say = (text: string, who: Person) => memories.remember(ask(text, who, sales), []);
    await say('total in Berlin by store', bob as Person);
    tick(40 * dayMs);
    await say('How is the oven. We look at the stock of the moon. What does the kayak cost', alice as Person);
    await say('total in Madrid by store', bob as Person);
    const kept = await store.everything('T1', { type: 'channel', id: 'CSALES' });
    const long = kept.find(({ memory }) => memory.text.includes('oven'))?.memory;
    expect(long?.embedding?.pieces).toHaveLength(3);
    expect(await found('canoes and kayak-like boats')).toEqual([long?.text]);
    // The same words: what was asked right after the kayak is nearer to one.
    expect((await found('kayak by store')).slice(1)).toEqual(['total in Madrid by store', 'total in Berlin by store']);
    expect((await found('what did @UBOB ask by store in March 2026'))[0]).toBe('total in Berlin by store');
    // Nobody is named, so the month is that of the figures.
    expect((await found('kayak by store in March 2026')).slice(1)[0]).toBe('total in Madrid by store');
    await memories.forget(long?.id ?? '', alice as Person, sales, []);
    expect(await found('kayak by store')).toEqual(['total in Berlin by store', 'total in Madrid by store']);
  });
});

describe('a large pool', () => {
  it('gives the same best fits in two steps as when every passage is scored', () => {
    const words =
      'revenue orders churn refund margin country month region store product customer channel price stock'.split(' ');
    const passage = (at: number) => ({
      text: `${words[at % 14]} ${words[(at * 7) % 13]} item${at % 500} note${at}`,
      speaker: undefined,
      thread: `t${at}`,
      at: undefined,
      vector: undefined,
    });
    const large = indexPassages(Array.from({ length: 9_000 }, (_, at) => passage(at)));
    const halves = [indexPassages(Array.from({ length: 4_000 }, (_, at) => passage(at)))];
    for (const at of [17, 1_234, 3_999]) {
      const query = { text: `item${at % 500} note${at}`, vector: undefined };
      expect(rank([large], query, 3)[0]?.slot).toBe(at);
      expect(rank(halves, query, 3)[0]?.slot).toBe(at);
    }
    // What comes in the place of what was taken out stands alone, without a word of it.
    expect(removePassage(large, 17)).toBe(true);
    const slot = addPassage(large, { ...passage(17), text: 'item17 instead' });
    const fits = rank([large], { text: 'item17 note17', vector: undefined });
    expect(fits.map((fit) => fit.slot)).not.toContain(17);
    expect(fits.find((fit) => fit.slot === slot)?.lexical).toBeGreaterThan(0);
    expect(removePassage(large, slot)).toBe(true);
  });
});

describe('vectors by their signs', () => {
  it('are found in two steps as in one', () => {
    let state = 1;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647 - 0.5;
    };
    const vectors = Array.from({ length: 1_000 }, () => Float32Array.from({ length: 384 }, random));
    const { vectors: packed } = indexPassages(
      vectors.map((vector, at) => ({
        text: 'x',
        speaker: undefined,
        thread: `${at}`,
        at: undefined,
        vector,
      })),
    );
    for (const slot of [0, 321, 999]) {
      const query = (vectors[slot] as Float32Array).map((value) => value + random());
      expect(packed && nearestBySigns(packed, vectors.length, query, 5)).toContain(slot);
    }
  });
});

describe('a talk', () => {
  const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/memory/${name}`, import.meta.url));
  const index = async (format: 'realtalk' | 'beam') => {
    const [talk] = await readConversations(fixture(format), format);
    const passages = (talk?.turns ?? []).map(({ text, speaker, session, at }) => ({
      text,
      speaker: speaker || undefined,
      thread: session,
      at,
      vector: undefined,
    }));
    const best = (text: string) =>
      talk?.turns[rank([indexPassages(passages)], { text, vector: undefined })[0]?.slot ?? 0];
    return { talk, best };
  };

  it('between two people is read with what real files leave out, and the one who is named answers', async () => {
    const { talk, best } = await index('realtalk');
    expect(talk?.questions.map(({ evidence }) => evidence)).toEqual([['D1:2'], ['D1:3', 'D1:4'], ['D2:2'], [], []]);
    expect(talk?.turns.map(({ at }) => at?.getUTCFullYear())).toEqual([2023, 2023, 2023, 2023, undefined, undefined]);
    // Tomasz says the name, and the words of the question; Ines Moreau tells.
    expect(best('What did Ines do on the long weekend?')).toMatchObject({ id: 'D1:2' });
  });

  it('with an assistant counts what the person said, unless the question is what the assistant did', async () => {
    const { talk, best } = await index('beam');
    expect(talk?.questions.map(({ evidence }) => evidence)).toEqual([['0'], ['2', '0'], [], ['3']]);
    expect(talk?.turns.every(({ at }) => at?.getFullYear() === 2024)).toBe(true);
    expect(best('When is the launch of my team?')).toMatchObject({ speaker: 'user' });
    expect(best('Which release did you suggest?')).toMatchObject({ id: '3' });
  });

  it('is embedded sentence by sentence, and asked about as its speakers would say it', () => {
    expect(pieceTexts('We rented a kayak there. Fun! I fell into the water twice.')).toEqual([
      'We rented a kayak there. Fun!',
      'I fell into the water twice.',
    ]);
    expect(pieceTexts('One sentence about net revenue.')).toEqual([]);
    expect(pieceTexts('It is said again and again. '.repeat(40)).length).toBeLessThanOrEqual(6);
    expect(questionText("When did Ines Moreau see Tomasz's sister?", ['ines', 'moreau', 'Tomasz'])).toBe(
      'When did I see my sister?',
    );
    expect(questionText('How many users has the assistant?', ['user', 'assistant'])).toBe(
      'How many users has the assistant?',
    );
  });

  it('is found by the nearest of its sentences', () => {
    const axis = (at: number) => Float32Array.from({ length: 4 }, (_, place) => Number(place === at));
    const said = { speaker: undefined, at: undefined, text: 'nothing in common' };
    const talk = indexPassages([
      { ...said, thread: 'a', vector: axis(0) },
      { ...said, thread: 'b', vector: axis(1), pieceVectors: [axis(2), axis(3)] },
    ]);
    expect(rank([talk], { text: 'elsewhere', vector: axis(3) })[0]).toMatchObject({
      slot: 1,
      cosine: expect.closeTo(1, 2),
    });
  });
});

describe('jobs', () => {
  const ops = (now: () => Date) => ({ clock: { now }, logger: silent, metrics });
  const runsOnce = (): JobRuns & { readonly finished: object[] } => {
    const leases = new Map<string, { owner: string; until: Date; cursor: string; done: boolean }>();
    const finished: object[] = [];
    const key = ({ job, slot }: { job: string; slot: string }) => `${job}@${slot}`;
    return {
      finished,
      async lease(slot, owner, until, now) {
        const row = leases.get(key(slot));
        if (row && (row.done || (row.owner !== owner && row.until > now))) return false;
        leases.set(key(slot), { owner, until, cursor: row?.cursor ?? '', done: false });
        return true;
      },
      async saveCursor(slot, cursor) {
        const row = leases.get(key(slot));
        if (row) row.cursor = cursor;
      },
      cursor: async (slot) => leases.get(key(slot))?.cursor ?? '',
      async finish(slot, report) {
        const row = leases.get(key(slot));
        if (row) row.done = true;
        finished.push(report);
      },
    };
  };
  const task = (name: string) => {
    const found = upkeepTasks.find((one) => one.name === `memory-${name}`);
    if (!found) throw new Error(`no job ${name}`);
    return found;
  };
  const always = { signal: new AbortController().signal, from: '', saveCursor: async () => undefined };

  function setUp() {
    const store = createInMemoryMemoryStore();
    const world = memoryWorld({ store, retentionDays: 3_000 });
    const runs = runsOnce();
    const embedder = { ...wordEmbedder(), model: 'words-new' };
    const deps = { store, embedder, runs, retentionDays: 30, scrub: async () => undefined, ops: ops(world.now) };
    const put = async (over: Partial<Memory> & { id: string }, text: string) => {
      await world.memories.remember(world.ask(`seed question about ${over.id}`, ana, sales), []);
      const kept = await store.everything('T1', { type: 'channel', id: 'CSALES' });
      const seed = kept.map(({ memory }) => memory).find(({ text: said }) => said.startsWith('seed question'));
      if (seed) await store.put({ ...seed, proof: 1, text, ...over });
      if (seed) await store.remove('T1', seed.scope, [seed.id]);
    };
    const all = async () =>
      (await store.everything('T1', { type: 'channel', id: 'CSALES' })).map(({ memory }) => memory);
    return { ...world, store, runs, deps, put, all };
  }

  it('say what they would do and change nothing in a dry run', async () => {
    const { deps, put, all, tick } = setUp();
    await put({ id: 'old', expiresAt: undefined }, 'revenue by region');
    tick(31 * dayMs);
    expect(await runUpkeep(task('expire'), deps, { ...always, dryRun: true })).toMatchObject({ removed: 1 });
    expect(await all()).toHaveLength(1);
    expect(await runUpkeep(task('expire'), deps, { ...always, dryRun: false })).toMatchObject({ removed: 1 });
    expect(await all()).toEqual([]);
  });

  it('expire what nobody used, never what was taught or pinned', async () => {
    const { deps, put, all, teach, tick } = setUp();
    await put({ id: 'old', expiresAt: undefined }, 'revenue by region');
    await put({ id: 'pinned', expiresAt: undefined, pinned: true }, 'refunds by month');
    await teach('always exclude test accounts', ana, sales);
    tick(400 * dayMs);
    await runUpkeep(task('expire'), deps, { ...always, dryRun: false });
    expect((await all()).map(({ id }) => id)).not.toContain('old');
    expect(await all()).toHaveLength(2);
  });

  it('let importance fade, merge, consolidate, and embed again', async () => {
    const { deps, put, all, tick } = setUp();
    await put({ id: 'a', importance: 0.4 }, 'revenue by region and month for all stores');
    await put({ id: 'b', importance: 0.4 }, 'revenue by region and month for all our stores');
    tick(2 * dayMs);
    await runUpkeep(task('decay'), deps, { ...always, dryRun: false });
    expect((await all())[0]?.importance).toBeLessThan(0.4);
    await runUpkeep(task('merge'), deps, { ...always, dryRun: false });
    expect(await all()).toMatchObject([{ proof: 2 }]);
    for (const [at, word] of ['today', 'yesterday', 'weekly', 'total'].entries())
      await put({ id: `c${at}` }, `refund rate of bicycles ${word}`);
    await runUpkeep(task('consolidate'), deps, { ...always, dryRun: false });
    const one = (await all()).find(({ text }) => text.startsWith('refund'));
    expect(one).toMatchObject({ trust: 'observed', proof: 4 });
    expect(one?.sources).toHaveLength(3);
    expect((await all()).every(({ embedding }) => embedding?.model === 'words-16')).toBe(true);
    await runUpkeep(task('reembed'), deps, { ...always, dryRun: false });
    expect((await all()).every(({ embedding }) => embedding?.model === 'words-new')).toBe(true);
    expect(await runUpkeep(task('reembed'), deps, { ...always, dryRun: false })).toMatchObject({ changed: 0 });
  });

  it('keep a scope to its caps, the worthiest staying', async () => {
    const { deps, put, all, store } = setUp();
    await put({ id: 'seed' }, 'seed');
    const [seed] = await all();
    if (seed)
      for (let at = 0; at < caps.shortTerm + 5; at += 1)
        await store.put({ ...seed, id: `e${at}`, importance: at / 2_000, text: `q ${at}` });
    await runUpkeep(task('caps'), deps, { ...always, dryRun: false });
    const left = await all();
    expect(left).toHaveLength(caps.shortTerm);
    expect(left.map(({ id }) => id)).not.toContain('e0');
  });

  it('run once for each slot, and go on where an interrupted run got to', async () => {
    const { deps, runs, teach, tick } = setUp();
    for (const name of ['CA', 'CB', 'CC']) await teach('always exclude test accounts', ana, channel(name));
    const seen: string[] = [];
    const abort = new AbortController();
    const broken = {
      ...task('expire'),
      plan: (memories: readonly Memory[]) => {
        seen.push(memories[0]?.scope.id ?? '');
        if (seen.length === 2) throw new Error('the process ended');
        return { remove: [], amend: [] };
      },
    };
    await expect(upkeepJob(broken, deps).run(abort.signal)).rejects.toThrow('the process ended');
    await upkeepJob(broken, deps).run(abort.signal);
    expect(seen).toEqual(['CA', 'CB']);
    tick(61_000);
    await upkeepJob(broken, deps).run(abort.signal);
    expect(seen).toEqual(['CA', 'CB', 'CB', 'CC']);
    await upkeepJob(broken, deps).run(abort.signal);
    expect(seen).toHaveLength(4);
    expect(runs.finished).toMatchObject([{ scopes: 2 }]);
  });
});

describe('our own set', () => {
  const path = fileURLToPath(new URL('./fixtures/memory/own.jsonl', import.meta.url));

  it('is found by words alone, 95 of a hundred among the first five; with vectors as the bench ranks it', async () => {
    const product = await playOwnSet(path, wordEmbedder());
    let [questions, recall] = [0, 0];
    for (const conversation of await readOwnSet(path, wordEmbedder())) {
      const { asked, placeOf, viewer } = await playConversation(conversation, wordEmbedder());
      for (const { text, evidence } of conversation.questions) {
        const all = await asked(text);
        const top = rankMemories({ ...all, vector: undefined }, 5).map(
          ({ memory }) => conversation.turns[placeOf(memory)]?.id,
        );
        questions += 1;
        recall += evidence.filter((id) => top.includes(id)).length / evidence.length;
        // What the bench ranks is what the product finds.
        const ranked = rankMemories(all, 20).filter(({ fit }) => isRelevant(fit));
        const found = (await product.memories.search(text, viewer)).slice(0, ranked.length);
        expect(found.map(({ id }) => id)).toEqual(ranked.map(({ memory }) => memory.id));
      }
    }
    expect(questions).toBeGreaterThanOrEqual(300);
    expect(recall / questions).toBeGreaterThanOrEqual(0.95);
  });

  it('shows nobody what is not for them or no longer holds, and the prompt gets what is needed', async () => {
    const { memories, said, questions, now } = await playOwnSet(path);
    let found = 0;
    for (const { who, where, text, gold, never } of questions) {
      const [asker, place] = [personNamed(who), placeNamed(where, who)];
      const question = {
        id: `T1:${place.channel}:1`,
        text,
        person: asker,
        place,
        askedAt: now(),
        origin: 'message' as const,
      };
      const ids = (await memories.recall(question, [])).map(({ memory }) => memory.id);
      for (const name of never)
        expect({ name, shown: ids.includes(said.get(name) ?? '') }).toEqual({ name, shown: false });
      found += gold.filter((name) => ids.includes(said.get(name) ?? '')).length / gold.length;
    }
    expect(found / questions.length).toBeGreaterThanOrEqual(0.9);
  });
});
