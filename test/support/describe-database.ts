import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CheckedSql, Database, QueryLimits } from '../../src/core/sql/database.ts';

/** A database under test, holding `test/fixtures/guard/contract.sql`. */
export type DatabaseUnderTest = { readonly database: Database; stop(): Promise<void> };

export const limits: QueryLimits = { maxRows: 1000, maxBytes: 1_000_000, maxCellLength: 100, timeoutMs: 20_000 };

const never = new AbortController().signal;

/** SQL the guard has not seen, to try the database's own walls. */
const unguarded = (text: string) => ({ text, dialect: 'postgres', relations: [] }) as unknown as CheckedSql;

/** A statement that would run for hours. */
const endless = unguarded('SELECT count(*) FROM generate_series(1, 1000000000000) AS g');

/** What every PostgreSQL behind the `Database` port does. */
export function describeDatabase(name: string, open: () => Promise<DatabaseUnderTest>, skip = false): void {
  (skip ? describe.skip : describe)(name, () => {
    let database: Database;
    let stop = async () => {};
    beforeAll(async () => {
      const opened = await open();
      database = opened.database;
      stop = opened.stop;
    }, 60_000);
    afterAll(() => stop());

    const query = (sql: string, change: Partial<QueryLimits> = {}) =>
      database.query(unguarded(sql), { ...limits, ...change }, never);

    it('describes tables, views, keys, comments and values, and collapses partitions', async () => {
      const catalogue = await database.catalogue(never);
      expect(catalogue.searchPath).toEqual(['shop', 'public']);
      const byName = new Map(catalogue.tables.map((table) => [table.name, table]));
      expect([...byName.keys()].sort()).toEqual(['big_sales', 'by_country', 'people', 'sales']);
      const people = byName.get('people');
      expect(people).toMatchObject({
        schema: 'shop',
        kind: 'table',
        comment: 'Who buys',
        primaryKey: ['id'],
        rowEstimate: 300,
      });
      expect(people?.columns.map((column) => column.name)).toEqual([
        'id',
        'name',
        'country',
        'mood',
        'mail',
        'Odd "name',
      ]);
      const country = people?.columns.find((column) => column.name === 'country');
      expect(country).toMatchObject({
        dataType: 'text',
        type: 'text',
        nullable: true,
        comment: 'ISO 3166 code',
        valuesComplete: true,
      });
      expect([...(country?.values ?? [])].sort()).toEqual(['DE', 'TR', '中国']);
      // Three hundred different names are not a vocabulary.
      expect(people?.columns.find((column) => column.name === 'name')?.values).toEqual([]);
      expect(people?.columns.find((column) => column.name === 'mail')?.values).toEqual([]);
      const sales = byName.get('sales');
      expect(sales).toMatchObject({ primaryKey: ['id', 'sold'], rowEstimate: 400 });
      expect(sales?.foreignKeys).toEqual([
        { columns: ['person'], toSchema: 'shop', toTable: 'people', toColumns: ['id'] },
      ]);
      expect(sales?.columns.find((column) => column.name === 'amount')).toMatchObject({
        dataType: 'numeric(10,2)',
        type: 'number',
      });
      expect(byName.get('big_sales')?.kind).toBe('view');
      expect(byName.get('by_country')?.kind).toBe('view');
      expect(catalogue.shadowedFunctions).toEqual(['length']);
      expect(catalogue.hash).toMatch(/^[0-9a-f]{64}$/);
      expect((await database.catalogue(never)).hash).toBe(catalogue.hash);
    });

    it('gives cells that are exact and fit for JSON', async () => {
      const cases: readonly (readonly [sql: string, type: string, cell: unknown])[] = [
        ['42::int2', 'integer', 42],
        ['9007199254740991::int8', 'integer', 9007199254740991],
        ['9007199254740993::int8', 'integer', '9007199254740993'],
        ['(-9223372036854775808)::int8', 'integer', '-9223372036854775808'],
        ['12.50::numeric', 'number', 12.5],
        ['0.1::float8', 'number', 0.1],
        ['1e21::float8', 'number', 1e21],
        ['1e400::numeric', 'number', `1${'0'.repeat(98)}…`],
        ['12345678901234567890.123::numeric', 'number', '12345678901234567890.123'],
        ["'NaN'::float8", 'number', 'NaN'],
        ["'-Infinity'::float8", 'number', '-Infinity'],
        ['true', 'boolean', true],
        ["date '1815-06-18'", 'date', '1815-06-18'],
        ["date '0044-03-15 BC'", 'date', '0044-03-15 BC'],
        ["date 'infinity'", 'date', 'infinity'],
        ["timestamp '1899-12-31 23:59:59.5'", 'timestamp', '1899-12-31T23:59:59.5'],
        ["timestamptz '2026-03-01 12:00+00'", 'timestamp', '2026-03-01T12:00:00Z'],
        ["timestamp '12026-03-01 00:00'", 'timestamp', '12026-03-01 00:00:00'],
        ["'\\xdeadbeef'::bytea", 'bytes', '\\xdeadbeef'],
        ['\'{"a": [1, null]}\'::jsonb', 'json', '{"a": [1, null]}'],
        ['array[1, null, 3]', 'text', '{1,NULL,3}'],
        ["interval '1 day 2 hours'", 'text', '1 day 02:00:00'],
        ["'<!channel> =1+1 中国 😀'", 'text', '<!channel> =1+1 中国 😀'],
        ["repeat('x', 5000)", 'text', `${'x'.repeat(99)}…`],
        ["repeat('😀', 60)", 'text', `${'😀'.repeat(49)}…`],
        ["''", 'text', ''],
        ['NULL::int', 'integer', null],
      ];
      const sql = `SELECT ${cases.map(([expression], index) => `${expression} AS c${index}`).join(', ')}`;
      const result = await query(sql);
      expect(result.rows[0]).toEqual(cases.map(([, , cell]) => cell));
      expect(result.columns.map((column) => column.type)).toEqual(cases.map(([, type]) => type));
      expect(JSON.parse(JSON.stringify(result.rows))).toEqual(result.rows);
    });

    it('cuts at the row cap and at the byte cap, and says so', async () => {
      const many = await query('SELECT g FROM generate_series(1, 100000) AS g');
      expect(many).toMatchObject({ rowCount: 1000, truncated: true });
      expect(many.rows.at(-1)).toEqual([1000]);
      expect(await query('SELECT g FROM generate_series(1, 1000) AS g')).toMatchObject({
        rowCount: 1000,
        truncated: false,
      });
      const wide = await query("SELECT repeat('é', 100) FROM generate_series(1, 900)", { maxBytes: 20_000 });
      expect(wide).toMatchObject({ rowCount: 100, truncated: true });
      expect(await query('SELECT 1 WHERE false')).toMatchObject({
        rowCount: 0,
        truncated: false,
        columns: [{ type: 'integer' }],
      });
    });

    it('keeps sixty columns, two of one name, and the order they came in', async () => {
      const names = Array.from({ length: 60 }, (_, index) => `c${index % 59}`);
      const result = await query(`SELECT ${names.map((column, index) => `${index} AS ${column}`).join(', ')}`);
      expect(result.columns.map((column) => column.name)).toEqual(names);
      expect(result.rows[0]).toEqual(names.map((_, index) => index));
    });

    it('runs EXPLAIN and SHOW', async () => {
      expect((await query('EXPLAIN SELECT 1')).rowCount).toBeGreaterThan(0);
      expect((await query('SHOW server_version')).rowCount).toBe(1);
    });

    it('tells what a statement would take, without running it', async () => {
      const plan = async (sql: string) =>
        (await database.plan?.(unguarded(sql), limits, never)) ?? { cost: -1, rows: -1 };
      const huge = await plan(endless.text);
      expect(huge.rows).toBeGreaterThan(1e9);
      expect(huge.cost).toBeGreaterThan(1e6);
      const [sales, pairs, few] = [
        await plan('SELECT * FROM sales'),
        await plan('SELECT count(*) FROM sales AS a, sales AS b'),
        await plan('SELECT * FROM sales AS a, sales AS b LIMIT 5'),
      ];
      expect(sales.rows).toBe(400);
      expect(pairs.rows / 1000).toBeCloseTo(160, 0);
      // A LIMIT stops the join early, but not a sort below it.
      expect(few.rows).toBeLessThan(1000);
      expect((await plan('SELECT a.id + b.id FROM sales AS a, sales AS b ORDER BY 1 LIMIT 5')).rows / 1000).toBeCloseTo(
        160,
        0,
      );
      expect([sales.cost < pairs.cost, few.cost < pairs.cost]).toEqual([true, true]);
      await expect(plan('SELECT nothing FROM sales')).rejects.toMatchObject({ code: 'query_failed' });
      expect((await query('SELECT 1')).rows).toEqual([[1]]);
    });

    it('writes nothing, even past the guard', async () => {
      const attempts = [
        'DELETE FROM shop.sales',
        'CREATE TABLE shop.t AS SELECT 1',
        'SELECT 1; DELETE FROM shop.sales',
        "SELECT setval('x', 1)",
      ];
      for (const sql of attempts) {
        await expect(query(sql)).rejects.toMatchObject({ code: 'query_failed' });
      }
      expect((await query('SELECT count(*) FROM shop.sales')).rows).toEqual([[400]]);
    });

    it('passes on what the engine says is wrong', async () => {
      await expect(query('SELECT nope FROM shop.people')).rejects.toMatchObject({
        code: 'query_failed',
        details: { message: expect.stringContaining('nope'), code: '42703', position: 7 },
      });
      await expect(query('SELECT 1 / 0')).rejects.toMatchObject({ code: 'query_failed' });
      expect((await query('SELECT 1')).rows).toEqual([[1]]);
    });

    it('ends a statement that passes its time, and the next one is unharmed', async () => {
      await expect(database.query(endless, { ...limits, timeoutMs: 300 }, never)).rejects.toMatchObject({
        code: 'query_timeout',
        details: { seconds: 0.3 },
      });
      expect((await query('SELECT count(*) FROM shop.people')).rows).toEqual([[300]]);
    }, 30_000);

    it('ends a statement that is stopped; those behind it are answered', async () => {
      const stopping = new AbortController();
      const stopped = database.query(endless, limits, stopping.signal);
      const behind = query('SELECT 2');
      setTimeout(() => stopping.abort(), 200);
      await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
      expect((await behind).rows).toEqual([[2]]);
      await expect(database.query(unguarded('SELECT 1'), limits, stopping.signal)).rejects.toMatchObject({
        code: 'cancelled',
      });
      const running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%1000000000000%'";
      const isRunning = async () => (await query(`${running} AND pid <> pg_backend_pid()`)).rows[0]?.[0] !== 0;
      // The server tells the client a moment before it marks the statement as ended.
      for (let attempt = 0; attempt < 20 && (await isRunning()); attempt += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await isRunning()).toBe(false);
    }, 30_000);
  });
}
