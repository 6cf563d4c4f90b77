import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { type ReadLimits, read } from '../../src/core/answers/read.ts';
import type { Run } from '../../src/core/answers/run.ts';
import { createSource } from '../../src/core/answers/source.ts';
import type { CheckedSql, Database, QueryLimits, Session } from '../../src/core/data/database.ts';
import { createDataSource } from '../../src/core/sql/create-data-source.ts';
import { openPolicy, type SqlPolicy } from '../../src/core/sql/policy.ts';
import { createResultCache } from '../../src/core/sql/result-cache.ts';
import { bindSession } from '../../src/core/sql/session/bind-session.ts';
import { statusOf } from '../../src/status.ts';
import { createSyntax } from '../../src/wiring/open-database.ts';
import type { EngineFacts } from './engine-facts.ts';

/** A database under test, holding the tables of `test/fixtures/guard/contract*.sql`. */
export type DatabaseUnderTest = { readonly database: Database; stop(): Promise<void> };

export const limits: QueryLimits = { maxRows: 1000, maxBytes: 1_000_000, maxCellLength: 100, timeoutMs: 20_000 };

const never = new AbortController().signal;

/** What every engine behind the `Database` port does. */
export function describeDatabase(
  name: string,
  facts: EngineFacts,
  open: () => Promise<DatabaseUnderTest>,
  skip = false,
): void {
  (skip ? describe.skip : describe)(name, () => {
    let database: Database;
    let stop = async () => {};
    beforeAll(async () => {
      const opened = await open();
      database = opened.database;
      stop = opened.stop;
    });
    afterAll(() => stop());

    /** SQL the guard has not seen, to try the database's own walls. */
    const unguarded = (text: string, session?: Session) =>
      ({ text, dialect: facts.dialect, relations: [], session }) as unknown as CheckedSql;
    const query = (sql: string, change: Partial<QueryLimits> = {}, session?: Session) =>
      database.query(unguarded(sql, session), { ...limits, ...change }, never);

    /** Where the engine can be told who asks, it is told of somebody whose statement is ended in each way there is. */
    const sessionOf = (region: string) => facts.session && bindSession(facts.session, { region });
    const somebody = sessionOf('north');
    const endless = unguarded(facts.endless, somebody);
    const readNotes = async (session?: Session) => (await query('SELECT note FROM own_notes', {}, session)).rows;
    async function expectToldOfNobody(): Promise<void> {
      if (somebody !== undefined) expect(await readNotes()).toEqual([]);
    }

    it('describes tables, views, keys, comments and values, and collapses partitions', async () => {
      const catalogue = await database.catalogue(never);
      expect(catalogue.searchPath).toEqual(facts.searchPath);
      const byName = new Map(catalogue.tables.map((table) => [table.name, table]));
      expect([...byName.keys()].sort()).toEqual([...facts.views, ...facts.others, 'people', 'sales'].sort());
      const people = byName.get('people');
      expect(people).toMatchObject({
        schema: facts.searchPath[0],
        kind: 'table',
        primaryKey: ['id'],
        rowEstimate: 300,
      });
      expect(people?.comment).toBe(facts.comments ? 'Who buys' : undefined);
      expect(people?.columns.map((column) => column.name)).toEqual([
        'id',
        'name',
        'country',
        'mood',
        'mail',
        'Odd "name',
      ]);
      const country = people?.columns.find((column) => column.name === 'country');
      expect(country).toMatchObject({ type: 'text', nullable: true, valuesComplete: true });
      expect(country?.comment).toBe(facts.comments ? 'ISO 3166 code' : undefined);
      expect([...(country?.values ?? [])].sort()).toEqual(['DE', 'TR', '中国']);
      // Three hundred different names are not a vocabulary.
      expect(people?.columns.find((column) => column.name === 'name')?.values).toEqual([]);
      expect(people?.columns.find((column) => column.name === 'mail')?.values).toEqual([]);
      const sales = byName.get('sales');
      expect(sales).toMatchObject({ primaryKey: ['id', 'sold'], rowEstimate: 400 });
      expect(sales?.foreignKeys).toEqual([
        { columns: ['person'], toSchema: facts.searchPath[0], toTable: 'people', toColumns: ['id'] },
      ]);
      expect(sales?.columns.find((column) => column.name === 'amount')).toMatchObject({
        dataType: facts.amountType,
        type: 'number',
      });
      for (const view of facts.views) expect(byName.get(view)?.kind).toBe('view');
      expect(catalogue.shadowedFunctions).toEqual(facts.shadowed);
      expect(catalogue.hash).toMatch(/^[0-9a-f]{64}$/);
      expect((await database.catalogue(never)).hash).toBe(catalogue.hash);
    });

    it('gives cells that are exact and fit for JSON', async () => {
      const { cells } = facts;
      const sql = `SELECT ${cells.map(([expression], index) => `${expression} AS c${index}`).join(', ')}`;
      const result = await query(sql);
      expect(result.rows[0]).toEqual(cells.map(([, , cell]) => cell));
      expect(result.columns.map((column) => column.type)).toEqual(cells.map(([, type]) => type));
      expect(JSON.parse(JSON.stringify(result.rows))).toEqual(result.rows);
    });

    it('cuts at the row cap and at the byte cap, and says so', async () => {
      const many = await query(facts.series(1500));
      expect(many).toMatchObject({ rowCount: 1000, truncated: true });
      expect(many.rows.at(-1)).toEqual([1000]);
      expect(await query(facts.series(1000))).toMatchObject({ rowCount: 1000, truncated: false });
      const wide = await query(facts.wide(900), { maxBytes: 20_000 });
      expect(wide).toMatchObject({ rowCount: 100, truncated: true });
      expect(await query('SELECT 1 AS one FROM people WHERE 1 = 2')).toMatchObject({
        rowCount: 0,
        truncated: false,
        columns: [{ name: 'one', type: facts.emptyType }],
      });
    });

    it('keeps sixty columns, two of one name, and the order they came in', async () => {
      const names = Array.from({ length: 60 }, (_, index) => `c${index % 59}`);
      const result = await query(`SELECT ${names.map((column, index) => `${index} AS ${column}`).join(', ')}`);
      expect(result.columns.map((column) => column.name)).toEqual(names);
      expect(result.rows[0]).toEqual(names.map((_, index) => index));
    });

    it.each(facts.described)('runs %s', async (sql) => {
      expect((await query(sql)).rowCount).toBeGreaterThan(0);
    });

    (facts.plans === 'nothing' ? it.skip : it)('tells what a statement would take, without running it', async () => {
      const plan = async (sql: string) =>
        (await database.plan?.(unguarded(sql), limits, never)) ?? { cost: -1, rows: -1 };
      const huge = await plan(endless.text);
      expect(huge.rows).toBeGreaterThan(1e9);
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
      const costs = [sales.cost < pairs.cost, few.cost < pairs.cost, huge.cost > 1e6];
      expect(costs).toEqual(facts.plans === 'cost and rows' ? [true, true, true] : [false, false, false]);
      await expect(plan('SELECT nothing FROM sales')).rejects.toMatchObject({ code: 'query_failed' });
      expect((await query('SELECT 1')).rows).toEqual([[1]]);
    });

    it.each(facts.writes)('does not run %s, even past the guard', async (sql) => {
      await expect(query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(query_failed|sql_refused)$/) });
      expect((await query('SELECT count(*) FROM sales')).rows).toEqual([[400]]);
    });

    it('passes on what the engine says is wrong', async () => {
      await expect(query('SELECT nope FROM people')).rejects.toMatchObject({
        code: 'query_failed',
        details: { message: expect.stringContaining('nope'), ...facts.unknownColumn },
      });
      await expect(query(facts.failing, {}, somebody)).rejects.toMatchObject({ code: 'query_failed' });
      expect((await query('SELECT 1')).rows).toEqual([[1]]);
      await expectToldOfNobody();
    });

    it('ends a statement that passes its time, and the next one is unharmed', async () => {
      await expect(database.query(endless, { ...limits, timeoutMs: 300 }, never)).rejects.toMatchObject({
        code: 'query_timeout',
        details: { seconds: 0.3 },
      });
      expect((await query('SELECT count(*) FROM people')).rows).toEqual([[300]]);
      await expectToldOfNobody();
    });

    it('ends a statement that is stopped; those behind it are answered', async () => {
      const stopping = new AbortController();
      const stopped = database.query(endless, limits, stopping.signal);
      const behind = query('SELECT 2');
      setTimeout(() => stopping.abort(), 200);
      await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
      expect((await behind).rows).toEqual([[2]]);
      await expectToldOfNobody();
      await expect(database.query(unguarded('SELECT 1'), limits, stopping.signal)).rejects.toMatchObject({
        code: 'cancelled',
      });
      const { running } = facts;
      if (running === undefined) return;
      const isRunning = async () => (await query(running)).rows[0]?.[0] !== 0;
      // The server tells the client a moment before it marks the statement as ended.
      for (let attempt = 0; attempt < 20 && (await isRunning()); attempt += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await isRunning()).toBe(false);
    });

    const sourceUnder = (changed: Partial<SqlPolicy>) =>
      createSource({
        data: createDataSource({
          name: 'contract',
          description: '',
          database,
          syntax: createSyntax(facts.dialect),
          policy: { ...openPolicy, ...changed },
          today: () => '2026-01-01',
          ttlMs: 1e9,
        }),
        policy: { ...openPolicy, ...changed },
        queries: [],
        examples: { en: [], zh: [] },
        dates: { read: () => [] },
      });

    (facts.session ? it : it.skip)(
      'is told who asks for one statement, in values that are never its text',
      async () => {
        const told = [sessionOf('north'), sessionOf('south'), undefined, sessionOf("north' OR '1'='1")];
        expect(await Promise.all(told.map(readNotes))).toEqual([[['snow']], [['sun']], [], []]);
        // On every connection that was told of somebody.
        await Promise.all([somebody, somebody, somebody].map(readNotes));
        expect(await Promise.all([undefined, undefined, undefined].map(readNotes))).toEqual([[], [], []]);
        // A role is told only where there is one.
        expect((await query('SELECT 1', {}, { settings: { 'app.x': 'y' } })).rows).toEqual([[1]]);
        // The planner is told as well: here of a name that no engine takes.
        const wrong = unguarded('SELECT 1', { settings: { 'a\0b': 'x' } });
        await expect(database.query(wrong, limits, never)).rejects.toMatchObject({ code: 'query_failed' });
        await expect(database.plan?.(wrong, limits, never)).rejects.toMatchObject({ code: 'query_failed' });
      },
    );

    (facts.session ? it : it.skip)(
      'shows each person their own rows by what the source file tells of them',
      async () => {
        const session = facts.session as Session;
        const people = { U1: { region: 'north' }, U2: { region: 'south' } };
        const source = sourceUnder({ people, session });
        const cache = createResultCache({ ttlMs: 1e6, maxBytes: 1e6, clock: { now: () => new Date() } });
        const kept: ReadLimits = { ...limits, cache, plan: { maxCost: 1e9, maxRows: 1e9 } };
        // As one asker, so that what the database is told is all that tells the rows apart.
        const run: Run = { signal: never, locale: 'en', asker: 'T1:U1', progress: () => {}, spend: () => {} };
        const notesOf = (slack_user: string, sql = 'SELECT note FROM own_notes') =>
          read(sql, source, kept, { ...run, person: { slack_user, team: 'T1', channel: 'C1' } });
        expect((await notesOf('U1')).result.rows).toEqual([['snow']]);
        expect((await notesOf('U2')).result.rows).toEqual([['sun']]);
        expect(await notesOf('U1')).toMatchObject({ result: { rows: [['snow']] }, cacheAgeMs: expect.any(Number) });
        const unknown = {
          code: 'sql_refused',
          details: { reason: 'row_policy', message: expect.stringContaining('your region') },
        };
        for (const sql of ['SELECT note FROM own_notes', 'EXPLAIN SELECT note FROM own_notes', 'SELECT 1'])
          await expect(notesOf('U3', sql)).rejects.toMatchObject(unknown);
        await expect(read('SELECT 1', source, kept, run)).rejects.toMatchObject(unknown);
        // Whether it answers is asked for nobody.
        const parts = {
          store: { describe: () => '', ping: async () => {} },
          sources: [source],
          leftOut: [],
          vectors: undefined,
          model: undefined,
        };
        const status = await statusOf(readConfig({}), parts, 'en');
        expect(status).toContainEqual(expect.objectContaining({ part: 'data', ok: true }));
        // One that is not there, and one that sees every row.
        for (const role of ['stranger', 'auditor'])
          await expect(sourceUnder({ session: { settings: {}, role } }).refresh()).rejects.toMatchObject({
            code: 'config_invalid',
            message: expect.stringContaining('role'),
          });
      },
    );

    (facts.session ? it.skip : it)('has no session that a table could ask, and says what to do', async () => {
      const writtenAt = { session_settings: 'contract.yaml, line 2' };
      const source = sourceUnder({ session: { settings: { 'app.region': ':region' } }, writtenAt });
      await expect(source.refresh()).rejects.toMatchObject({
        code: 'config_invalid',
        message: expect.stringMatching(/^contract\.yaml, line 2: session_settings: /),
        next: expect.stringContaining('row_policies'),
      });
    });
  });
}
