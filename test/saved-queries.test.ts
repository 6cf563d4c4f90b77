import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresSyntax } from '../src/adapters/databases/postgres/syntax.ts';
import { createChronoDates } from '../src/adapters/dates/chrono-dates.ts';
import { mergeVerifiedFile } from '../src/adapters/sources/merge-verified-file.ts';
import { openVerifiedFile, parseVerifiedFile } from '../src/adapters/sources/open-verified-file.ts';
import { checkQuery } from '../src/core/verified/check-query.ts';
import { maskLiterals } from '../src/core/verified/mask-literals.ts';
import { maskPeriod } from '../src/core/verified/mask-period.ts';
import { createVerifiedQueries } from '../src/core/verified/verified-queries.ts';
import { verifiedQuerySchema } from '../src/core/verified/verified-query.ts';
import { catalogueOf, column, table } from './support/catalogue.ts';
import { buttonsOf, startMemori, type TestMemori, textOf } from './support/start-memori.ts';

const asked = 'zorblax parcels over 50 in August 2026';
const sql = `SELECT count(*) AS parcels FROM orders
WHERE ordered_at >= DATE '2026-08-01' AND ordered_at < DATE '2026-09-01' AND order_id > 50`;

describe('saving an answer as verified', () => {
  let memori: TestMemori;
  beforeAll(async () => {
    memori = await startMemori({
      claude: (question) => (question === asked ? { sql, answer: '{parcels} parcels.' } : { sql: 'SELECT 1 AS one' }),
    });
  });
  afterAll(() => memori.stop());
  const entries = async () => (await memori.memori.stores.audit.verify(memori.slack.team.id)).entries;

  it('is for admins; then it answers without a model, for other periods too, in its channel only', async () => {
    const { answer } = await memori.ask(asked, { channel: 'analytics' });
    await memori.press('tom', answer, 'Details');
    expect(buttonsOf(memori.slack.modal('tom') ?? {})).not.toContain('Save as verified');
    await memori.press('maya', answer, 'Details');
    await memori.slack.click({ as: 'maya', view: 'modal', action: 'save_verified' });
    await memori.slack.idle();
    expect(textOf(memori.slack.modal('maya') ?? {})).toContain(asked);
    const before = await entries();
    expect(await memori.slack.submit({ as: 'maya', values: { wordings: ' ' } })).toHaveProperty('errors');
    const told = await memori.told('maya', () =>
      memori.slack.submit({
        as: 'maya',
        values: { wordings: `${asked}\nhow many zorblax parcels over 50 in August 2026` },
      }),
    );
    expect(textOf(told)).toContain('answered as verified from now on');
    expect(await entries()).toBe(before + 1);

    const calls = memori.claude.requests.length;
    const again = await memori.ask('zorblax parcels over 70 in July 2026', { as: 'tom', channel: 'analytics' });
    expect(again.text).toMatch(/Verified by Maya/);
    expect(memori.claude.requests).toHaveLength(calls);
    expect(memori.records.at(-1)?.outcome).toMatchObject({
      source: 'verified',
      verified: { parameters: { period: '2026-07-01/2026-08-01', number: '70' } },
    });
    await memori.ask('zorblax parcels over 70 in July 2026', { as: 'tom' });
    expect(memori.claude.requests).toHaveLength(calls + 1);
  });

  it('is listed, exported as a file that opens, and taken back by admins', async () => {
    expect(textOf(await memori.command('/memori sources verified', 'tom'))).toContain(
      'zorblax parcels over {number} in {period}',
    );
    expect(textOf(await memori.command('/memori sources verified remove 1', 'tom'))).toContain('may not do that');
    await memori.command('/memori sources verified export');
    const of = () => memori.memori.stores.documents('saved_queries').all();
    const file = join(memori.folder, 'saved.verified.yaml');
    const [sent] = memori.slack.messages('dm', 'maya').flatMap(({ files = [] }) => files);
    const maya = memori.slack.people.find(({ name }) => name === 'maya')?.id;
    const exported = await fetch(new URL(`${sent?.url_private_download}?as=${maya}`, memori.memori.url));
    writeFileSync(file, await exported.text());
    const queries = await openVerifiedFile(file);
    expect(queries).toEqual((await of()).map(({ value }) => (value as { readonly query: unknown }).query));
    // Into a file of people's own: with its comments, once, and only under ids that are free.
    const own = `# ours\nqueries:\n  - id: own # the first\n    title: Own one\n    questions: [own one, our own]\n    sql: SELECT 1 AS own\n`;
    const merged = mergeVerifiedFile(own, queries, 'shop.verified.yaml');
    expect(merged.text.startsWith(own.slice(0, 60))).toBe(true);
    expect(merged.added).toEqual(queries);
    expect(parseVerifiedFile(merged.text, 'shop.verified.yaml').slice(1)).toEqual(queries);
    const again = mergeVerifiedFile(merged.text, queries, 'shop.verified.yaml');
    expect(again).toEqual({ text: merged.text, added: [], known: queries });
    const other = queries.map((query) => ({ ...query, sql: 'SELECT 2 AS other' }));
    expect(() => mergeVerifiedFile(merged.text, other, 'shop.verified.yaml')).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
    expect(() => mergeVerifiedFile('queries:\n  - id: A', queries, 'shop.verified.yaml')).toThrow(
      /^shop\.verified\.yaml:2: queries\.0\.id/,
    );
    await memori.command('/memori sources verified remove 1');
    expect(await of()).toEqual([]);
    await memori.ask('zorblax parcels over 70 in July 2026', { as: 'tom', channel: 'analytics' });
    expect(memori.records.at(-1)?.outcome).toMatchObject({ source: 'model' });
  });

  it('is flagged, not dropped, when the schema no longer has its tables', async () => {
    const { team } = memori.slack;
    const query = { id: 'gone', title: 'Gone', questions: ['gone one', 'gone two'], sql: 'SELECT a FROM gone_table' };
    await memori.memori.stores.documents('saved_queries').put('x', { team: team.id, source: 'shop', query });
    expect(textOf(await memori.command('/memori sources show shop customers'))).toMatch(/no longer allows: gone \(/);
    await memori.memori.stores.documents('saved_queries').delete('x');
    expect(textOf(await memori.command('/memori sources show shop customers'))).not.toContain('no longer allows');
  });
});

describe('numbers and values of a saved query', () => {
  const catalogue = catalogueOf([
    table('customers', [
      column('id'),
      column('city', 'text', ['Hamburg', 'Berlin', 'New York', 'Paid']),
      column('country', 'text', ['Germany', 'France']),
    ]),
    table('orders', [column('customer_id'), column('status', 'text', ['paid', 'open', 'cancelled']), column('total')]),
  ]);
  const syntax = createPostgresSyntax();
  const [today, dates] = ['2026-10-31', createChronoDates()];
  const mask = (sql: string, ...questions: readonly string[]) =>
    maskLiterals(
      { questions: [...questions], sql, parameters: {} },
      { catalogue, scan: (text) => syntax.scan(text), reading: { today, dates } },
    );
  const top = `SELECT c.name, sum(o.total) AS revenue FROM customers AS c JOIN orders o ON o.customer_id = c.id
WHERE c.city = 'Hamburg' AND o.status = 'paid' GROUP BY c.name HAVING count(*) > 2 ORDER BY 2 DESC LIMIT 5`;

  it('become parameters, and others are answered in their place', async () => {
    const masked = await mask(top, 'Top 5 customers in Hamburg', 'the five best customers in hamburg');
    expect(masked).toEqual({
      questions: ['top {n} customers in {city}', 'the {n} best customers in {city}'],
      sql: top.replace("'Hamburg'", ':city').replace('LIMIT 5', 'LIMIT :n'),
      parameters: {
        city: { type: 'value', column: 'public.customers.city', synonyms: {} },
        n: { type: 'integer', min: 1, max: 1000 },
      },
    });
    const query = verifiedQuerySchema.parse({ id: 'saved', title: 'Saved', ...masked });
    expect(checkQuery(query)).toEqual([]);
    const verified = createVerifiedQueries({ queries: [query], catalogue, today: () => today, dates });
    const bound = (question: string) => {
      const match = verified.match(question, { locale: 'en' });
      return match.kind === 'match' ? verified.bind(match).values : undefined;
    };
    expect(bound('top 3 customers in Berlin')).toEqual({
      city: { type: 'text', value: 'Berlin' },
      n: { type: 'integer', value: 3 },
    });
    expect(bound('Top 10 customers in New York?')).toMatchObject({ city: { value: 'New York' }, n: { value: 10 } });
    for (const other of [
      'top customers in Hamburg',
      'top 5 customers',
      'top 5 customers in Germany',
      'top 5 customers in Atlantis',
      'top 5 customers in Hamburg and Berlin',
      'top 5 orders in Hamburg',
      'bottom 5 customers in Hamburg',
      'top 5 customers not in Hamburg',
      'top 5 customers in Hamburg over 100',
      'top 5 cancelled customers in Hamburg',
    ])
      expect([other, bound(other)]).toEqual([other, undefined]);
  });

  it('are thresholds, equal ones, several of a column, and whatever the dialect quotes', async () => {
    const sqlOf = async (...given: Parameters<typeof mask>) => (await mask(...given)).sql;
    const grouped = 'SELECT customer_id FROM orders GROUP BY 1 HAVING count(*)';
    expect(await sqlOf(`${grouped} > 20`, 'customers with more than 20 orders')).toBe(`${grouped} > :number`);
    expect(await sqlOf(`${grouped} = 20`, 'customers with 20 orders')).toBe(`${grouped} = :number`);
    expect(
      await mask(
        "SELECT count(*) FROM customers WHERE \"city\" IN ('Hamburg', 'New York')",
        'customers in Hamburg or New York',
      ),
    ).toMatchObject({
      sql: 'SELECT count(*) FROM customers WHERE "city" IN (:city, :city_2)',
      questions: ['customers in {city} or {city_2}'],
    });
  });

  it.each([
    ['a number that stands twice', 'SELECT 1 FROM orders WHERE total > 5 LIMIT 5', 'top 5 orders over 5'],
    ['a number in a name', 'SELECT 1 AS top_5 FROM orders LIMIT 5', 'top 5 orders'],
    ['a number of another unit', 'SELECT 1 FROM orders WHERE total > 100 * 2', 'orders over 100'],
    ['a number that is compared otherwise', 'SELECT 1 FROM orders WHERE total >= 5', 'orders of 5 stars'],
    ['a number that is compared in words only', 'SELECT 1 FROM orders WHERE total = 5', 'orders over 5'],
    ['a year', 'SELECT 1 FROM orders WHERE extract(year FROM d) = 2024', 'orders in 2024'],
    ['a value in a name', "SELECT 1 AS hamburg FROM customers WHERE city = 'Hamburg'", 'customers in Hamburg'],
    ['a value of no column', "SELECT 1 FROM customers WHERE city = 'Bremen'", 'customers in Bremen'],
    ['a value left out', "SELECT 1 FROM customers WHERE city <> 'Hamburg'", 'customers not in Hamburg'],
    ['a part of a text', "SELECT 1 FROM customers WHERE city LIKE 'Hamburg%'", 'customers in Hamburg'],
    [
      'a value tied to another',
      "SELECT 1 FROM customers WHERE city = 'Hamburg' AND country = 'Germany'",
      'customers in Hamburg',
    ],
    [
      'a value of two columns',
      "SELECT 1 FROM customers JOIN orders ON city = 'Paid' AND status = 'Paid'",
      'paid customers',
    ],
    ['what the question does not say', 'SELECT 1 FROM customers LIMIT 100', 'all customers'],
  ])('stay: %s', async (_, sql, question) => {
    expect(await mask(sql, question)).toEqual({ questions: [question], sql, parameters: {} });
  });

  it('are refused where the ways to ask name different ones', async () => {
    const other = mask("SELECT 1 FROM customers WHERE city = 'Hamburg'", 'customers in Hamburg', 'customers in Berlin');
    await expect(other).rejects.toMatchObject({ code: 'invalid_input' });
    const sql = 'SELECT 1 FROM customers LIMIT 7';
    await expect(mask(sql, 'top 7 customers', 'top 8 customers')).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await mask(sql, 'top 7 customers', 'top customers')).toMatchObject({ sql });
  });
});

describe('the period of a saved query', () => {
  const mask = (wording: string, statement: string) =>
    maskPeriod([wording], statement, '2026-10-31', createChronoDates());

  it('becomes a parameter where question and SQL name the same days', () => {
    expect(
      mask('Orders last month', "SELECT 1 WHERE d >= '2026-09-01'::date AND d < TIMESTAMP '2026-10-01 00:00:00'"),
    ).toEqual({
      questions: ['orders {period}'],
      sql: 'SELECT 1 WHERE d >= :period_start::date AND d < :period_end',
      parameters: { period: { type: 'period' } },
    });
  });

  it('stays where the days are fixed in both, and is refused where the words mean other days tomorrow', () => {
    const statement = "SELECT 1 WHERE d BETWEEN '2026-09-01' AND '2026-09-30'";
    expect(mask('Orders in September 2026', statement)).toMatchObject({
      questions: ['Orders in September 2026'],
      sql: statement,
    });
    expect(() => mask('Orders last month', statement)).toThrow('days that change');
  });
});
