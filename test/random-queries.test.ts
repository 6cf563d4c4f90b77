import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sqlite from 'node-sqlite3-wasm';
import { createDuckdbSyntax } from '../src/adapters/databases/duckdb/syntax.ts';
import { createPostgresSyntax } from '../src/adapters/databases/postgres/syntax.ts';
import type { DialectName } from '../src/core/data/database.ts';
import type { SqlSyntax } from '../src/core/data/syntax.ts';
import { checkSql } from '../src/core/sql/check-sql.ts';
import { mysqlDialect } from '../src/core/sql/mysql/dialect.ts';
import { sqliteDialect } from '../src/core/sql/sqlite/dialect.ts';
import { createTokenSyntax } from '../src/core/sql/tokens/token-syntax.ts';
import { catalogueOf, column, table } from './support/catalogue.ts';
import { queries } from './support/random-queries.ts';
import { randomTables, writeQuery } from './support/write-query.ts';

const catalogue = catalogueOf(
  randomTables.map(({ name, number, text }) =>
    table(name, [column(number, 'number'), column(text)], { schema: 'main' }),
  ),
  ['main'],
);
const policy = { hiddenColumns: [], approvedFunctions: [] };

/** An engine that says of a query, without running it, nothing or what is wrong with it. */
type Engine = { explain(sql: string): Promise<string | undefined>; close(): void };

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const script = randomTables
  .map(({ name, number, text }) => `CREATE TABLE ${quoted(name)} (${quoted(number)} integer, ${quoted(text)} text)`)
  .join(';');
const firstLine = (error: unknown) => String(error).split('\n')[0] ?? '';

async function openSqlite(): Promise<Engine> {
  const engine = new sqlite.Database(':memory:');
  engine.exec(script);
  const explain = async (sql: string) => engine.all(`EXPLAIN ${sql}`);
  return { explain: (sql) => explain(sql).then(() => undefined, firstLine), close: () => engine.close() };
}

async function openDuckdb(): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(script);
  return {
    explain: (sql) => connection.run(`EXPLAIN ${sql}`).then(() => undefined, firstLine),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const dialects: readonly (readonly [DialectName, SqlSyntax, (() => Promise<Engine>) | undefined])[] = [
  ['postgres', createPostgresSyntax(), undefined],
  ['mysql', createTokenSyntax(mysqlDialect), undefined],
  ['sqlite', createTokenSyntax(sqliteDialect), openSqlite],
  ['duckdb', createDuckdbSyntax(), openDuckdb],
];

/** But for places in the text. */
const fingerprint = (tree: unknown): string =>
  JSON.stringify(tree, (key, value) =>
    /^(start|end|(name_|query_|stmt_)?location|stmt_len|(rexpr_)?list_(start|end))$/.test(key) ? undefined : value,
  );

describe.each(dialects)('queries made at random for %s', (dialect, syntax, open) => {
  let engine: Engine | undefined;
  beforeAll(async () => {
    engine = await open?.();
  });
  afterAll(() => engine?.close());

  it('are written out as the same query, and every table in them is seen', async () => {
    let accepted = 0;
    const numRuns = 100;
    await fc.assert(
      fc.asyncProperty(queries(2), async (query) => {
        const { sql, tables } = writeQuery(query, dialect);
        const tree = await syntax.parse(sql);
        const written = await syntax.deparse(tree);
        expect(fingerprint(await syntax.parse(written))).toBe(fingerprint(tree));
        const checked = await checkSql(sql, { dialect, catalogue, policy, maxRows: 10, syntax });
        expect(checked.relations).toEqual(tables.map((name) => `main.${name}`));
        const wrong = await engine?.explain(sql);
        expect([await engine?.explain(written), await engine?.explain(checked.text)]).toEqual([wrong, wrong]);
        if (wrong === undefined) accepted += 1;
      }),
      { numRuns },
    );
    // DuckDB has not built every join there could be.
    expect(accepted).toBeGreaterThan(numRuns / 2);
  });

  it('are refused when a table in them is not known', async () => {
    await fc.assert(
      fc.asyncProperty(queries(2), fc.nat(), async (query, pick) => {
        const { sql, tables } = writeQuery(query, dialect);
        const unknown = tables[pick % tables.length];
        const known = { ...catalogue, tables: catalogue.tables.filter(({ name }) => name !== unknown) };
        const check = checkSql(sql, { dialect, catalogue: known, policy, maxRows: 10, syntax });
        if (unknown === undefined) await check;
        else await expect(check).rejects.toMatchObject({ details: { reason: 'unknown_table', what: unknown } });
      }),
      { numRuns: 40 },
    );
  });
});
