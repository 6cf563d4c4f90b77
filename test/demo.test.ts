import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { copyText, createShop } from '../scripts/demo/shop.ts';
import { readSourceFile } from '../src/adapters/sources/read-source-file.ts';
import { type Parameter, type VerifiedQuery, verifiedFileSchema } from '../src/core/verified/verified-query.ts';
import { readJsonLines } from './support/json-lines.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readLines = (path: string) => readJsonLines(new URL(`../${path}`, import.meta.url));

const source = await readSourceFile(new URL('../demo/source.yaml', import.meta.url).pathname);
const { queries } = verifiedFileSchema.parse(parse(read(`demo/${source.verified}`)));
const ids = new Set(queries.map(({ id }) => id));

let db: PGlite;
beforeAll(async () => {
  const dump = readFileSync(new URL('../demo/shop.tar.gz', import.meta.url));
  db = await PGlite.create({ loadDataDir: new Blob([new Uint8Array(dump)]) });
});
afterAll(() => db.close());

const select = async <T>(sql: string): Promise<T[]> => (await db.query<T>(sql)).rows;

describe('the demo shop', () => {
  it('holds exactly the rows that the generator makes', async () => {
    const copyOf = async (table: string): Promise<string> => {
      const { blob } = await db.query(`COPY ${table} TO '/dev/blob'`);
      return (await blob?.text()) ?? '';
    };
    // Numbers are compared as numbers: the database writes 4.90 where the generator has 4.9.
    const canonical = (text: string): string[] =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.replaceAll(/(?<=^|\t)-?\d+\.\d+(?=\t|$)/g, (digits) => String(Number(digits))))
        .sort();
    for (const [table, rows] of createShop()) {
      const stored = canonical(await copyOf(table));
      const made = canonical(copyText(rows));
      expect({ table, rows: stored.length }).toEqual({ table, rows: made.length });
      expect({ table, differing: stored.filter((line, index) => line !== made[index]).slice(0, 3) }).toEqual({
        table,
        differing: [],
      });
      expect(read('demo/README.md')).toContain(`| \`${table}\` | ${rows.length.toLocaleString('en-GB')} |`);
    }
  });

  it('covers two whole years and nothing after its "today"', async () => {
    const [orders] = await select<Record<string, string>>(
      `SELECT min(ordered_at)::date::text AS first, max(ordered_at)::date::text AS last, count(DISTINCT ordered_at::date) AS days FROM orders`,
    );
    expect(orders).toEqual({ first: '2024-11-01', last: source.today, days: 730 });
    const [later] = await select<{ moments: number }>(`
      SELECT count(*) AS moments FROM (
        SELECT created_at AS moment FROM customers
        UNION ALL SELECT greatest(ordered_at, shipped_at, delivered_at) FROM orders
        UNION ALL SELECT refunded_at FROM refunds
        UNION ALL SELECT greatest(opened_at, first_reply_at, closed_at) FROM tickets
        UNION ALL SELECT day FROM web_sessions
      ) AS everything WHERE moment >= date '${source.today}' + 1`);
    expect(later).toEqual({ moments: 0 });
  });

  it('has a comment on every table, view and column, and keys on every table', async () => {
    expect(
      await select(`
        SELECT c.relname, a.attname FROM pg_class AS c
        LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
          AND (obj_description(c.oid) IS NULL OR col_description(c.oid, a.attnum) IS NULL)`),
    ).toEqual([]);
    const keys = await select<{ table: string; primary: boolean; foreign: number }>(`
      SELECT c.relname AS table, count(*) FILTER (WHERE k.contype = 'p') AS primary, count(*) FILTER (WHERE k.contype = 'f') AS foreign
      FROM pg_class AS c LEFT JOIN pg_constraint AS k ON k.conrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY 1 ORDER BY 1`);
    expect(keys).toEqual([
      { table: 'categories', primary: 1, foreign: 0 },
      { table: 'customers', primary: 1, foreign: 0 },
      { table: 'order_items', primary: 1, foreign: 2 },
      { table: 'orders', primary: 1, foreign: 1 },
      { table: 'products', primary: 1, foreign: 1 },
      { table: 'refunds', primary: 1, foreign: 1 },
      { table: 'tickets', primary: 1, foreign: 2 },
      { table: 'web_sessions', primary: 1, foreign: 0 },
    ]);
  });

  it('has one net revenue, whichever way it is added up', async () => {
    const [totals] = await select<Record<string, string>>(`
      SELECT (SELECT round(sum(net_revenue), 2) FROM sales) AS by_order,
        (SELECT round(sum(net_revenue), 2) FROM sale_lines) AS by_line,
        (SELECT count(*) FROM orders AS o WHERE subtotal <> (SELECT sum(quantity * unit_price) FROM order_items AS i WHERE i.order_id = o.order_id)) AS wrong_subtotals,
        (SELECT count(*) FROM sales WHERE net_revenue < -0.05) AS negative,
        (SELECT count(*) FROM orders WHERE channel = 'web') - (SELECT sum(purchases) FROM web_sessions) AS purchases_without_order`);
    expect(totals?.by_line).toBe(totals?.by_order);
    expect(totals).toMatchObject({ wrong_subtotals: 0, negative: 0, purchases_without_order: 0 });
  });

  it('is dirty in the ways its README tells', async () => {
    const [dirt] = await select<Record<string, number>>(`
      SELECT (SELECT count(*) FROM customers WHERE city IS NULL) AS unknown_cities,
        (SELECT count(*) FROM customers WHERE city <> btrim(city)) AS trailing_blanks,
        (SELECT count(*) - count(DISTINCT lower(email)) FROM customers) AS registered_twice,
        (SELECT count(*) FROM orders WHERE status <> lower(status)) AS other_case,
        (SELECT count(*) FROM order_items WHERE quantity < 0) AS negative_quantities`);
    expect(dirt?.registered_twice).toBe(3);
    for (const [kind, rows] of Object.entries(dirt ?? {}))
      expect({ kind, some: rows > 0 }).toEqual({ kind, some: true });
  });
});

/** A value for each placeholder: the default where there is one, otherwise something that exists. */
async function literalsOf(name: string, parameter: Parameter): Promise<Readonly<Record<string, string>>> {
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return { [name]: String(parameter.default ?? 500) };
    case 'choice':
      return { [name]: `'${parameter.default ?? Object.keys(parameter.choices)[0]}'` };
    case 'value': {
      const [table, column] = parameter.column.split('.');
      const [top] = await select<{ value: string }>(
        `SELECT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
      );
      return { [name]: `'${parameter.default ?? top?.value}'` };
    }
    case 'period':
      return name === 'baseline'
        ? { [`${name}_start`]: "date '2024-11-01'", [`${name}_end`]: "date '2025-11-01'" }
        : { [`${name}_start`]: "date '2025-11-01'", [`${name}_end`]: "date '2026-11-01'" };
  }
}

async function literals(query: VerifiedQuery): Promise<Readonly<Record<string, string>>> {
  const each = Object.entries(query.parameters).map(([name, parameter]) => literalsOf(name, parameter));
  return Object.assign({}, ...(await Promise.all(each)));
}

const namesIn = (text: string): string[] => Array.from(text.matchAll(/\{([a-z_0-9]+)\}/g), ([, name = '']) => name);
const placeholdersIn = (sql: string): string[] =>
  Array.from(sql.matchAll(/(?<!:):([a-z_0-9]+)/g), ([, name = '']) => name);

describe('the verified queries', () => {
  it('have ids, titles and questions of their own', () => {
    expect(ids.size).toBe(queries.length);
    expect(new Set(queries.map(({ title }) => title)).size).toBe(queries.length);
    const questions = queries.flatMap((query) => query.questions.map((question) => question.toLowerCase().trim()));
    expect(questions.filter((question, index) => questions.indexOf(question) !== index)).toEqual([]);
  });

  it.each(queries)('$id is asked in English and Chinese with parameters it knows', (query) => {
    const chinese = query.questions.filter((question) => /\p{Script=Han}/u.test(question));
    expect(chinese.length).toBeGreaterThanOrEqual(2);
    expect(query.questions.length - chinese.length).toBeGreaterThanOrEqual(3);
    expect(query.title_zh).toBeDefined();
    for (const text of [...query.questions, query.title, query.title_zh ?? ''])
      for (const name of namesIn(text)) expect(Object.keys(query.parameters)).toContain(name);
    for (const [name, parameter] of Object.entries(query.parameters))
      if (parameter.default === undefined)
        for (const question of query.questions) expect(namesIn(question)).toContain(name);
  });

  it.each(queries)('$id runs and its sentences find their figures', async (query) => {
    const values = await literals(query);
    expect(new Set(placeholdersIn(query.sql))).toEqual(new Set(Object.keys(values)));
    const result = await db.query<Record<string, unknown>>(
      query.sql.replaceAll(/(?<!:):([a-z_0-9]+)/g, (_, name) => values[name] ?? ''),
    );
    const columns = result.fields.map(({ name }) => name);
    expect(result.rows.length).toBeGreaterThan(0);
    expect(columns.filter((column) => result.rows.every((row) => row[column] === null))).toEqual([]);
    expect(columns.filter((column) => column in query.parameters)).toEqual([]);
    const known = [...columns, ...Object.keys(query.parameters), 'rows'];
    for (const sentence of [query.answer ?? '', query.answer_zh ?? '']) {
      expect(namesIn(sentence).length).toBeGreaterThan(0);
      // `{date at max net_revenue}` names two columns.
      const words = namesIn(sentence).flatMap((name) => name.split(' '));
      for (const word of words.filter((one) => !['at', 'last', 'sum', 'max', 'min'].includes(one)))
        expect(known).toContain(word);
    }
  });
});

describe('the questions for the matcher', () => {
  const gold = z.array(
    z.strictObject({
      question: z.string().min(2),
      id: z.enum([...ids]),
      parameters: z.record(z.string(), z.union([z.string(), z.number(), z.tuple([z.iso.date(), z.iso.date()])])),
    }),
  );
  const nearMiss = z.array(z.strictObject({ question: z.string().min(2), why: z.string().min(3) }));

  it('name queries and parameters that exist, and are not copied from the file', () => {
    const questions = gold.parse(readLines('test/fixtures/demo-questions.jsonl'));
    expect(questions.length).toBeGreaterThanOrEqual(80);
    const written = new Set(queries.flatMap((query) => query.questions.map((question) => question.toLowerCase())));
    for (const { question, id, parameters } of questions) {
      const query = queries.find((candidate) => candidate.id === id);
      for (const name of Object.keys(parameters))
        expect({ question, known: Object.keys(query?.parameters ?? {}) }).toEqual({
          question,
          known: expect.arrayContaining([name]),
        });
      expect([...written]).not.toContain(question.toLowerCase());
    }
  });

  it('have near misses that are no answerable question', () => {
    const misses = nearMiss.parse(readLines('test/fixtures/demo-near-misses.jsonl')).map(({ question }) => question);
    const answerable = new Set(
      gold.parse(readLines('test/fixtures/demo-questions.jsonl')).map(({ question }) => question),
    );
    expect(misses.length).toBeGreaterThanOrEqual(160);
    expect(misses.filter((question) => answerable.has(question))).toEqual([]);
  });
});
