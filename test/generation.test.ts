import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConfig } from '../src/config.ts';
import { mayRunAnyway } from '../src/core/answers/held-back.ts';
import type { Draft } from '../src/core/answers/prompt/draft.ts';
import { writeSql } from '../src/core/answers/prompt/write-sql.ts';
import { failureOf } from '../src/core/answers/repair.ts';
import type { Source } from '../src/core/answers/source.ts';
import { MemoriError } from '../src/core/base/errors.ts';
import type { Person } from '../src/core/base/namespace.ts';
import type { Question } from '../src/core/base/question.ts';
import type { LanguageModel, ModelRequest } from '../src/core/model/model.ts';
import { type RouteSignals, routeModel, tiers } from '../src/core/model/route-model.ts';
import { createResultCache } from '../src/core/sql/result-cache.ts';
import { visibleCatalogue } from '../src/core/sql/visible-catalogue.ts';
import { textsFor } from '../src/core/texts/texts-for.ts';
import { schemaBlocks } from '../src/slack/blocks/schema-blocks.ts';
import type { CommandCall } from '../src/slack/commands/command.ts';
import { sourcesShow } from '../src/slack/commands/sources-show.ts';
import type { SlackDeps } from '../src/slack/slack-deps.ts';
import { ada } from './support/ada.ts';
import { catalogueOf, column, table } from './support/catalogue.ts';
import { resultRows } from './support/outcomes.ts';
import { buttonsOf, sqlOf, startMemori, type TestMemori, textOf } from './support/start-memori.ts';

const signals: RouteSignals = {
  question: 'which products are discontinued',
  tables: 0,
  joins: 0,
  verifiedLikeness: 0,
  failures: 0,
  thread: undefined,
};

describe('routing', () => {
  it.each<readonly [string, Partial<RouteSignals>, string, string]>([
    ['one table, a few words', { tables: 1 }, 'small', 'lookup'],
    ['the same in Chinese', { tables: 1, question: '哪些商品已经停售' }, 'small', 'lookup'],
    ['a comparison', { tables: 1, question: 'products that sell more than last year' }, 'standard', 'default'],
    ['a comparison in Chinese', { tables: 1, question: '商品销量同比变化' }, 'standard', 'default'],
    ['two tables', { tables: 2 }, 'standard', 'default'],
    ['no table named', {}, 'standard', 'default'],
    ['close to a verified query', { verifiedLikeness: 0.8 }, 'small', 'verified_neighbour'],
    ['one failure', { tables: 1, verifiedLikeness: 0.9, failures: 1 }, 'standard', 'default'],
    ['two failures', { failures: 2 }, 'large', 'two_failures'],
    ['five joins', { joins: 5 }, 'standard', 'default'],
    ['six joins', { joins: 6 }, 'large', 'many_joins'],
    ['a thread that went up', { tables: 1, thread: 'large' }, 'large', 'thread'],
    ['a lookup in a usual thread', { tables: 1, thread: 'standard' }, 'standard', 'thread'],
    ['more than a lookup in a small thread', { thread: 'small' }, 'standard', 'default'],
  ])('%s', (_, change, tier, reason) => {
    expect(routeModel({ ...signals, ...change })).toEqual({ tier, reason });
  });

  it('never goes down within a thread, nor below the large one after two failures', () => {
    const any = fc.record({
      question: fc.string(),
      tables: fc.nat(4),
      joins: fc.nat(9),
      verifiedLikeness: fc.double({ min: 0, max: 1, noNaN: true }),
      failures: fc.nat(3),
      thread: fc.constantFrom(undefined, ...tiers),
    });
    fc.assert(
      fc.property(any, (given) => {
        const { tier } = routeModel(given);
        expect(tiers.indexOf(tier)).toBeGreaterThanOrEqual(given.thread ? tiers.indexOf(given.thread) : 0);
        if (given.failures >= 2 || given.joins > 5) expect(tier).toBe('large');
      }),
    );
  });
});

describe('rows that are kept', () => {
  let now = 0;
  const clock = { now: () => new Date(now) };
  const rows = (text: string) => resultRows(['a:text'], [[text]]);

  it('are given back while they are young, with their age', () => {
    const cache = createResultCache({ ttlMs: 1000, maxBytes: 1e6, clock });
    cache.put('k', rows('x'));
    now += 999;
    expect(cache.get('k')).toEqual({ result: rows('x'), ageMs: 999 });
    expect(cache.get('other')).toBeUndefined();
    now += 1;
    expect(cache.get('k')).toBeUndefined();
  });

  it('never take more than they may; what was not used for longest goes first', () => {
    const cache = createResultCache({ ttlMs: 1000, maxBytes: 2500, clock });
    for (const key of ['a', 'b']) cache.put(key, rows('x'.repeat(500)));
    cache.get('a');
    cache.put('c', rows('x'.repeat(500)));
    expect(['a', 'b', 'c'].filter((key) => cache.get(key))).toEqual(['a', 'c']);
    cache.put('big', rows('x'.repeat(5000)));
    expect(cache.get('big')).toBeUndefined();
    for (let index = 0; index < 50; index += 1) cache.put('a', rows('x'.repeat(500)));
    expect(cache.get('c')).toBeDefined();
  });
});

describe('the model of the configuration', () => {
  const model = (env: Record<string, string>) => readConfig(env).model;

  it('is Claude when there are two keys, unless something else is said', () => {
    const both = { ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'b' };
    expect(model(both)).toMatchObject({ kind: 'claude', apiKey: 'a' });
    expect(model({ ...both, MEMORI_MODEL_PROVIDER: 'openai' })).toMatchObject({ kind: 'openai', apiKey: 'b' });
    expect(model({ OPENAI_API_KEY: 'b' })).toMatchObject({ kind: 'openai', baseUrl: 'https://api.openai.com/v1' });
    expect(model({ OPENAI_BASE_URL: 'http://localhost:11434/v1', MEMORI_OPENAI_MODEL: 'qwen' })).toMatchObject({
      kind: 'openai',
      model: 'qwen',
    });
    expect(() => model({ ANTHROPIC_API_KEY: 'a', MEMORI_MODEL_PROVIDER: 'openai' })).toThrow(
      'OPENAI_API_KEY is missing',
    );
  });

  it('is routed only while nobody chose one, or when that is asked for', () => {
    const key = { ANTHROPIC_API_KEY: 'a' };
    expect(model(key)).toMatchObject({ routing: true });
    expect(model({ ...key, MEMORI_CLAUDE_MODEL: 'claude-sonnet-5-5' })).toMatchObject({ routing: false });
    expect(model({ ...key, MEMORI_MODEL_ROUTING: 'false' })).toMatchObject({ routing: false });
    expect(model({ ...key, MEMORI_CLAUDE_MODEL: 'claude-opus-5-5', MEMORI_MODEL_ROUTING: 'true' })).toMatchObject({
      routing: true,
      model: 'claude-opus-5-5',
    });
  });
});

describe('with Claude in three sizes', () => {
  /** Written for the question of the same name; a function sees what is sent. */
  const drafts: Record<string, Partial<Draft> | ((prompt: Prompt) => Partial<Draft>)> = {
    'xyzzy typo': (prompt) =>
      prompt.your_last_sql === undefined
        ? { sql: 'SELECT sum(quantty) AS units FROM order_items' }
        : { sql: 'SELECT sum(quantity) AS units FROM order_items', answer: '{units} units.' },
    'xyzzy units in order items': { sql: 'SELECT sum(quantity) AS units FROM order_items' },
    'xyzzy zero': (prompt) =>
      prompt.your_last_sql === undefined
        ? { sql: 'SELECT 1 / (count(*) - count(*)) AS n FROM orders' }
        : { sql: 'SELECT count(*) AS n FROM orders' },
    'xyzzy hard': (prompt) =>
      prompt.your_last_sql?.includes('second')
        ? { sql: 'SELECT 3 AS three', answer: 'It is {three}.' }
        : { sql: prompt.your_last_sql === undefined ? 'SELECT first FROM orders' : 'SELECT second FROM orders' },
    'xyzzy revenue': {
      kind: 'clarify',
      clarifying_question: 'By which date?',
      options: ['by order date', 'by payment date', 'by delivery date', 'by refund date'],
    },
    'xyzzy huge': { sql: 'SELECT count(*) AS n FROM orders AS a, orders AS b, orders AS c', answer: '{n} in all.' },
  };
  type Prompt = {
    readonly question: string;
    readonly your_last_sql?: string;
    readonly what_was_wrong?: Record<string, string>;
    readonly verified_examples?: readonly { readonly question: string; readonly sql: string }[];
    readonly accepted_query_patterns?: readonly unknown[];
    readonly you_asked_back?: readonly { readonly question: string; readonly asked_back: string }[];
  };
  const promptOf = (body: Record<string, unknown>): Prompt =>
    JSON.parse((body.messages as { content: string }[])[0]?.content ?? '{}');
  let memori: TestMemori;

  beforeAll(async () => {
    memori = await startMemori({
      env: { MAX_PLAN_COST: '20000' },
      claude(question, body) {
        const draft = drafts[question] ?? { sql: 'SELECT count(*) AS orders FROM orders', answer: '{orders} orders.' };
        return typeof draft === 'function' ? draft(promptOf(body)) : draft;
      },
    });
  });
  afterAll(() => memori.stop());
  beforeEach(() => {
    memori.claude.requests.length = 0;
  });
  const sent = (index = -1) => memori.claude.requests.at(index)?.body ?? {};
  const models = () => memori.claude.requests.map(({ body }) => body.model);
  const details = async (
    as: string,
    { answer }: { readonly answer: Parameters<typeof buttonsOf>[0] & { channel: string; ts: string } },
  ) => {
    await memori.press(as, answer as never, 'Details');
    const text = textOf(memori.slack.modal(as) ?? {});
    await memori.slack.closeView({ as });
    return text;
  };

  it('a lookup goes to Haiku, at its price; the choice is logged and shown under Details', async () => {
    const small = await memori.ask('which couriers are there: xyzzy suppliers or orders', { as: 'tom' });
    expect(models()).toEqual(['claude-haiku-5-5']);
    expect(await details('tom', small)).toMatch(/claude-haiku-5-5 \(the smaller one: a lookup\)/);
    const record = memori.records.at(-1);
    const usual = await memori.ask('xyzzy whatever', { as: 'tom' });
    expect(models().at(-1)).toBe('claude-sonnet-5-5');
    expect(await details('tom', usual)).toContain('claude-sonnet-5-5 (the usual one)');
    // Nobody asked for facts to be read out of conversations.
    expect(await memori.memori.stores.threads.idle(new Date(Date.now() + 60_000), 5)).toEqual([]);
    const expensive = memori.records.at(-1)?.costMicroUsd ?? 0;
    expect(expensive / (record?.costMicroUsd ?? 1)).toBeCloseTo(20, 0);
    expect(memori.log.filter(({ message }) => message === 'A model was chosen.').map(({ fields }) => fields)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ model: 'claude-haiku-5-5', tier: 'small', reason: 'lookup' }),
        expect.objectContaining({ model: 'claude-sonnet-5-5', tier: 'standard', reason: 'default' }),
      ]),
    );
  });

  it('two failures go to Opus, and the thread stays there', async () => {
    const hard = await memori.ask('xyzzy hard', { channel: 'analytics' });
    expect(hard.answer.text).toBe('It is 3.');
    expect(models()).toEqual(['claude-sonnet-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5']);
    expect(await details('maya', hard)).toMatch(/claude-opus-5-5 \(the larger one: two statements had failed\)/);
    const next = await memori.ask('xyzzy and then', { channel: 'analytics', thread: hard.sent.ts });
    expect(models().at(-1)).toBe('claude-opus-5-5');
    expect(await details('maya', next)).toContain('the one of this thread');
  });

  it('the stable part of the prompt is the same to the byte, whatever is asked; examples come after it', async () => {
    await memori.ask('remember that the lucky number is seventeen', { as: 'siyuan' });
    const asked = [
      'xyzzy one',
      'how much net revenue did xyzzy each salesperson bring weekly',
      'xyzzy 上个月各品类的净收入占比变化',
      'xyzzy typo',
    ];
    for (const question of asked) await memori.ask(question, { as: 'siyuan' });
    const systems = new Set(memori.claude.requests.map(({ body }) => JSON.stringify(body.system)));
    expect(systems.size).toBe(1);
    expect([...systems][0]).toContain('"cache_control"');
    expect([...systems][0]).toContain('net_revenue = SUM(sale_lines.net_revenue)');
    expect([...systems][0]).not.toContain('seventeen');
    const { verified_examples: examples = [] } = promptOf(sent(1));
    expect(examples.map(({ question }) => question)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Net revenue (weekly|by week)/)]),
    );
    expect(examples[0]?.sql).toMatch(/^SELECT[\s\S]+FROM/);
    expect(examples[0]?.sql).not.toMatch(/:\w+_start/);
    expect(promptOf(sent(0)).verified_examples).toBeUndefined();
  });

  it('a repair is told class, nearest names and place, and is said in the answer', async () => {
    const repaired = await memori.ask('xyzzy typo');
    expect(promptOf(sent())).toMatchObject({
      your_last_sql: 'SELECT sum(quantty) AS units FROM order_items',
      what_was_wrong: {
        class: 'unknown_column',
        hint: expect.stringContaining('quantity'),
        at: 'SELECT sum(»quantty«) AS units FROM order_items',
      },
    });
    expect(repaired.answer.text).toMatch(/units\.$/);
    expect(repaired.text).toContain('corrected once');
    expect(await details('maya', repaired)).toContain('once: column quantty → quantity');
    expect(await details('maya', repaired)).toMatch(/order_items( \(.+\))?/);
    expect(await details('maya', await memori.ask('xyzzy units in order items'))).toMatch(/order_items \(.*item.*\)/);

    const zero = await memori.ask('xyzzy zero');
    expect(promptOf(sent()).what_was_wrong).toMatchObject({ class: '22012', message: 'division by zero' });
    expect(await details('maya', zero)).toContain('division by zero');
    expect((await memori.ask('xyzzy fine')).text).not.toContain('corrected');
  });

  it('an answer to a question that was asked back continues it, clicked or typed', async () => {
    const { sent: root, answer } = await memori.ask('xyzzy revenue', { channel: 'analytics' });
    expect(buttonsOf(answer)).toEqual(
      expect.arrayContaining(['by order date', 'by payment date', 'by delivery date', 'by refund date']),
    );
    await memori.press('tom', answer, 'by payment date');
    expect(promptOf(sent())).toMatchObject({
      question: 'by payment date',
      you_asked_back: [{ question: 'xyzzy revenue', asked_back: 'By which date?' }],
    });
    expect((await memori.slack.answer('analytics', root.ts)).text).toMatch(/orders\.$/);
    await memori.ask('xyzzy next', { channel: 'analytics', thread: root.ts });
    expect(promptOf(sent()).you_asked_back).toBeUndefined();

    const typed = await memori.ask('xyzzy revenue', { as: 'tom' });
    await memori.ask('xyzzy the second one', { as: 'tom', channel: typed.sent.channel, thread: typed.sent.ts });
    expect(promptOf(sent()).you_asked_back).toHaveLength(1);
  });

  describe('what the planner expects to be large', () => {
    const audited = async () => (await memori.memori.stores.audit.verify(memori.slack.team.id)).entries;

    it('does not run: the estimate is said, and an admin may run it anyway', async () => {
      const { sent: root, answer, text } = await memori.ask('xyzzy huge', { as: 'tom', channel: 'analytics' });
      expect(text).toMatch(
        /the database expects it to go through about \d+ trillion rows at a cost of \d+ billion, and 100 million rows or a cost of 20 thousand are allowed/,
      );
      expect(text).toContain('workspace admin may run it anyway');
      expect(sqlOf(answer)).toContain('count(*)');
      expect(buttonsOf(answer)).toContain('Run anyway');
      const before = await audited();
      const told = await memori.told('tom', () => memori.press('tom', answer, 'Run anyway'));
      expect(told.text).toBe('You may not do that here.');
      expect(memori.slack.replies('analytics', root.ts)).toHaveLength(1);
      expect(await audited()).toBe(before + 1);
    });

    it('runs for the person who asked in a direct message, and the cap is back for the next', async () => {
      const sql = (rows: number): string => `SELECT count(*) AS counted FROM generate_series(1, ${rows}) AS g`;
      const { answer, sent: root } = await memori.ask(sql(2_000_000), { as: 'tom' });
      expect(buttonsOf(answer)).toContain('Run anyway');
      await memori.press('tom', answer, 'Run anyway');
      const ran = await memori.slack.answer(root.channel, root.ts);
      expect(textOf(ran)).toContain('Tom Reyes ran this anyway');
      expect(ran.text).toContain('counted: 2,000,000');
      expect(buttonsOf((await memori.ask(sql(2_000_001), { as: 'tom' })).answer)).toContain('Run anyway');
      expect((await memori.ask('SELECT count(*) AS n FROM orders', { as: 'tom' })).text).not.toContain('Run anyway');
      expect(
        (await memori.ask('EXPLAIN SELECT count(*) FROM orders a, orders b, orders c', { as: 'tom' })).text,
      ).not.toContain('Run anyway');
    });

    it('an admin anywhere, the person who asked in their own direct message, nobody from elsewhere', () => {
      const dm = { person: ada, place: { kind: 'dm', channel: 'D1', isPrivate: true, thread: '1' } } as const;
      const channel = { person: ada, place: { ...dm.place, kind: 'channel' } } as const;
      const others: readonly (readonly [Partial<Person>, boolean, boolean])[] = [
        [{}, true, false],
        [{ user: 'U2' }, false, false],
        [{ user: 'U2', admin: true }, true, true],
        [{ admin: true, external: true }, false, false],
        [{ admin: true, team: 'T2' }, false, false],
      ];
      for (const [change, direct, shared] of others)
        expect([mayRunAnyway({ ...ada, ...change }, dm), mayRunAnyway({ ...ada, ...change }, channel)]).toEqual([
          direct,
          shared,
        ]);
    });
  });

  describe('rows', () => {
    it('are kept for the person who asked, and said to be; Run again reads the database', async () => {
      const sql = 'SELECT count(*) AS kept FROM orders';
      const first = await memori.ask(sql, { as: 'tom' });
      expect(first.text).not.toContain('from cache');
      const second = await memori.ask(sql, { as: 'tom' });
      expect(second.text).toMatch(/from cache, \d+ s old/);
      expect(second.answer.text).toBe(first.answer.text);
      // Never from one person to another.
      expect((await memori.ask(sql, { as: 'maya' })).text).not.toContain('from cache');
      await memori.press('tom', second.answer, 'Run again');
      expect(textOf(await memori.slack.answer(second.sent.channel, second.sent.ts))).not.toContain('from cache');
    });

    it.each([
      'SELECT now() AS at',
      'SELECT random() AS r',
      'SELECT current_date AS d FROM orders LIMIT 1',
      "SELECT 'now'::timestamptz AS at FROM orders LIMIT 1",
      "SELECT age(TIMESTAMP '2026-01-01') AS a",
      'SHOW server_version;',
    ])('that change by themselves are not: %s', async (sql) => {
      await memori.ask(`${sql}`, { as: 'tom' });
      const again = await memori.ask(`${sql}`, { as: 'tom' });
      expect(again.text).toContain('SQL written by a person');
      expect(again.text).not.toContain('from cache');
    });
  });

  describe('/memori sources', () => {
    const last = async (text: string, as = 'maya') => {
      const first = await memori.command(text, as);
      await memori.slack.idle();
      return memori.slack.ephemerals(as, first.ts).at(-1) ?? first;
    };

    it('shows tables, columns and comments, but not what is hidden', async () => {
      const all = textOf(await last('/memori sources show shop'));
      expect(all).toMatch(/order_items[\s\S]*quantity/);
      const one = textOf(await last('/memori sources show shop customers', 'tom'));
      expect(one).toMatch(/customers/);
      expect(one).not.toContain('order_items');
      expect(textOf(await last('/memori sources show nope'))).toMatch(/There is: shop/);
      expect(textOf(await last('/memori sources'))).toContain('10 tables');
    });

    it('rereads the schema for admins, says how far it is, and is audited', async () => {
      const count = async () => (await memori.memori.stores.audit.verify(memori.slack.team.id)).entries;
      const before = await count();
      const first = await memori.command('/memori sources refresh', 'maya');
      expect(first.text).toContain('Reading the schema of shop');
      const done = await memori.slack.waitFor(() =>
        memori.slack
          .ephemerals('maya', first.ts)
          .find(({ text }) => /10 tables read in .*nothing has changed/.test(text)),
      );
      expect(done).toBeDefined();
      expect(textOf(await last('/memori sources refresh shop', 'tom'))).toBe('You may not do that here.');
      expect(await count()).toBe(before + 2);
    });
  });
});

describe('with a model of one’s own behind the OpenAI API', () => {
  let memori: TestMemori;
  beforeAll(async () => {
    memori = await startMemori({
      env: {
        MEMORI_OPENAI_MODEL: 'qwen3-coder:30b',
        MEMORI_COST_PER_1K_INPUT_TOKENS: '0',
        MEMORI_COST_PER_1K_OUTPUT_TOKENS: '0',
        MEMORI_DAILY_COST_LIMIT_USD: '0',
      },
      openai: () => ({ sql: 'SELECT count(*) AS orders FROM orders', answer: 'There are {orders} orders.' }),
    });
    memori.openai.lacks.add('json_schema').add('reasoning_effort').add('counting');
  });
  afterAll(() => memori.stop());

  it('questions are answered for nothing, also under a budget of nothing; tokens are counted', async () => {
    const { answer, text } = await memori.ask('xyzzy count');
    expect(answer.text).toMatch(/^There are [\d,]+ orders\.$/);
    expect(text).toContain('$0.00');
    expect(memori.openai.requests[0]?.body).toMatchObject({ model: 'qwen3-coder:30b' });
    expect(textOf(await memori.command('/memori budget'))).toMatch(/spent [1-9]/);
    expect(textOf(await memori.command('/memori status'))).toContain('qwen3-coder:30b, 127.0.0.1');
  });

  it('a model without a price is refused at the start, with the way to declare it free', async () => {
    await expect(
      startMemori({ env: { MEMORI_OPENAI_MODEL: 'qwen3-coder:30b' }, openai: () => ({}) }),
    ).rejects.toMatchObject({
      code: 'model_misconfigured',
      next: expect.stringContaining('both 0'),
    });
  });
});

describe('a source with hidden columns', () => {
  const named = (name: string) => ({ ...column(name), comment: `the ${name}` });
  const staff = table('staff', ['name', 'salary'].map(named), { comment: 'Who works here' });
  const catalogue = catalogueOf([staff]);
  const source = {
    name: 'people',
    description: 'Staff',
    today: () => '2026-11-01',
    database: { dialect: 'postgres' },
    policy: { hiddenColumns: ['public.staff.salary'], approvedFunctions: [] },
    queries: [],
    draft: { isConfirmed: async () => true },
    catalogue: async () => catalogue,
  } as unknown as Source;

  it('shows them to nobody: not in the list, not to the model', async () => {
    const deps = { data: { sources: () => [source], saved: { of: async () => [] } } } as unknown as SlackDeps;
    const texts = textsFor('en');
    const call = { argument: '', deps, texts, person: { team: 'T' }, place: { channel: 'C' } };
    const shown = await sourcesShow.run(call as CommandCall);
    expect(JSON.stringify(shown)).toContain('the name');
    expect(JSON.stringify(shown)).not.toContain('salary');

    let prompt = '';
    let prefix = '';
    const model = {
      generate: async (request: ModelRequest<Draft>) => {
        prompt = JSON.stringify(request);
        prefix = request.system.map(({ text }) => text).join('\n');
      },
    } as unknown as LanguageModel;
    const writing = { ...modelWriting, source: { ...source, note: 'Interns are not staff.' } };
    await writeSql(
      model,
      writing,
      { route: undefined, effort: 'low', failure: undefined, attempt: 0 },
      new AbortController().signal,
    );
    expect(prompt).toContain('the name');
    expect(prompt).not.toContain('salary');
    expect(prefix).toMatch(/What its owners say of it:\nInterns are not staff\.[\s\S]*the name/);
  });

  it('offers where else a column is, but never a hidden one', async () => {
    const visit = table('visits', ['day', 'net_unit_price'].map(named));
    const both = visibleCatalogue({ ...catalogue, tables: [staff, visit] }, source.policy);
    const hintFor = (what: string): string | undefined => {
      const details = { reason: 'unknown_column', what };
      return failureOf(new MemoriError('sql_refused', 'unknown', { details }), 'SELECT 1 FROM visits', both).hint;
    };
    expect(hintFor('v.name')).toBe('Perhaps: staff.name.');
    expect(hintFor('visit_day')).toBe('Perhaps: visits.day.');
    expect(hintFor('unitPrice')).toBe('Perhaps: visits.net_unit_price.');
    expect(hintFor('v.salary')).toBeUndefined();
  });

  it('of five hundred tables shows what a message holds, and names the rest', () => {
    const tables = Array.from({ length: 500 }, (_, index) => ({ ...staff, name: `table_${index}`, schema: 'hr' }));
    const blocks = schemaBlocks(source, tables, tables.length, textsFor('en'));
    expect(blocks.length).toBeLessThanOrEqual(50);
    const text = JSON.stringify(blocks);
    expect(text.length).toBeLessThan(13_000);
    expect(text).toContain('hr.table_0');
    expect(text).toMatch(/Also there: table_20, table_21.*and \d+ more/);
  });

  const modelWriting = {
    question: { id: 'q', text: 'who', person: {}, place: {} } as unknown as Question,
    recalled: [],
    thread: [],
    examples: [],
    clarifications: [],
    unread: { status: 'unread' as const, words: [], names: [] },
    meaning: undefined,
  };
});
