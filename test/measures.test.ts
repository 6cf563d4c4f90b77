import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLogger } from 'winston';
import { openPglite } from '../src/adapters/databases/pglite/database.ts';
import { createPostgresSyntax } from '../src/adapters/databases/postgres/syntax.ts';
import { createChronoDates } from '../src/adapters/dates/chrono-dates.ts';
import { openSemanticFile, parseSemanticFile, semanticFileText } from '../src/adapters/sources/open-semantic-file.ts';
import { openMeasures } from '../src/core/answers/open-measures.ts';
import { isMemoriError } from '../src/core/base/errors.ts';
import type { Cell } from '../src/core/data/database.ts';
import { createMeasures, type MeasuredAnswer, type Measures } from '../src/core/measures/create-measures.ts';
import { draftModel } from '../src/core/measures/model/draft-model.ts';
import type { OssieModel } from '../src/core/measures/model/ossie.ts';
import { resolveModel } from '../src/core/measures/model/resolve-model.ts';
import { checkSql } from '../src/core/sql/postgres/check-sql.ts';
import { textsFor } from '../src/core/texts/texts-for.ts';
import { chipBlocks } from '../src/slack/blocks/chip-blocks.ts';
import { library } from './fixtures/measures/library.ts';
import { catalogueOf, column, reference, table } from './support/catalogue.ts';
import { readJsonLines } from './support/json-lines.ts';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const today = '2026-10-31';
const dates = createChronoDates();
const policy = { hiddenColumns: [], approvedFunctions: [] };
const signal = new AbortController().signal;

type Question = { readonly kind: string; readonly question: string; readonly sql: string | null };
const questions = readJsonLines<Question>(path('test/fixtures/measures/demo-questions.jsonl'));

const database = await openPglite({
  name: 'shop',
  dump: path('demo/shop.tar.gz'),
  timeoutMs: 30_000,
  logger: createLogger({ silent: true }),
});
afterAll(() => database.close());
const catalogue = await database.catalogue(signal);
const syntax = createPostgresSyntax();
const shopModel = (await openSemanticFile(path('demo/shop.semantic.yaml'))).semantic_model[0] as OssieModel;
const data = {
  name: 'shop',
  description: '',
  database,
  syntax,
  catalogue: async () => catalogue,
  today: () => today,
};
const shop = await openMeasures({ model: shopModel, catalogue, data, policy, dates }, signal);

const localeOf = (question: string): 'en' | 'zh' => (/\p{Script=Han}/u.test(question) ? 'zh' : 'en');
const ask = (question: string, previous?: MeasuredAnswer) =>
  shop.ask(question, { locale: localeOf(question), previous: previous?.reading });
function answered(question: string, previous?: MeasuredAnswer, measures: Measures = shop): MeasuredAnswer {
  const reply = measures.ask(question, { locale: localeOf(question), previous: previous?.reading });
  if (reply.kind !== 'answer') throw new Error(`"${question}": ${JSON.stringify(reply)}`);
  return reply;
}
async function rowsOf(sql: string): Promise<readonly (readonly Cell[])[]> {
  const checked = await checkSql(sql, { catalogue, policy, maxRows: 5000, syntax });
  const limits = { maxRows: 5000, maxBytes: 20_000_000, maxCellLength: 1000, timeoutMs: 30_000 };
  return (await database.query(checked, limits, signal)).rows;
}
const answers = questions.flatMap(({ question, sql }) => {
  const reply = sql === null ? undefined : ask(question);
  return reply?.kind === 'answer' ? [{ question, gold: sql ?? '', reply }] : [];
});

describe('the semantic model', () => {
  const smallest = (changes = ''): string =>
    [
      'version: 0.2.0.dev0',
      'semantic_model:',
      '  - name: small',
      '    datasets:',
      '      - name: sales',
      '        source: public.sales',
      '        fields:',
      '          - name: amount',
      '            expression: { dialects: [{ dialect: ANSI_SQL, expression: amount }] }',
      changes,
    ].join('\n');
  const failure = (text: string): string => {
    try {
      parseSemanticFile(text, 'shop.yaml');
    } catch (error) {
      if (isMemoriError(error, 'config_invalid')) return error.message;
      throw error;
    }
    return '';
  };

  it.each([
    ['a misspelt key', smallest('            synonym: [money]'), 'shop.yaml:10: ', 'correct the spelling'],
    ['another version', smallest().replace('0.2.0.dev0', '9'), 'shop.yaml:1: ', 'write 0.2.0.dev0'],
    [
      'a metric over nothing',
      smallest(
        '    metrics:\n      - name: total\n        expression: { dialects: [{ dialect: ANSI_SQL, expression: SUM(sales.money) }] }',
      ),
      'shop.yaml:12: ',
      'no field "money"; one of amount',
    ],
    [
      'a metric that aggregates nothing',
      smallest(
        '    metrics:\n      - name: total\n        expression: { dialects: [{ dialect: ANSI_SQL, expression: sales.amount }] }',
      ),
      'shop.yaml:12: ',
      'write e.g. SUM(orders.amount)',
    ],
    [
      'a join to nowhere',
      smallest('    relationships:\n      - { name: x, from: sales, to: shops, from_columns: [a], to_columns: [b] }'),
      'shop.yaml:11: ',
      'no dataset "shops"; one of sales',
    ],
    [
      'an extension of ours with a typo',
      smallest(`            custom_extensions: [{ vendor_name: MEMORI, data: '{"hiden": true}' }]`),
      'shop.yaml:10: ',
      'hiden',
    ],
    [
      'a note that is too long',
      smallest().replace('    datasets:', `    ai_context: ${'中'.repeat(1400)}\n    datasets:`),
      'shop.yaml:4: ',
      'shorten',
    ],
    ['no SQL', smallest().replace('ANSI_SQL', 'MDX'), 'shop.yaml:9: ', 'ANSI_SQL'],
    ['no YAML', 'version: [', 'shop.yaml:1: ', 'not YAML'],
    ['an alias of nothing', smallest('            synonyms: *words'), 'shop.yaml:10: ', 'define the anchor first'],
  ])('names line and fix: %s', (_, text, line, fix) => {
    expect(failure(text)).toContain(line);
    expect(failure(text)).toContain(fix);
  });

  it('keeps what other vendors wrote through a round trip', () => {
    const text = smallest(`            custom_extensions: [{ vendor_name: ELSEWHERE, data: '{"colour": "red"}' }]`);
    const document = parseSemanticFile(text, 'a.yaml');
    expect(parseSemanticFile(semanticFileText(document), 'b.yaml')).toEqual(document);
    expect(semanticFileText(document)).toContain('ELSEWHERE');
  });

  it('is taken as converters write it: in their dialect, with names in capitals, and a bare no of YAML 1.1', () => {
    const text = smallest().replace('ANSI_SQL', 'SNOWFLAKE').replace('public.sales', 'WAREHOUSE.PUBLIC.ORDERS');
    const [model] = parseSemanticFile(text.replaceAll('amount', 'subtotal'), 'converted.yaml').semantic_model;
    expect(resolveModel(model as OssieModel, catalogue).problems).toEqual([]);
    expect(semanticFileText({ version: '0.2.0.dev0', semantic_model: [{ name: 'no', datasets: [] }] })).toContain(
      '"no"',
    );
  });

  it('fits the demo database', () => {
    expect(resolveModel(shopModel, catalogue).problems).toEqual([]);
  });

  const undeclared = catalogueOf([
    table('tbl_doctors', [
      column('doctor_id', 'integer'),
      column('full_name', 'text', ['Ada', 'Bo']),
      column('city', 'text', ['Oslo']),
    ]),
    table('visit_data', [column('visit_id', 'integer'), column('doctor_id', 'integer'), column('charge', 'number')]),
  ]);

  it('is drafted from a catalogue that declares neither keys nor joins', () => {
    const draft = draftModel(undeclared);
    expect(parseSemanticFile(semanticFileText(draft), 'draft.yaml')).toEqual(draft);
    const [model] = draft.semantic_model;
    expect(model?.datasets.map(({ primary_key }) => primary_key)).toEqual([['doctor_id'], ['visit_id']]);
    expect(model?.relationships).toMatchObject([
      { from: 'visit_data', to: 'tbl_doctors', from_columns: ['doctor_id'] },
    ]);
    expect(model?.metrics?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['doctors_count', 'visit_count', 'total_visit_charge', 'average_visit_charge']),
    );
    expect(model?.metrics?.some(({ name }) => name.includes('id'))).toBe(false);
    const measures = createMeasures({ model: model as OssieModel, catalogue: undeclared, today: () => today, dates });
    expect(answered('average charge of visits for doctors in Oslo by doctor', undefined, measures).sql).toContain(
      "city = 'Oslo'",
    );
    expect(answered('How many visits per doctor?', undefined, measures).sql).toContain(
      'GROUP BY tbl_doctors.full_name',
    );
  });
});

describe('a drafted model', () => {
  const [model] = draftModel(library).semantic_model;
  const drafted = createMeasures({ model: model as OssieModel, catalogue: library, today: () => today, dates });
  const sqlOf = (question: string): string => answered(question, undefined, drafted).sql.replace(/\s+/g, ' ');

  it.each([
    ['numbers kept as text', 'average age of the writers', /avg\(CAST\(tbl_writers\.age AS NUMERIC\)\)/i],
    ['the highest of all', 'What is the age of the oldest writer?', /^SELECT max\(CAST/],
    ['units of a name', 'writers with the highest net worth', /net_worth_millions DESC/],
    ['adjectives of places', 'How many French writers are there?', /country = 'France'/],
    ['flags', 'How many translated books are there?', /is_translated = 'T'/],
    ['a comparison around its field', 'Which books have a larger number of pages than 300?', /pages > 300/],
    [
      'rows for each of two values',
      'Which writers have both crime and poetry books?',
      /EXISTS .*'crime'.* EXISTS .*'poetry'/,
    ],
    [
      'one value but not another',
      'names of writers who have crime books but no poetry books',
      /'crime'.*NOT EXISTS .*'poetry'/,
    ],
    [
      'the highest of another kind',
      'How many loans are there in the branch with the highest capacity?',
      /capacity = \(SELECT max/,
    ],
    [
      'years that meet',
      'How many books were released in 2014 or 2015?',
      /release_year >= 2014 AND .*release_year < 2016/,
    ],
    ['a year and all after it', 'How many books were released in 2014 or after?', /release_year >= 2014$/],
    ['rows that share a name', 'names of the writers and the number of books', /GROUP BY .*full_name, .*writer_id/],
    [
      'a measure behind its condition',
      'writers with at least 2 books, and how many loans',
      /HAVING count.*>= 2|WHERE/i,
    ],
    [
      'the owner of two joins',
      'How many friends does each writer have?',
      /friends\.writer_id = tbl_writers\.writer_id/,
    ],
    ['one against another', 'crime vs poetry loans', /IN \('crime', 'poetry'\).* GROUP BY books\.genre/],
    ['what was done', 'writers that sold more than 2 books', /HAVING count\(.*\) > 2/i],
    ['columns called otherwise', 'How many books are there per nation?', /GROUP BY tbl_writers\.country/],
  ])('reads %s', (_, question, sql) => expect(sqlOf(question)).toMatch(sql));

  it.each([
    'How many translated books are there?',
    'Which writers have both crime and poetry books?',
    'names of writers who have crime books but no poetry books',
    'How many loans are there in the branch with the highest capacity?',
    'crime vs poetry loans',
  ])('explains in words that read the same way: %s', (question) => {
    const { explanation } = answered(question, undefined, drafted);
    expect(sqlOf(explanation)).toBe(sqlOf(question));
  });

  it.each([
    ['an average of keys', 'average writer id'],
    ['a place without rows', 'How many Danish writers are there?'],
    ['a flag that is none', 'How many printed books are there?'],
    ['a number of words', 'Which books have a larger title than 300?'],
    ['two values of one row', 'Which writers are from both France and Norway?'],
    ['the highest of a text', 'How many loans are there in the branch with the highest city?'],
    ['years apart', 'How many books were released in 2014 or 2018?'],
    ['a function that is a column', 'maximum pages and the oldest'],
    ['the first of each', 'best writer by loans in each genre'],
    ['one thing against another', 'Oslo vs Harbour loans'],
    ['a place of making', 'How many books were designed in Oslo?'],
    ['a time of its own', 'Which writers joined last year?'],
    ['who or where without a noun', 'Where is the oldest writer?'],
  ])('refuses %s', (_, question) => expect(drafted.ask(question, { locale: 'en' }).kind).not.toBe('answer'));
});

describe('the questions of the demo', () => {
  it('are answered for the most part, and those that the model has no words for are not', () => {
    const answerable = questions.filter(({ sql }) => sql !== null);
    expect(answers.length / answerable.length).toBeGreaterThan(0.95);
    const wrong = questions.filter(({ question, sql }) => sql === null && ask(question).kind === 'answer');
    expect(wrong).toEqual([]);
  });

  it('give the rows of their gold SQL', async () => {
    const numbers = (rows: readonly (readonly Cell[])[]): readonly number[] =>
      rows
        .flatMap((row) => row.filter((cell) => typeof cell === 'number' || /^-?\d+(?:\.\d+)?$/.test(String(cell))))
        .map((cell) => Math.round(Number(cell)))
        .sort((a, b) => a - b);
    for (const { question, gold, reply } of answers.filter((_, i) => i % 9 === 0)) {
      const [wanted, given] = [numbers(await rowsOf(gold)), numbers(await rowsOf(reply.sql))];
      const missing = wanted.filter((one) => !given.some((other) => Math.abs(other - one) <= 1));
      expect({ question, missing }).toEqual({ question, missing: [] });
    }
  });

  it('are explained in words that read the same way', () => {
    const changed = answers.filter(({ reply }) => {
      const again = ask(reply.explanation);
      return again.kind !== 'answer' || again.sql !== reply.sql;
    });
    expect(changed.map(({ question, reply }) => `${question} → ${reply.explanation}`)).toEqual([]);
  });

  it('are not answered once a word in them means nothing', () => {
    const latin = answers.filter(({ question }) => localeOf(question) === 'en');
    fc.assert(
      fc.property(
        fc.nat(latin.length - 1),
        fc.nat(30),
        fc.constantFrom('zorblatt', 'quuxish', 'refurbished'),
        (at, place, word) => {
          const words = (latin[at]?.question ?? '').split(' ');
          words.splice(place % (words.length + 1), 0, word);
          expect(ask(words.join(' ')).kind).not.toBe('answer');
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('composed SQL', () => {
  it('aggregates each metric before joining, so that no row is counted twice', async () => {
    const both = await rowsOf(answered('orders and tickets by country').sql);
    const [orders, tickets] = [
      await rowsOf(answered('orders by country').sql),
      await rowsOf(answered('tickets by country').sql),
    ];
    const sorted = (rows: readonly (readonly Cell[])[], at: number): readonly unknown[] =>
      rows.map((row) => [row[0], row[at]]).sort();
    expect(sorted(both, 1)).toEqual(sorted(orders, 1));
    expect(sorted(both, 2)).toEqual(sorted(tickets, 1));
  });

  it('fills a series without gaps, up to today', async () => {
    const days = await rowsOf(answered('recall tickets by day in October 2026').sql);
    expect(days.length).toBe(31);
    expect(days.some(([, count]) => count === 0)).toBe(true);
    const months = await rowsOf(answered('orders by month this year').sql);
    expect(months.length).toBe(10);
  });

  it('shows what ties with the last of the first', () => {
    expect(answered('top 3 countries by orders').sql).toMatch(/FETCH FIRST 3 ROWS WITH TIES/);
  });

  it('gives shares that add up to the whole', async () => {
    const rows = await rowsOf(answered('share of customers by segment').sql);
    expect(Math.round(rows.reduce((sum, row) => sum + Number(row[2]), 0))).toBe(100);
  });

  it('takes a value from the question as data', async () => {
    expect(answered(`products with name containing "x' OR 1=1 --"`).sql).toContain("x'' OR 1=1 --");
  });
});

describe('a conversation', () => {
  it.each([
    ['net revenue by country', 'by month', /date_trunc\('month'/, /GROUP BY customers\.country/],
    ['net revenue by country', 'only Berlin', /= 'Berlin'/, undefined],
    ['net revenue by category in 2026', 'and last year?', /DATE '2025-01-01'/, /DATE '2026-12/],
    ['orders by city', 'top 3', /FETCH FIRST 3 ROWS/, undefined],
    ['net revenue by category', 'as a share', /share_pct/, undefined],
    ['orders in Berlin last month', 'and Hamburg?', /= 'Hamburg'/, /Berlin/],
    ['orders by country', 'and tickets?', /public\.tickets/, /public\.sales/],
    ['各国的净收入', '按月', /date_trunc\('month'/, /GROUP BY customers\.country/],
    [
      'orders by channel this year',
      'only business customers',
      /AS orders[\s\S]*segment = 'business'/,
      /count\([^)]*customer/i,
    ],
    ['今年各渠道的订单数', '只看企业客户', /AS orders[\s\S]*segment = 'business'/, /count\([^)]*customer/i],
    ['tickets last month', 'only urgent ones', /priority = 'urgent'/, undefined],
    ['tickets by topic last month', 'only urgent tickets', /GROUP BY[\s\S]*topic/, undefined],
  ])('%s → %s', (first, next, has, lacks) => {
    const { sql } = answered(next, answered(first));
    expect(sql).toMatch(has);
    if (lacks) expect(sql).not.toMatch(lacks);
  });

  it.each([
    ['Net revenue by country, 2026', 'and the AOV?', 'Average order value by country in 2026'],
    ['Net revenue in Berlin, Q3 2026', 'by month please', 'Net revenue by month for city Berlin in Q3 2026'],
    ['Berlin的净收入，2026年第三季度', '订单数呢', '订单数，城市为Berlin，2026年第三季度'],
  ])('goes on from an answer that says "%s": %s', (said, next, explanation) => {
    const reply = shop.ask(next, { locale: localeOf(next), previous: { said } });
    expect(reply).toMatchObject({ kind: 'answer', explanation });
  });

  it('is not left out when a question goes on from it and cannot', () => {
    for (const previous of [{ said: undefined }, { said: 'Something else' }, answered('net revenue in Berlin').reading])
      expect(shop.ask('and the number of unicorns?', { locale: 'en', previous }).kind).toBe('none');
    expect(shop.ask('and the AOV?', { locale: 'en', previous: { said: undefined } }).kind).toBe('none');
    expect(ask('and the AOV?').kind).toBe('answer');
    expect(ask('and stock?', answered('orders in Berlin last month')).kind).toBe('none');
  });

  it('narrows by what a noun is, never to the noun itself', () => {
    for (const [first, next] of [
      ['tickets last month', 'only urgent customers'],
      ['net revenue by month in 2026', 'only new customers'],
      ['refunds last month', 'only damaged products'],
    ] as const)
      expect(ask(next, answered(first)).kind).toBe('none');
    // "and business customers?": how many they are, or the orders of theirs.
    const either = ask('and business customers?', answered('orders in September 2026'));
    expect(either.kind === 'ask' && either.suggestions.map(({ text }) => text)).toEqual([
      'Orders for segment business in September 2026',
      'New customers for segment business in September 2026',
      'Active customers for segment business in September 2026',
    ]);
  });

  it('does not take a question of its own for a follow-up', () => {
    const before = answered('net revenue by country in 2025');
    expect(answered('tickets by topic', before).sql).toBe(answered('tickets by topic').sql);
    expect(ask('by unicorn', before).kind).toBe('none');
  });

  it('offers chips that can be asked as they stand', () => {
    const chips = answered('net revenue by category in Berlin last quarter').chips();
    expect(chips.map(({ part }) => part)).toEqual(['metric', 'by', 'filter', 'period']);
    for (const { options } of chips) {
      expect(options.length).toBeGreaterThan(0);
      for (const { question } of options) expect(ask(question).kind).toBe('answer');
    }
  });

  it('puts the chips into selects whose options carry ids only', () => {
    const reply = answered('net revenue by category in Berlin last quarter');
    const [row] = chipBlocks({ measured: { reading: reply.reading, chips: reply.chips() } }, 'a1', textsFor('en'));
    const selects = row?.type === 'actions' ? row.elements : [];
    expect(selects.map((element) => element.type)).toEqual(Array(4).fill('static_select'));
    const values = selects.flatMap((one) =>
      one.type === 'static_select' ? (one.options ?? []).map(({ value }) => value) : [],
    );
    expect(values.every((value) => /^a1\|\d\.\d$/.test(value ?? ''))).toBe(true);
    expect(chipBlocks({}, 'a1', textsFor('en'))).toEqual([]);
  });

  it('asks back when two readings fit, and says which words it does not know', () => {
    expect(ask('net revenue by moon phase')).toMatchObject({ kind: 'none', unknownWords: ['moon', 'phase'] });
    expect(ask('only on full moons', answered('orders by city'))).toMatchObject({ unknownWords: ['full', 'moons'] });
  });

  it('uses what the team taught', () => {
    const definitions = [{ id: 'm1', term: 'big fish', meaning: 'business customers' }];
    const reply = shop.ask('how many big fish in Germany', { locale: 'en', definitions });
    expect(reply).toMatchObject({ kind: 'answer', definitions: ['m1'] });
    expect(reply.kind === 'answer' && reply.sql).toContain("segment = 'business'");
  });
});

describe('what words mean', () => {
  const channels = ['web', 'app', 'store', 'phone'];
  const one = async (question: string): Promise<number> => Number((await rowsOf(answered(question).sql))[0]?.[0]);

  it('shows two values side by side as they are apart', async () => {
    for (const [a = '', b = ''] of fc.sample(fc.shuffledSubarray(channels, { minLength: 2, maxLength: 2 }), 4)) {
      const rows = await rowsOf(answered(`${a} orders vs ${b} orders in 2026`).sql);
      const apart = [await one(`${a} orders in 2026`), await one(`${b} orders in 2026`)];
      expect(new Map(rows.map(([name, count]) => [name, Number(count)]))).toEqual(
        new Map([a, b].map((name, i) => [name, apart[i]])),
      );
      expect(await one(`${a} and ${b} orders in 2026`)).toBe(apart.reduce((sum, count) => sum + count, 0));
    }
  });

  it.each([
    ['orders per customer', 'SELECT 1.0 * count(*) / count(DISTINCT customer_id) FROM sales'],
    ['每个客户的平均订单数', 'SELECT 1.0 * count(*) / count(DISTINCT customer_id) FROM sales'],
    ['average discount per order', 'SELECT avg(discount) FROM sales'],
    ['units per order', 'SELECT 1.0 * sum(quantity) / count(DISTINCT order_id) FROM sale_lines'],
    [
      'revenue per active customer',
      'SELECT sum(net_revenue) / (SELECT count(DISTINCT customer_id) FROM sales) FROM sale_lines',
    ],
  ])('divides: %s', async (question, sql) => {
    for (const [said, where] of [
      ['', ''],
      [' in 2026', '2026-01-01'],
    ] as const) {
      const gold =
        where === ''
          ? sql
          : sql.replace(/FROM (sale_lines|sales)\b/g, (from) => `${from} WHERE ordered_at >= '${where}'`);
      expect(await one(`${question}${said}`)).toBeCloseTo(Number((await rowsOf(gold))[0]?.[0]), 1);
    }
  });

  it('passes no verb over that nothing in the model accounts for', () => {
    const verb = fc
      .array(fc.constantFrom(...'bcdfgklmnprtvz'.split('').flatMap((a) => ['a', 'o', 'u'].map((b) => a + b))), {
        minLength: 2,
        maxLength: 3,
      })
      .map((parts) => `${parts.join('')}k`);
    const sentence = fc.constantFrom(
      'orders VERB',
      'customers who VERB in Berlin',
      'how many products are VERB',
      'orders VERB by customers in 2026',
    );
    fc.assert(
      fc.property(verb, fc.constantFrom('ed', 'ing'), sentence, (root, ending, words) => {
        const asked = `${root}${ending}`;
        expect(ask(words.replace('VERB', asked))).toMatchObject({ kind: 'none', unknownWords: [asked] });
      }),
      { numRuns: 60 },
    );
    for (const said of ['orders on hold', 'products taught in Berlin', 'customers participating'])
      expect(ask(said).kind).toBe('none');
  });

  it('reads signs', () => {
    const sign = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(sign, sign, (low, high) => {
        const { reading } = answered(`products with a price between ${low} and ${high}`);
        expect(reading.filters.map((filter) => 'value' in filter && filter.value)).toEqual([low, high]);
      }),
      { numRuns: 30 },
    );
  });

  it('answers no quantifier that it does not know', () => {
    for (const said of [
      'customers who bought all products',
      'orders by all customers',
      'customers with only web orders',
    ])
      expect(ask(said).kind).toBe('none');
  });

  const catalogueOfSchool = catalogueOf([
    table(
      'teacher',
      [
        column('teacher_id', 'integer'),
        column('name', 'text', ['Ann', 'Ann Berg', 'Bo']),
        column('dept_id', 'integer'),
        column('salary', 'number'),
        column('boss_id', 'integer'),
      ],
      {
        primaryKey: ['teacher_id'],
        foreignKeys: [reference('dept_id', 'dept', 'dept_id'), reference('boss_id', 'teacher', 'teacher_id')],
      },
    ),
    table('dept', [column('dept_id', 'integer'), column('dept_name', 'text', ['Physics'])], {
      primaryKey: ['dept_id'],
    }),
    table(
      'course',
      [column('course_id', 'integer'), column('title', 'text', ['Optics', 'Choir']), column('dept_id', 'integer')],
      {
        primaryKey: ['course_id'],
        foreignKeys: [reference('dept_id', 'dept', 'dept_id')],
      },
    ),
    table('teaches', [column('teacher_id', 'integer'), column('course_id', 'integer')], {
      primaryKey: ['teacher_id', 'course_id'],
      foreignKeys: [reference('teacher_id', 'teacher', 'teacher_id'), reference('course_id', 'course', 'course_id')],
    }),
    table('hall', [column('hall_id', 'integer'), column('hall_name', 'text', ['North']), column('floors', 'integer')], {
      primaryKey: ['hall_id'],
    }),
    table(
      'gear',
      [
        column('gear_id', 'integer'),
        column('label', 'text', ['Rope', 'Tent']),
        column('active', 'boolean'),
        column('tags', 'text', ['red,blue', 'blue', 'blue,red', 'red']),
      ],
      { primaryKey: ['gear_id'] },
    ),
  ]);
  const school = createMeasures({
    model: draftModel(catalogueOfSchool).semantic_model[0] as OssieModel,
    catalogue: catalogueOfSchool,
    today: () => today,
    dates,
  });
  const sqlOf = (question: string): string => answered(question, undefined, school).sql.replace(/\s+/g, ' ');

  it.each([
    ['teachers who have taught Optics', /EXISTS \(SELECT 1 FROM public.teaches .*title = 'Optics'\)/],
    ['teachers who teach both Optics and Choir', /EXISTS .*'Optics'.* AND EXISTS .*'Choir'/],
    ['teachers who never taught any course', /NOT EXISTS \(SELECT 1 FROM public.teaches/],
    ['teachers whose name contains "Ann"', /name ILIKE '%Ann%'/],
    ['teachers whose boss is Ann Berg', /boss_id IN \(SELECT teacher.teacher_id .*name = 'Ann Berg'\)/],
    [
      'teachers whose salary is below the average salary of the teachers in Physics',
      /salary < \(SELECT avg\(teacher.salary\) .*dept_name = 'Physics'\)$/,
    ],
    ['how many gear are active', /count\(.*active = true/i],
    ['how many gear have red as tags', /ILIKE 'red' OR .* ILIKE '%,red,%'/],
  ])('%s', (question, sql) => {
    expect(sqlOf(question)).toMatch(sql);
  });

  it.each([
    'name of the highest hall',
    'how many floors',
    'who has Ann Berg as boss',
    'teachers with a course in Physics and not in Physics',
    'teachers who painted Optics',
  ])('has no answer to: %s', (question) => {
    expect(school.ask(question, { locale: 'en' }).kind).toBe('none');
  });
});
