import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { openSqlite } from '../../../src/adapters/databases/sqlite/database.ts';
import { digest, digestRows, type Fingerprint, type LiveEngine, openingMs, silent } from './live-engine.ts';

/** A SQLite file; its owner works on a copy. */
export async function openLiveSqlite(script: string): Promise<LiveEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'memori-bench-'));
  const [path, copy] = [join(folder, 'shop.db'), join(folder, 'owner.db')];
  const made = new sqlite.Database(path);
  made.exec(script);
  const version = String(made.get('SELECT sqlite_version() AS version')?.version);
  made.close();
  const database = await openSqlite({ name: 'shop', path, timeoutMs: openingMs, logger: silent });
  copyFileSync(path, copy);
  let owner = new sqlite.Database(copy);
  return {
    name: `SQLite ${version}`,
    dialect: 'sqlite',
    databases: { reader: database },
    async asOwner(sql) {
      // `exec` runs stacked statements, and a query to its end.
      owner.exec(sql);
    },
    async fingerprint() {
      const product = new sqlite.Database(path, { readOnly: true });
      const found = fingerprintOf(product);
      product.close();
      const own = fingerprintOf(owner);
      const rows = Object.entries(own.rows).map(([name, value]) => [`owner ${name}`, value] as const);
      return {
        rows: { ...found.rows, ...Object.fromEntries(rows) },
        catalogue: digest([found.catalogue, own.catalogue, readFileSync(path).toString('base64')]),
      };
    },
    async reset() {
      owner.close();
      rmSync(`${copy}.lock`, { recursive: true, force: true });
      copyFileSync(path, copy);
      owner = new sqlite.Database(copy);
    },
    async close() {
      await database.close();
      owner.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const settings = ['user_version', 'application_id', 'query_only', 'trusted_schema', 'journal_mode', 'writable_schema'];

function fingerprintOf(connection: InstanceType<typeof sqlite.Database>): Fingerprint {
  const all = (sql: string): readonly unknown[][] => connection.all(sql).map((row) => Object.values(row));
  const tables = all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").map(([name]) => String(name));
  const rows = tables.map((name) => [name, digestRows(all(`SELECT * FROM "${name.replaceAll('"', '""')}"`))] as const);
  const catalogue = [
    all('SELECT * FROM sqlite_master'),
    all('SELECT name, file FROM pragma_database_list'),
    settings.map((name) => all(`PRAGMA ${name}`)),
  ];
  return { rows: Object.fromEntries(rows), catalogue: digest(catalogue) };
}
