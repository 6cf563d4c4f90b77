import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openEmbedded } from '../src/adapters/embedded/open-embedded.ts';
import { openStores } from '../src/adapters/stores/open-stores.ts';
import { detectTaught } from '../src/core/memory/detect.ts';
import type { Taught } from '../src/core/memory/memories.ts';
import { memoryTokens } from '../src/core/memory/memory-tokens.ts';
import { recallTokens } from '../src/core/memory/select.ts';
import { findSensitive } from '../src/core/sensitive/find-sensitive.ts';
import type { Embedder } from '../src/core/vectors/embedder.ts';
import { createInMemoryMemoryStore } from './support/in-memory-memory-store.ts';
import { readJsonLines } from './support/json-lines.ts';
import { ana, ben, channel, dm, memoryWorld, person, sales, wordEmbedder } from './support/memory-world.ts';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/memory/${name}`, import.meta.url), 'utf8');

describe('what a message teaches', () => {
  const { taught, notTaught } = JSON.parse(fixture('phrases.json')) as {
    readonly taught: readonly (Taught & { readonly said: string })[];
    readonly notTaught: readonly string[];
  };

  it.each(taught)('$said', ({ said, ...expected }) => {
    expect(detectTaught(said)).toMatchObject(expected);
  });

  it.each(notTaught)('nothing: %s', (text) => {
    expect(detectTaught(text)).toBeUndefined();
  });

  it('never stumbles over a text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => void detectTaught(text)));
    const long = `remember that ${'by a we mean '.repeat(300)}`;
    expect(detectTaught(long)?.kind).toBeDefined();
  });
});

describe('secrets and personal data', () => {
  type Row = {
    readonly category: 'secret' | 'pii' | 'negative';
    readonly text?: string;
    readonly parts?: string[];
    readonly hard?: boolean;
  };
  const rowsOf = (file: string) => readJsonLines<Row>(new URL(`./fixtures/memory/${file}`, import.meta.url));
  const caughtIn = (rows: readonly Row[], category: Row['category'], hard = false) => {
    const texts = rows
      .filter((row) => row.category === category && (row.hard ?? false) === hard)
      .map(({ text, parts }) => text ?? parts?.join('') ?? '');
    return texts.filter((text) => findSensitive(text) !== undefined).length / texts.length;
  };

  it.each([
    'secrets-and-personal-data.jsonl',
    'more-secrets-and-personal-data.jsonl',
    '../corpora/secrets-and-personal-data.jsonl',
  ])('finds every secret, nearly all personal data, and almost nothing else: %s', (file) => {
    const rows = rowsOf(file);
    expect(caughtIn(rows, 'secret')).toBe(1);
    expect(caughtIn(rows, 'pii')).toBeGreaterThanOrEqual(0.95);
    expect(caughtIn(rows, 'negative')).toBeLessThanOrEqual(0.02);
  });

  it('takes what people ask for no secret: none of the demo’s questions, none of our own set', () => {
    const said =
      [fixture('own.jsonl'), fixture('../demo-questions.jsonl')].join('\n').match(/"(?:[^"\\]|\\.){12,}"/g) ?? [];
    expect(said.length).toBeGreaterThan(500);
    expect(said.filter((text) => findSensitive(text) !== undefined)).toEqual([]);
  });

  it.each([
    'our fiscal year starts on 1 February',
    'revenue in 2021 2022 2023 was audited',
    'the key metric is MRR, the primary key: order_id',
    'passwords are stored hashed and the api key is required',
    'use created_at::date for days',
    'ORD-2024-001234 is the largest order, 1,000,000 is the threshold',
  ])('lets pass: %s', (text) => {
    expect(findSensitive(text)).toBeUndefined();
  });

  it.each(['the password is hunter2', '密码是abc123', '我的身份证是11010519491231002X', '手机 138 1234 5678'])(
    'refuses to be taught: %s',
    async (text) => {
      const { teach, memories } = memoryWorld();
      const error = await teach(`remember that ${text}`, ana, sales).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'secret_refused', next: expect.any(String) });
      expect(JSON.stringify(error)).not.toContain(text);
      expect(await memories.list(ana, sales, [])).toEqual([]);
    },
  );

  it('does not keep a question that holds one', async () => {
    const { ask, memories } = memoryWorld();
    await memories.remember(ask('orders of anna.schmidt@corp.example last month', ana, sales), []);
    expect(await memories.list(ana, sales, [])).toEqual([]);
  });
});

describe('teaching', () => {
  it('keeps what was said in the channel, and a preference with the person', async () => {
    const { teach } = memoryWorld();
    const rule = await teach('always exclude test accounts in shop', ana, sales);
    expect(rule).toMatchObject({ kind: 'rule', namespace: 'schema:shop', scope: { type: 'channel', id: 'CSALES' } });
    expect(rule).toMatchObject({
      conscious: true,
      trust: 'explicit',
      expiresAt: undefined,
      source: { author: 'UANA' },
    });
    const preference = await teach('I prefer weekly charts', ana, sales);
    expect(preference).toMatchObject({ namespace: 'user_prefs', scope: { type: 'user', id: 'UANA' } });
    expect(await teach('fiscal years start in May', ana, dm('UANA'))).toMatchObject({ scope: { type: 'user' } });
  });

  it('knows the same thing said again', async () => {
    const { teach, memories } = memoryWorld();
    const first = await teach('remember that EMEA includes Turkey', ana, sales);
    const again = await teach('Remember:  emea includes TURKEY!', ben, sales);
    expect(again).toMatchObject({ id: first.id, proof: 2 });
    expect(await memories.list(ana, sales, [])).toHaveLength(1);
  });

  it('strips what cannot be seen and refuses what is too long or empty', async () => {
    const { teach } = memoryWorld();
    const memory = await teach('EMEA\u0000 inc\u200bludes\u202e Turkey\n and Egypt', ana, sales);
    expect(memory.text).toBe('EMEA includes Turkey and Egypt');
    await expect(teach('a'.repeat(501), ana, sales)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(teach(' \u200b!? ', ana, sales)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('lets a new definition of a term take the place of the old one, in the same scope only', async () => {
    const { teach, memories, recall, counted } = memoryWorld();
    const old = await teach('by active customer we mean an order in 90 days', ana, sales);
    const other = await teach('active customers means a login this year', ben, channel('COPS'));
    const fresh = await teach('Active customers means an order in 30 days', ben, sales);
    expect(fresh.supersedes).toBe(old.id);
    const listed = (await memories.list(ana, sales, [])).map(({ id }) => id);
    expect(listed).toEqual([fresh.id]);
    expect((await memories.list(ana, channel('COPS'), [])).map(({ id }) => id)).toEqual([other.id]);
    expect((await recall('how many active customers?', ana, sales)).map(({ memory }) => memory.id)).toEqual([fresh.id]);
    expect(counted).toContain('memori_memories_total superseded definition');
    const { deleted } = await memories.forget(fresh.id, ben, sales, []);
    expect(deleted).toBe(2);
  });
});

describe('recall', () => {
  it('puts definitions of terms in the question first, then conscious memories, then what is relevant', async () => {
    const { teach, memories, recall, ask } = memoryWorld();
    await teach('always report amounts in euros', ana, sales);
    await teach('remember that the warehouse moved in May', ana, sales);
    const churn = await teach('churn means no order in 90 days', ana, sales);
    await memories.remember(ask('churn rate by country', ben, sales), []);
    const found = await recall('What was the churn rate in March?', ana, sales);
    expect(found[0]).toMatchObject({ memory: { id: churn.id }, why: { reason: 'defines', term: 'churn' } });
    expect(found.slice(1, 3).map(({ memory }) => memory.kind)).toEqual(['rule', 'fact']);
    expect(found[3]).toMatchObject({
      memory: { kind: 'episode', text: 'churn rate by country' },
      why: { reason: 'words' },
    });
  });

  it('finds Chinese by its characters, without the vectors of an English model', async () => {
    let embeddedHan = 0;
    const english = wordEmbedder();
    const embedder: Embedder = {
      ...english,
      embed: (texts) => {
        embeddedHan += texts.filter((text) => /\p{Script=Han}/u.test(text)).length;
        return english.embed(texts);
      },
    };
    const { teach, memories, recall, ask } = memoryWorld({ embedder });
    const meant = await teach('我们说的活跃客户是指30天内下过单的人', ana, sales);
    await memories.remember(ask('华东地区的退款率', ben, sales), []);
    await memories.remember(ask('各渠道的访问量', ben, sales), []);
    const found = await recall('上个月华东有多少活跃客户', ana, sales);
    expect(found[0]).toMatchObject({
      memory: { id: meant.id, term: '活跃客户' },
      why: { reason: 'defines', term: '活跃客户' },
    });
    expect(found[1]?.memory.text).toBe('华东地区的退款率');
    expect(found.map(({ memory }) => memory.text)).not.toContain('各渠道的访问量');
    expect(embeddedHan).toBe(0);
  });

  it('goes on without vectors, and says so in the log', async () => {
    const broken: Embedder = { ...wordEmbedder(), embed: () => Promise.reject(new Error('gone')) };
    const { teach, recall, logged } = memoryWorld({ embedder: broken });
    const memory = await teach('net revenue excludes refunds', ana, sales);
    expect((await recall('net revenue?', ana, sales))[0]?.memory.id).toBe(memory.id);
    expect(logged).toContain('embedding failed, memories are compared by words alone');
  });

  it('never compares vectors of different models', async () => {
    const store = createInMemoryMemoryStore();
    const before = memoryWorld({ store });
    await before.memories.remember(before.ask('gross margin of all bicycles', ben, sales), []);
    const wide: Embedder = {
      ...wordEmbedder(),
      model: 'other',
      embed: async (t) => t.map(() => new Float32Array(4).fill(0.5)),
    };
    const after = memoryWorld({ store, embedder: wide });
    const found = await after.memories.recall(before.ask('the profit we make', ana, sales), []);
    expect(found).toEqual([]);
  });

  it('prefers the nearest scope when two define a term', async () => {
    const { teach, recall } = memoryWorld();
    await teach('churn means no order in 90 days', ana, channel('COPS'));
    await teach('churn means no order in 60 days', ana, sales);
    const found = await recall('churn in May', ana, sales);
    expect(found.map(({ memory }) => memory.meaning)).toEqual(['no order in 60 days']);
  });

  it('keeps to the budget, with at most ten conscious ones in a stable order', async () => {
    const { teach, recall } = memoryWorld();
    for (let at = 0; at < 30; at += 1) await teach(`remember that region number ${at} reports on its own`, ana, sales);
    for (let at = 0; at < 3; at += 1) await teach(`remember ${`long story ${at} `.repeat(35)}`, ana, sales);
    const first = await recall('region number 7', ana, sales);
    const tokens = first.reduce((sum, { memory }) => sum + memoryTokens(memory.text), 0);
    expect(tokens).toBeLessThanOrEqual(recallTokens);
    expect(first.filter(({ why }) => why.reason === 'taught')).toHaveLength(10);
    expect(first.map(({ memory }) => memory.text)).toContain('region number 7 reports on its own');
    const ids = (found: typeof first) => found.map(({ memory }) => memory.id);
    expect(ids(await recall('region number 7', ana, sales))).toEqual(ids(first));
  });

  it('lets nobody fill the prompts of others with questions', async () => {
    const { memories, ask, recall } = memoryWorld();
    for (let at = 0; at < 9; at += 1) await memories.remember(ask(`revenue of branch ${at} by week`, ben, sales), []);
    expect(await recall('revenue of all branches', ana, sales)).toHaveLength(2);
    expect((await recall('revenue of all branches', ben, sales)).length).toBeGreaterThan(2);
  });
});

describe('remembering questions', () => {
  it('keeps them for thirty days, counts what was used, and never throws', async () => {
    const { memories, ask, teach, tick } = memoryWorld();
    const rule = await teach('always exclude test accounts', ana, sales);
    await memories.remember(ask('revenue by country', ana, sales), [rule.id]);
    const listed = await memories.list(ana, sales, []);
    expect(listed.map(({ kind, hits }) => [kind, hits])).toEqual([
      ['rule', 1],
      ['episode', 0],
    ]);
    tick(30 * 24 * 3600 * 1000);
    expect((await memories.list(ana, sales, [])).map(({ kind }) => kind)).toEqual(['rule']);
    const brief = memoryWorld({ retentionDays: 7 });
    await brief.memories.remember(brief.ask('revenue by country', ana, sales), []);
    brief.tick(7 * 24 * 3600 * 1000);
    expect(await brief.memories.list(ana, sales, [])).toEqual([]);
    const failing = { ...createInMemoryMemoryStore(), put: () => Promise.reject(new Error('disk')) };
    const broken = memoryWorld({ store: failing });
    await broken.memories.remember(broken.ask('revenue by country', ana, sales), []);
    expect(broken.logged).toEqual(['the question could not be remembered']);
  });

  it('leaves out small talk, lessons, clicks, and questions that were forgotten', async () => {
    const { memories, ask } = memoryWorld();
    for (const text of ['hi', 'thanks a lot', '', 'always use net revenue', '👍 🎉'])
      await memories.remember(ask(text, ana, sales), []);
    await memories.remember({ ...ask('revenue by country', ana, sales), origin: 'click' }, []);
    expect(await memories.list(ana, sales, [])).toEqual([]);
    await memories.remember(ask('revenue by country', ana, sales), []);
    await memories.forget('1', ana, sales, []);
    await memories.remember(ask('revenue by country', ana, sales), []);
    expect(await memories.list(ana, sales, [])).toEqual([]);
  });
});

describe('forgetting', () => {
  it('is for good: not listed, not recalled, not learnt again from the old message, taught again only in a new message', async () => {
    const { teach, memories, recall, tick } = memoryWorld();
    const ts = tick();
    const memory = await teach('churn means no order in 90 days', ana, sales, ts);
    expect(await memories.forget('1', ana, sales, [])).toMatchObject({ memories: [{ id: memory.id }], deleted: 1 });
    expect(await memories.list(ana, sales, [])).toEqual([]);
    expect(await recall('churn last month', ana, sales)).toEqual([]);
    await expect(teach('churn means no order in 90 days', ana, sales, ts)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await memories.list(ana, sales, [])).toEqual([]);
    await expect(memories.forget(memory.id, ana, sales, [])).rejects.toMatchObject({ code: 'not_found' });
    await teach('churn means no order in 90 days', ana, sales, tick(5000));
    expect(await memories.list(ana, sales, [])).toHaveLength(1);
  });

  it('goes by the numbers of the list', async () => {
    const { teach, memories } = memoryWorld();
    for (const text of ['one first thing', 'one second thing', 'one third thing']) await teach(text, ana, sales);
    const [, second] = await memories.list(ana, sales, []);
    expect((await memories.forget(' 2 ', ana, sales, [])).memories).toMatchObject([{ id: second?.id }]);
    await expect(memories.forget('3', ana, sales, [])).rejects.toMatchObject({ code: 'not_found' });
    await expect(memories.forget('0', ana, sales, [])).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is for the author and for admins', async () => {
    const { teach, memories } = memoryWorld();
    const memory = await teach('net revenue excludes refunds', ana, sales);
    await expect(memories.forget(memory.id, ben, sales, [])).rejects.toMatchObject({ code: 'not_allowed' });
    await memories.forget(memory.id, person('UADMIN', { admin: true }), sales, []);
    expect(await memories.list(ana, sales, [])).toEqual([]);
  });

  it.each([{ $ne: null }, { $gt: '' }, ['x'], null, undefined, '', ' ', '{"$ne":null}', '../x', '*', 'a'.repeat(200)])(
    'does not let %j near the store',
    async (id) => {
      const reached: string[] = [];
      const store = createInMemoryMemoryStore();
      const { teach, memories } = memoryWorld({
        store: {
          ...store,
          forget: async (...args) => {
            reached.push(...args[2]);
            return store.forget(...args);
          },
        },
      });
      await teach('net revenue excludes refunds', ana, sales);
      await expect(memories.forget(id as string, ana, sales, [])).rejects.toMatchObject({ code: 'invalid_input' });
      expect(reached).toEqual([]);
      expect(await memories.list(ana, sales, [])).toHaveLength(1);
    },
  );
});

describe('over the embedded store', () => {
  it('teaches, supersedes, recalls and forgets, and a dump of the documents holds nothing of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memories-'));
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const opened = await openEmbedded({ folder, logger });
    const { memories: store } = await openStores(opened.db);
    const { memories, teach, recall, ask, tick } = memoryWorld({ store });
    const ts = tick();
    const first = await teach('churn means no order in 90 days', ana, sales, ts);
    const second = await teach('churn means no order in 60 days', ana, sales);
    await memories.remember(ask('churned customers by country', ana, sales), [second.id]);
    const found = await recall('what is our churn?', ana, sales);
    expect(found[0]).toMatchObject({ memory: { id: second.id, hits: 1 }, why: { reason: 'defines', term: 'churn' } });
    const kept = await store.inScopes('T1', [second.scope], new Date());
    expect(kept.find(({ id }) => id === second.id)?.embedding?.vector).toBeInstanceOf(Float32Array);
    await expect(memories.forget({ $ne: null } as unknown as string, ana, sales, [])).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await memories.forget(second.id, ana, sales, [])).toMatchObject({ deleted: 2 });
    for (const old of ['churn means no order in 90 days', 'churn means no order in 60 days'])
      await expect(teach(old, ana, sales, ts)).rejects.toMatchObject({ code: 'invalid_input' });
    // A meaning that comes back leaves no version behind either.
    for (const days of [30, 45, 30, 45]) await teach(`lapsed means no visit in ${days} days`, ana, sales);
    expect((await recall('lapsed', ana, sales)).map(({ memory }) => memory.meaning)).toContain('no visit in 45 days');
    const [lapsed] = (await memories.list(ana, sales, [])).filter(({ term }) => term === 'lapsed');
    await memories.forget(lapsed?.id ?? '', ana, sales, []);
    const documents = await opened.db.collection('memori_memories').find({}).toArray();
    expect(JSON.stringify(documents)).not.toMatch(/no order|no visit/);
    expect(documents).toHaveLength(1);
    expect(first.id).not.toBe(second.id);
    await opened.close();
    rmSync(folder, { recursive: true });
  });
});
