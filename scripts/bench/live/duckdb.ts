import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { openDuckdb } from '../../../src/adapters/databases/duckdb/database.ts';
import {
  digest,
  digestRows,
  type Fingerprint,
  type LiveEngine,
  openingMs,
  ownerTimeoutMs,
  silent,
} from './live-engine.ts';

/** A DuckDB file; its owner works on a database of the same script in memory, because a file has one writer. */
export async function openLiveDuckdb(script: string): Promise<LiveEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'memori-bench-'));
  const path = join(folder, 'shop.duckdb');
  const written = await DuckDBInstance.create(path);
  const writer = await written.connect();
  await writer.run(script);
  const version = String((await writer.runAndReadAll('SELECT version()')).getRows()[0]?.[0]);
  writer.closeSync();
  written.closeSync();
  const database = await openDuckdb({ name: 'shop', path, timeoutMs: openingMs, logger: silent });
  let owner = await startOwner(script);
  const close = () => {
    owner.connection.closeSync();
    owner.instance.closeSync();
  };
  return {
    name: `DuckDB ${version.replace(/^v/, '')}`,
    dialect: 'duckdb',
    databases: { reader: database },
    async asOwner(sql) {
      const timer = setTimeout(() => owner.connection.interrupt(), ownerTimeoutMs);
      try {
        await owner.connection.run(sql);
      } finally {
        clearTimeout(timer);
        await owner.connection.run('ROLLBACK').catch(() => undefined);
      }
    },
    /** Of the file's bytes, which hold rows and catalogue, and of the owner's database. */
    async fingerprint() {
      const own = await fingerprintOf(owner.connection);
      return { ...own, rows: { ...own.rows, file: digest(readFileSync(path).toString('base64')) } };
    },
    async reset() {
      close();
      owner = await startOwner(script);
    },
    async close() {
      await database.close();
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Without the files of this machine: what an attack does to them is not what is measured. */
async function startOwner(script: string) {
  const instance = await DuckDBInstance.create(':memory:', { enable_external_access: 'false' });
  const connection = await instance.connect();
  await connection.run(script);
  return { instance, connection };
}

const catalogues = [
  'SELECT schema_name, table_name, comment, sql FROM duckdb_tables()',
  'SELECT schema_name, view_name, comment, sql FROM duckdb_views() WHERE NOT internal',
  'SELECT schema_name, sequence_name, last_value FROM duckdb_sequences()',
  'SELECT function_name, macro_definition FROM duckdb_functions() WHERE NOT internal',
  'SELECT database_name FROM duckdb_databases()',
  'SELECT schema_name FROM duckdb_schemas()',
  // A PIVOT makes a type for itself, in what is the connection's own and goes with it.
  "SELECT type_name FROM duckdb_types() WHERE NOT internal AND database_name <> 'temp'",
  'SELECT name, value FROM duckdb_settings()',
  'SELECT name FROM duckdb_prepared_statements()',
];

async function fingerprintOf(connection: DuckDBConnection): Promise<Fingerprint> {
  const all = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  const rows: Record<string, string> = {};
  for (const [name] of await all(
    `SELECT '"' || schema_name || '"."' || table_name || '"' FROM duckdb_tables() ORDER BY 1`,
  ))
    rows[String(name)] = digestRows(await all(`SELECT * FROM ${String(name)}`));
  const parts: string[] = [];
  for (const query of catalogues) parts.push(digestRows(await all(query)));
  return { rows, catalogue: digest(parts) };
}
