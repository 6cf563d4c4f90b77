import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import mysql from 'mysql2/promise';
import sqlite from 'node-sqlite3-wasm';
import { openDuckdb } from '../../src/adapters/databases/duckdb/database.ts';
import { createDuckdbSyntax } from '../../src/adapters/databases/duckdb/syntax.ts';
import { openMysql } from '../../src/adapters/databases/mysql/database.ts';
import { openSqlite } from '../../src/adapters/databases/sqlite/database.ts';
import type { Database } from '../../src/core/data/database.ts';
import type { SqlSyntax } from '../../src/core/data/syntax.ts';
import { mysqlDialect } from '../../src/core/sql/mysql/dialect.ts';
import { sqliteDialect } from '../../src/core/sql/sqlite/dialect.ts';
import { createTokenSyntax } from '../../src/core/sql/tokens/token-syntax.ts';
import { runMysqlScript, startMysqlServer } from './mysql-server.ts';

/** An engine with tables of its own, opened twice: as the product opens it, and as an owner who may do everything. */
export type GuardEngine = {
  readonly database: Database;
  readonly syntax: SqlSyntax;
  /** The rows as JSON, in the order they come. Throws what the engine throws. */
  ownerRows(sql: string): Promise<string>;
  close(): Promise<void>;
};

const logger = { info: () => {}, warn: () => {}, error: () => {} };
const timeoutMs = 30_000;
const readFixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/guard/${name}`, import.meta.url), 'utf8');
type Edit = (script: string) => string;
const asItIs: Edit = (script) => script;
const asJson = (rows: unknown): string =>
  JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value));

/** A SQLite file with the tables of `script`. */
export async function openSqliteEngine(script: string, edit = asItIs): Promise<GuardEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'memori-guard-'));
  const path = join(folder, 'shop.db');
  const owner = new sqlite.Database(path);
  owner.exec(edit(readFixture(script)));
  const database = await openSqlite({ name: 'shop', path, timeoutMs, logger });
  return {
    database,
    syntax: createTokenSyntax(sqliteDialect),
    ownerRows: async (sql) => asJson((owner.all(sql) as object[]).map(Object.values)),
    async close() {
      await database.close();
      owner.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A DuckDB file with the tables of `script`; the owner works on a copy in memory, because a file has one writer. */
export async function openDuckdbEngine(script: string, edit = asItIs): Promise<GuardEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'memori-guard-'));
  const path = join(folder, 'shop.duckdb');
  const written = await DuckDBInstance.create(path);
  const writer = await written.connect();
  await writer.run(edit(readFixture(script)));
  writer.closeSync();
  written.closeSync();
  // With several threads groups come in any order.
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const owner = await instance.connect();
  await owner.run(edit(readFixture(script)));
  const database = await openDuckdb({ name: 'shop', path, timeoutMs, logger });
  return {
    database,
    syntax: createDuckdbSyntax(),
    ownerRows: async (sql) => asJson((await owner.runAndReadAll(sql)).getRowsJson()),
    async close() {
      await database.close();
      owner.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A MySQL or MariaDB server with the tables of `script`. */
export async function openMysqlEngine(script: string, edit = asItIs): Promise<GuardEngine> {
  const server = await startMysqlServer();
  if (server === undefined) throw new Error('no server');
  await runMysqlScript(server.url, edit(readFixture(script)));
  const owner = await mysql.createConnection({ uri: server.url, rowsAsArray: true, flags: ['-IGNORE_SPACE'] });
  const database = openMysql({ name: 'shop', url: server.url, statementTimeoutMs: timeoutMs, pool: 3 });
  return {
    database,
    syntax: createTokenSyntax(mysqlDialect),
    ownerRows: async (sql) => asJson((await owner.query(sql))[0]),
    async close() {
      await database.close();
      await owner.end();
      await server.stop();
    },
  };
}
