import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Collection, Db, Stored } from '../../src/adapters/stores/collection.ts';
import { openStores, type Stores } from '../../src/adapters/stores/open-stores.ts';
import type { AnswerRecord } from '../../src/core/answers/answer-store.ts';
import type { Question } from '../../src/core/base/question.ts';
import { emptyQueue } from '../../src/core/conversation/turn-queue.ts';
import type { Memory } from '../../src/core/memory/memory.ts';
import { ada } from './ada.ts';
import { arrivalOf } from './arrivals.ts';
import { describeLedger } from './describe-ledger.ts';
import { storedMemory } from './stored-memory.ts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 1) + seconds * 1_000);
const held = (owner: string, seconds: number) => ({ owner, until: at(seconds) });

const question = (id: string, thread = '1.1'): Question => ({
  id,
  text: 'How many orders? 有多少订单？',
  person: ada,
  place: { kind: 'channel', channel: 'C1', isPrivate: false, thread },
  askedAt: at(0),
  origin: 'message',
});

const answer = (id: string, seconds: number, thread = '1.1'): AnswerRecord => ({
  id,
  question: question(id, thread),
  outcome: {
    status: 'answered',
    text: 'There are 2 orders.',
    interpretation: undefined,
    source: 'verified',
    verified: { id: 'orders', title: 'Orders', parameters: { n: '2' } },
    sql: 'SELECT count(*) FROM orders',
    dataSource: 'shop',
    result: {
      columns: [{ name: 'secret', type: 'text' }],
      rows: [['row of a customer']],
      rowCount: 1,
      truncated: false,
      ms: 3,
    },
    chart: { kind: 'bar', title: 't', categories: ['row of a customer'], series: [], xLabel: '', yLabel: '' },
    memories: [],
    suggestions: [{ text: 'And last year?' }],
  },
  replyTs: '2.2',
  answeredAt: at(seconds),
  ms: 12,
  costMicroUsd: 0,
});

const memory = (id: string, over: Partial<Memory> = {}): Memory => storedMemory(id, at(0), over);

const collections = [
  'turns',
  'turn_board',
  'answers',
  'feedback',
  'memories',
  'tombstones',
  'memory_scopes',
  'memory_gone',
  'memory_settings',
  'jobs',
  'ledger',
  'audit',
  'audit_heads',
  'papers',
];

/** Every store of the product, on the engine that `open` gives. */
export function describeStores(open: () => Db): void {
  let stores: Stores;
  const raw = <T extends Stored>(name: string): Collection<T> => open().collection<T>(`memori_${name}`);

  beforeAll(async () => {
    stores = await openStores(open());
    // Every start does it again.
    await openStores(open());
  });

  beforeEach(async () => {
    for (const name of collections) await raw(name).deleteMany({});
    stores = await openStores(open());
  });

  describe('turns', () => {
    const claim = (id: string, now: number, lease: ReturnType<typeof held>) =>
      stores.turns.claim(arrivalOf(question(id)), at(now), lease);

    it('lets one of many claim a question and keeps the claim after the turn', async () => {
      const claims = await Promise.all(Array.from({ length: 20 }, () => claim('T1:C1:1.1', 0, held('a', 30))));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await stores.turns.finish('T1:C1:1.1', 'another', 'done', at(1));
      expect(await raw<Stored>('turns').findOne({ _id: 'T1:C1:1.1' })).toHaveProperty('arrival');
      await stores.turns.finish('T1:C1:1.1', 'a', 'done', at(1));
      expect(await claim('T1:C1:1.1', 2, held('b', 30))).toBe(false);
      expect(await raw<Stored>('turns').findOne({ _id: 'T1:C1:1.1' })).not.toHaveProperty('arrival');
    });

    it('leases to one owner until the lease ends, and counts a crash once for each lease that ended so', async () => {
      await claim('q', -30, held('gone', 0));
      const leases = await Promise.all(
        ['a', 'b', 'c', 'd'].map((owner) => stores.turns.lease('q', owner, at(30), at(0))),
      );
      expect(leases.filter(Boolean)).toHaveLength(1);
      const owner = ['a', 'b', 'c', 'd'][leases.indexOf(true)] ?? '';
      expect(await stores.turns.lease('q', owner, at(40), at(10))).toBe(true);
      expect(await stores.turns.lease('q', 'other', at(60), at(39))).toBe(false);
      await stores.turns.replied('q', 'gone', '1.1');
      await stores.turns.replied('q', owner, '9.9');
      expect(await stores.turns.abandoned(at(39), 10)).toEqual([]);
      expect(await stores.turns.abandoned(at(40), 10)).toEqual([
        { arrival: arrivalOf(question('q')), failures: 0, crashes: 1, replyTs: '9.9', isShown: false },
      ]);
      expect(await stores.turns.lease('q', 'other', at(70), at(40))).toBe(true);
      expect(await stores.turns.lease('q', owner, at(80), at(41))).toBe(false);
      expect(await stores.turns.abandoned(at(70), 10)).toMatchObject([{ crashes: 2 }]);
      await stores.turns.finish('q', 'other', 'failed', at(71));
      expect(await stores.turns.lease('q', 'other', at(90), at(80))).toBe(false);
      expect(await stores.turns.abandoned(at(1000), 10)).toEqual([]);
      expect(await stores.turns.lease('unknown', 'a', at(90), at(80))).toBe(false);
    });

    it('is held from the claim on by who claims', async () => {
      expect(await claim('q', 0, held('a', 30))).toBe(true);
      expect(await claim('q', 1, held('b', 90))).toBe(false);
      expect(await stores.turns.lease('q', 'b', at(60), at(29))).toBe(false);
      expect(await stores.turns.lease('q', 'a', at(40), at(10))).toBe(true);
      expect(await stores.turns.abandoned(at(39), 10)).toEqual([]);
      expect(await stores.turns.abandoned(at(40), 10)).toMatchObject([{ failures: 0, crashes: 0 }]);
    });

    it('is taken up at once when it was handed back, after a pause when it failed, and neither is a crash', async () => {
      await claim('q', 0, held('a', 30));
      await stores.turns.release('q', 'another', at(1));
      expect(await stores.turns.abandoned(at(2), 10)).toEqual([]);
      await stores.turns.release('q', 'a', at(1));
      expect(await stores.turns.lease('q', 'b', at(60), at(2))).toBe(true);
      await stores.turns.fail('q', 'a', at(5));
      await stores.turns.fail('q', 'b', at(10));
      expect(await stores.turns.lease('q', 'c', at(60), at(9))).toBe(false);
      expect(await stores.turns.abandoned(at(10), 10)).toMatchObject([{ failures: 1, crashes: 0 }]);
      expect(await stores.turns.lease('q', 'c', at(60), at(10))).toBe(true);
      expect(await stores.turns.abandoned(at(61), 10)).toMatchObject([{ failures: 1, crashes: 0 }]);
    });

    it('goes on with what version 0.1.0 left behind', async () => {
      const old = { state: 'answering', attempts: 1, claimedAt: at(0), owner: 'gone', leasedUntil: at(1) };
      await raw<Stored>('turns').insertOne({ _id: 'q', question: question('q'), ...old } as Stored);
      const [left] = await stores.turns.abandoned(at(2), 10);
      expect(left).toMatchObject({ arrival: { id: 'q', channel: 'C1', thread: '1.1' }, failures: 0, crashes: 0 });
      expect(await stores.turns.lease('q', 'a', at(60), at(2))).toBe(true);
      await stores.turns.finish('q', 'a', 'done', at(3));
      expect(await raw<Stored>('turns').findOne({ _id: 'q' })).not.toHaveProperty('question');
    });

    it('knows threads in which something is open', async () => {
      await claim('q', 0, held('a', 30));
      const open = () => stores.turns.isOpenIn(ada.team, 'C1', '1.1');
      expect([await open(), await stores.turns.isOpenIn(ada.team, 'C1', '9.9')]).toEqual([true, false]);
      await stores.turns.finish('q', 'a', 'done', at(1));
      expect(await open()).toBe(false);
    });

    it('hands out what a crash left, oldest first', async () => {
      for (const n of [3, 1, 2]) await claim(`q${n}`, n, held('a', n));
      expect((await stores.turns.abandoned(at(10), 2)).map((turn) => turn.arrival.id)).toEqual(['q1', 'q2']);
    });
  });

  describe('the board of turns', () => {
    it('takes the next revision from one writer, whoever else tries', async () => {
      const { turnBoard } = stores;
      expect(await turnBoard.read()).toEqual(emptyQueue);
      const next = (revision: number, meanMs: number) => turnBoard.replace({ ...emptyQueue, revision, meanMs });
      for (const revision of [1, 2, 3]) {
        const writes = await Promise.all([1, 2, 3, 4].map((writer) => next(revision, writer)));
        expect(writes.filter(Boolean)).toHaveLength(1);
        expect(await turnBoard.read()).toMatchObject({ revision, meanMs: writes.indexOf(true) + 1 });
      }
      expect(await next(2, 9)).toBe(false);
      expect(await next(5, 9)).toBe(false);
    });
  });

  describe('answers', () => {
    it('keeps an answer without its rows and without the chart made of them', async () => {
      await stores.answers.put(answer('T1:C1:1.1', 1));
      await stores.answers.put(answer('T1:C1:1.1', 2));
      const kept = await stores.answers.get('T1', 'T1:C1:1.1');
      const expected = answer('T1:C1:1.1', 2);
      if (expected.outcome.status !== 'answered') throw new Error('not an answer');
      const outcome = { ...expected.outcome, chart: undefined, result: { ...expected.outcome.result, rows: [] } };
      expect(kept).toEqual({ ...expected, outcome });
      expect(JSON.stringify(await raw<Stored>('answers').find({}).toArray())).not.toContain('row of a customer');
    });

    it('gives the thread newest last, and nothing of another team or thread', async () => {
      for (const n of [2, 3, 1]) await stores.answers.put(answer(`q${n}`, n));
      await stores.answers.put(answer('elsewhere', 5, '7.7'));
      expect((await stores.answers.thread('T1:C1:1.1', 2)).map(({ id }) => id)).toEqual(['q2', 'q3']);
      expect(await stores.answers.thread('T2:C1:1.1', 2)).toEqual([]);
      expect(await stores.answers.get('T2', 'q1')).toBeUndefined();
      await stores.answers.feedback('T1', 'q1', 'U1', 'bad', at(9));
      await stores.answers.feedback('T1', 'q1', 'U1', 'good', at(10));
      await stores.answers.feedback('T2', 'q1', 'U1', 'bad', at(11));
      expect(await raw<Stored>('feedback').find({}).toArray()).toMatchObject([{ user: 'U1', value: 'good' }]);
    });

    it.each([
      ['used a memory', { memories: [{ id: 'm1', text: 'churn' }] }, []],
      ['taught a memory', { taught: ['m1'] }, []],
      ['belongs to the message that taught it', {}, ['gone']],
    ])('erases what %s, with what followed in its thread, and nothing else', async (_, holding, messages) => {
      const { outcome, ...rest } = answer('gone', 2);
      const record: AnswerRecord = { ...rest, outcome: { ...outcome, ...holding } as AnswerRecord['outcome'] };
      for (const one of [answer('before', 1), record, answer('after', 3), answer('elsewhere', 4, '7.7')])
        await stores.answers.put(one);
      expect(await stores.answers.erase('T2', ['m1'], messages)).toBe(0);
      expect(await stores.answers.erase('T1', ['m1'], messages)).toBe(2);
      const left = await raw<Stored>('answers').find({}).toArray();
      expect(left.map(({ _id }) => _id).sort()).toEqual(['before', 'elsewhere']);
    });
  });

  describe('memories', () => {
    const channel = [{ type: 'channel', id: 'C1' }] as const;

    it('stores once what is said twice, with its vector', async () => {
      const vector = new Float32Array(new Float32Array([9, 0.25, -0.5, 0.1]).buffer, 4);
      const said = memory('m1', {
        embedding: { model: 'mini', vector, pieces: [Float32Array.of(0, -1, 0), Float32Array.of(0, 0, 1)] },
        term: 'churn',
        meaning: 'no order in 90 days',
      });
      expect(await stores.memories.put(said)).toEqual(said);
      const again = await Promise.all(
        [1, 2, 3].map(() => stores.memories.put({ ...said, usedAt: at(5), conscious: true })),
      );
      expect(again.map((one) => one?.id)).toEqual(['m1', 'm1', 'm1']);
      const [kept] = await stores.memories.inScopes('T1', channel, at(9));
      expect(kept).toEqual({ ...said, proof: 4, usedAt: at(5), conscious: true });
      expect([...(kept?.embedding?.vector ?? [])]).toEqual([...vector]);
      expect(kept?.embedding?.vector).toBeInstanceOf(Float32Array);
    });

    it('shows only what holds, in the scopes asked for, newest first', async () => {
      await stores.memories.put(memory('old', { createdAt: at(1) }));
      await stores.memories.put(memory('new', { createdAt: at(2), expiresAt: at(100) }));
      await stores.memories.put(memory('later', { validFrom: at(50) }));
      await stores.memories.put(memory('mine', { scope: { type: 'user', id: 'U1' } }));
      await stores.memories.put(memory('theirs', { team: 'T2' }));
      const ids = async (seconds: number, scopes: Parameters<typeof stores.memories.inScopes>[1] = channel) =>
        (await stores.memories.inScopes('T1', scopes, at(seconds))).map(({ id }) => id);
      expect(await ids(10)).toEqual(['new', 'old']);
      expect(await ids(60)).toEqual(['new', 'old', 'later']);
      expect(await ids(10, [...channel, { type: 'user', id: 'U1' }])).toEqual(['new', 'old', 'mine']);
      expect(await ids(10, [])).toEqual([]);
      expect(await stores.memories.supersede('T1', channel, 'old', at(20))).toBe(true);
      expect(await stores.memories.supersede('T1', channel, 'mine', at(20))).toBe(false);
      expect(await stores.memories.supersede('T2', channel, 'new', at(20))).toBe(false);
      expect(await ids(19)).toEqual(['new', 'old']);
      expect(await ids(20)).toEqual(['new']);
      expect(await ids(100)).toEqual(['later']);
      await stores.memories.touch('T1', channel, ['new', 'mine', 'theirs'], at(30));
      const seen = await stores.memories.inScopes('T1', [...channel, { type: 'user', id: 'U1' }], at(30));
      expect(seen.map(({ id, hits, usedAt }) => [id, hits, usedAt])).toEqual([
        ['new', 1, at(30)],
        ['mine', 0, at(0)],
      ]);
    });

    it('forgets for good, with older versions, until a person teaches it again', async () => {
      await stores.memories.put(memory('v1', { validTo: at(5) }));
      await stores.memories.put(memory('v2', { supersedes: 'v1' }));
      await stores.memories.put(memory('other', { scope: { type: 'user', id: 'U2' } }));
      expect(await stores.memories.forget('T1', channel, ['other'], at(10))).toEqual([]);
      expect(await stores.memories.forget('T2', channel, ['v2'], at(10))).toEqual([]);
      expect([...(await stores.memories.forget('T1', channel, ['v2'], at(10)))].sort()).toEqual(['v1', 'v2']);
      expect(await raw('memories').countDocuments({})).toBe(1);
      expect(JSON.stringify(await raw('tombstones').find({}).toArray())).not.toContain('v2');
      for (const id of ['v1', 'v2'])
        expect(await stores.memories.put(memory(id, { createdAt: at(10) }))).toBeUndefined();
      const observed = memory('v2', { createdAt: at(20), trust: 'observed' });
      expect(await stores.memories.put(observed)).toBeUndefined();
      expect(await stores.memories.put(memory('v2', { createdAt: at(20) }))).toMatchObject({ id: 'v2', proof: 1 });
    });

    it('forgets what was made of it and what was observed of its words, in every scope, and does not learn them again', async () => {
      const words = { term: 'churn', meaning: 'no order in 90 days' };
      await stores.memories.put(memory('taught', { ...words, kind: 'definition' }));
      const pattern = memory('pattern', { kind: 'query_pattern', trust: 'observed', text: 'churned customers' });
      await stores.memories.put({ ...pattern, scope: { type: 'user', id: 'U1' }, sources: ['x', 'taught'] });
      await stores.memories.put(memory('merged', { text: 'lost customers', sources: ['pattern'] }));
      const thread = { type: 'thread', id: 'C1:1.0' } as const;
      const copy = memory('copy', {
        kind: 'fact',
        trust: 'observed',
        scope: thread,
        text: 'Churn =  no order in 90 days!',
      });
      await stores.memories.put(copy);
      const elsewhere = { ...copy, id: 'elsewhere', source: { ...copy.source, channel: 'C9' } };
      await stores.memories.put(elsewhere);
      await stores.memories.put(memory('other', { text: 'revenue is net' }));
      const went = await stores.memories.forget('T1', channel, ['taught'], at(10));
      expect([...went].sort()).toEqual(['copy', 'merged', 'pattern', 'taught']);
      const left = await raw<Stored>('memories').find({}).toArray();
      expect(left.map(({ _id }) => _id).sort()).toEqual(['elsewhere', 'other']);
      expect(await stores.memories.put({ ...copy, id: 'copy2', createdAt: at(20) })).toBeUndefined();
      expect(await stores.memories.put(memory('old', { ...words, createdAt: at(10) }))).toBeUndefined();
      expect(await stores.memories.put(memory('anew', { ...words, createdAt: at(11) }))).toMatchObject({ id: 'anew' });
    });

    it('does not say that something is forgotten when it is still there', async () => {
      const db = open();
      const deaf = <T extends Stored>(name: string): Collection<T> =>
        Object.assign(Object.create(db.collection<T>(name)) as Collection<T>, {
          deleteMany: async () => ({ deletedCount: 1 }),
        });
      const { memories } = await openStores({ collection: deaf });
      await memories.put(memory('stays'));
      await expect(memories.forget('T1', channel, ['stays'], at(10))).rejects.toMatchObject({
        code: 'store_unavailable',
      });
    });

    it('never brings back what is forgotten while it is being said', async () => {
      for (let round = 0; round < 10; round++) {
        const id = `race${round}`;
        await stores.memories.put(memory(id));
        await Promise.all([
          stores.memories.put(memory(id, { trust: 'observed' })),
          stores.memories.forget('T1', channel, [id], at(10)),
          stores.memories.put(memory(id, { trust: 'observed' })),
        ]);
        expect(await raw('memories').findOne({ _id: id })).toBeNull();
      }
    });

    it('tells what changed in a scope since a number, and what went', async () => {
      const { memories } = stores;
      const [scope] = channel;
      const before = (await memories.versions('T1', channel))[0] ?? 0;
      await memories.put(memory('m1'));
      await memories.put(memory('m2', { expiresAt: at(50) }));
      const after = (await memories.versions('T1', channel))[0] ?? 0;
      expect(after).toBe(before + 2);
      const first = await memories.changes('T1', scope, [before + 1]);
      expect(first.written.map(({ memory: { id }, version }) => [id, version])).toEqual([['m1', before + 1]]);
      await memories.touch('T1', channel, ['m1', 'm2'], at(10), at(90));
      const touched = await memories.changes('T1', scope, [after + 1]);
      expect(touched.written.map(({ memory: { id, expiresAt } }) => [id, expiresAt]).sort()).toEqual([
        ['m1', undefined],
        ['m2', at(90)],
      ]);
      expect(await memories.amend('T1', scope, 'm1', { pinned: true, importance: 0.9 })).toBe(true);
      expect(await memories.amend('T1', scope, 'other', { pinned: true })).toBe(false);
      expect(await memories.amend('T2', scope, 'm1', { pinned: false })).toBe(false);
      expect(await memories.remove('T1', scope, ['m2'])).toBe(1);
      expect(await memories.put(memory('m2', { trust: 'observed' }))).toMatchObject({ proof: 1 });
      await memories.forget('T1', channel, ['m1'], at(20));
      const now = (await memories.versions('T1', channel))[0] ?? 0;
      const numbers = Array.from({ length: now - after }, (_, n) => after + 1 + n);
      const { written, gone } = await memories.changes('T1', scope, numbers);
      expect(written.map(({ memory: { id } }) => id)).toEqual(['m2']);
      expect(gone.map(({ id }) => id).sort()).toEqual(['m1', 'm2']);
      expect((await memories.everything('T1', scope)).map(({ memory: { id } }) => id)).toEqual(['m2']);
      await memories.put(memory('mine', { scope: { type: 'user', id: 'U1' } }));
      const places = await memories.scopes('', 10);
      expect(places.map(({ scope: { type } }) => type)).toEqual(['channel', 'user']);
      expect(await memories.scopes(places[0]?.key ?? '', 10)).toHaveLength(1);
      for (const id of ['C1:1.0', 'C1:2.0', 'C11:3.0', 'C1'])
        await memories.put(memory(`in ${id}`, { scope: { type: 'thread', id } }));
      const threads = async (limit: number) => (await memories.threads('T1', 'C1', limit)).map(({ id }) => id);
      expect(await threads(5)).toEqual(['C1:2.0', 'C1:1.0']);
      expect(await threads(1)).toEqual(['C1:2.0']);
      expect(await memories.threads('T2', 'C1', 5)).toEqual([]);
    });

    it('numbers each of many writes at once', async () => {
      const before = (await stores.memories.versions('T1', channel))[0] ?? 0;
      await Promise.all(Array.from({ length: 20 }, (_, n) => stores.memories.put(memory(`w${n}`))));
      const versions = (await stores.memories.everything('T1', channel[0])).map(({ version }) => version);
      expect([...new Set(versions)].sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => before + 1 + n),
      );
    });

    it('keeps the list that a person was shown last in a place', async () => {
      expect(await stores.shownLists.get('T1', 'U1', 'C1')).toBeUndefined();
      await stores.shownLists.put('T1', 'U1', 'C1', ['a', 'b'], at(0));
      await stores.shownLists.put('T1', 'U1', 'C1', ['c'], at(1));
      await stores.shownLists.put('T1', 'U1', 'C2', ['d'], at(1));
      expect(await stores.shownLists.get('T1', 'U1', 'C1')).toEqual(['c']);
      expect(await stores.shownLists.get('T1', 'U2', 'C1')).toBeUndefined();
      expect(await stores.shownLists.get('T2', 'U1', 'C1')).toBeUndefined();
    });

    it('keeps settings, and one row for each run of a job', async () => {
      expect(await stores.memorySettings.get('T1', 'U1')).toEqual({ auto: true, conscious: true });
      await stores.memorySettings.set('T1', 'U1', { auto: false, conscious: true });
      expect(await stores.memorySettings.get('T1', 'U1')).toEqual({ auto: false, conscious: true });
      expect(await stores.memorySettings.get('T1', 'U2')).toEqual({ auto: true, conscious: true });
      const slot = { job: 'tidy', slot: '2026-03-01T00' };
      const leases = await Promise.all(['a', 'b', 'c'].map((owner) => stores.jobs.lease(slot, owner, at(60), at(0))));
      expect(leases.filter(Boolean)).toHaveLength(1);
      const owner = ['a', 'b', 'c'][leases.indexOf(true)] ?? '';
      expect(await stores.jobs.lease(slot, owner, at(90), at(30))).toBe(true);
      await stores.jobs.saveCursor(slot, 'T1/channel:C1');
      expect(await stores.jobs.lease(slot, 'later', at(200), at(89))).toBe(false);
      expect(await stores.jobs.lease(slot, 'later', at(200), at(90))).toBe(true);
      expect(await stores.jobs.cursor(slot)).toBe('T1/channel:C1');
      await stores.jobs.finish(slot, { removed: 3 }, at(100));
      expect(await stores.jobs.lease(slot, 'last', at(400), at(300))).toBe(false);
    });

    it('takes ids, teams and scopes as text only', async () => {
      await stores.memories.put(memory('m1'));
      const anything = { $ne: null } as unknown as string;
      const hostile = [
        () => stores.memories.inScopes(anything, channel, at(1)),
        () => stores.memories.inScopes('', channel, at(1)),
        () => stores.memories.inScopes('T1', [{ type: 'channel', id: anything }], at(1)),
        () => stores.memories.inScopes('T1', [{ type: anything as 'user', id: 'C1' }], at(1)),
        () => stores.memories.forget('T1', channel, [anything], at(1)),
        () => stores.memories.touch('T1', channel, [anything], at(1)),
        () => stores.memories.supersede('T1', channel, anything, at(1)),
        () => stores.memories.put(memory(anything)),
        () => stores.turns.lease(anything, 'me', at(2), at(1)),
        () => stores.turns.finish(anything, 'me', 'done', at(1)),
        () => stores.answers.get('T1', anything),
        () => stores.answers.thread(anything, 5),
        () => stores.audit.verify(anything),
        () => stores.documents('papers').delete(anything),
      ];
      for (const call of hostile) await expect(call()).rejects.toMatchObject({ code: 'invalid_input' });
      expect(await stores.memories.inScopes('T1', channel, at(1))).toHaveLength(1);
    });
  });

  describe('audit log', () => {
    const entry = (n: number, team = 'T1') => ({
      at: at(n),
      team,
      user: 'U1',
      channel: 'C1',
      action: 'question',
      target: `q${n}`,
      result: 'answered',
    });

    it('stays one chain under concurrent writers on two instances', async () => {
      const second = await openStores(open());
      await Promise.all(Array.from({ length: 30 }, (_, n) => [stores, second][n % 2]?.audit.append(entry(n))));
      await stores.audit.append(entry(0, 'T2'));
      expect(await stores.audit.verify('T1')).toEqual({ entries: 30, brokenAt: undefined });
      expect(await stores.audit.verify('T2')).toEqual({ entries: 1, brokenAt: undefined });
      expect(await stores.audit.verify('T3')).toEqual({ entries: 0, brokenAt: undefined });
    });

    it('continues the chain after a restart and locates what was tampered with', async () => {
      for (let n = 1; n <= 3; n++) await stores.audit.append(entry(n));
      await (await openStores(open())).audit.append(entry(4));
      const audit = raw<Stored>('audit');
      await audit.updateOne({ _id: 'T1:3' }, { $set: { result: 'refused' } });
      expect(await stores.audit.verify('T1')).toEqual({ entries: 4, brokenAt: 3 });
      await audit.updateOne({ _id: 'T1:3' }, { $set: { result: 'answered' } });
      expect((await stores.audit.verify('T1')).brokenAt).toBeUndefined();
      await audit.deleteMany({ _id: 'T1:4' });
      expect(await stores.audit.verify('T1')).toEqual({ entries: 3, brokenAt: 4 });
      await audit.deleteMany({ _id: 'T1:2' });
      expect(await stores.audit.verify('T1')).toEqual({ entries: 2, brokenAt: 2 });
    });
  });

  describe('documents', () => {
    it('keeps any JSON under any id, and nothing after it is cleared', async () => {
      const papers = stores.documents('papers');
      const odd = { 'a.b': 1, $set: { x: null }, list: [1, [2]], 中文: '🎉', nested: { __proto__x: true } };
      await papers.put('b', odd);
      await papers.put('a🎉.$x', [1]);
      await papers.put('b', { ...odd, second: true });
      expect(await papers.all()).toEqual([
        { id: 'a🎉.$x', value: [1] },
        { id: 'b', value: { ...odd, second: true } },
      ]);
      await papers.delete('b');
      expect(await papers.all()).toHaveLength(1);
      await papers.clear();
      expect(await papers.all()).toEqual([]);
    });
  });

  describeLedger(() => stores.ledger);
}
