import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openDuckdb } from '../../src/adapters/databases/duckdb/database.ts';
import { countOf, readCommandLine } from '../../src/command-line.ts';
import type { Catalogue } from '../../src/core/data/catalogue.ts';
import type { Database } from '../../src/core/data/database.ts';
import { openLiveDuckdb } from './live/duckdb.ts';
import { type OpenLiveEngine, openingMs, silent } from './live/live-engine.ts';
import { manyTables, tableQueries } from './live/many-tables.ts';
import { openLiveMysql } from './live/mysql.ts';
import { openLivePglite } from './live/pglite.ts';
import { openLivePostgres } from './live/postgres.ts';
import { openLiveSqlite } from './live/sqlite.ts';

const usage = `How long the catalogue of a database of many tables takes on each engine, and what it holds.

  npm run bench:catalogue [-- --tables 500 --engines postgres,csv]

  --tables N        tables of the database (default 500)
  --engines LIST    some of postgres,pglite,mysql,sqlite,duckdb,csv,parquet (default: all)
  --postgres URL    a running server; without it one is started from Debian's binaries, or the engine is skipped
  --mysql URL       the same for MySQL and MariaDB
  --json            one JSON object on standard output
  --help            this text`;
const { values: options } = readCommandLine(usage, {
  tables: { type: 'string', default: '500' },
  engines: { type: 'string', default: 'postgres,pglite,mysql,sqlite,duckdb,csv,parquet' },
  postgres: { type: 'string' },
  mysql: { type: 'string' },
  json: { type: 'boolean', default: false },
});
const count = countOf('tables', options.tables);

type Opened = { readonly name: string; readonly database: Database; close(): Promise<void> };

const live =
  (open: OpenLiveEngine, dialect: Parameters<typeof manyTables>[0]) => async (): Promise<Opened | string> => {
    const engine = await open(manyTables(dialect, count));
    if (typeof engine === 'string') return engine;
    const [database] = Object.values(engine.databases);
    if (database === undefined) return 'it was not opened';
    return { name: engine.name, database, close: () => engine.close() };
  };

/** A folder with a file for each table. */
const files = (ending: 'csv' | 'parquet') => async (): Promise<Opened> => {
  const folder = mkdtempSync(join(tmpdir(), 'memori-bench-'));
  const path = join(folder, 'warehouse');
  mkdirSync(path);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const { name, query } of tableQueries(count))
    await connection.run(`COPY (${query}) TO '${join(path, `${name}.${ending}`)}' (FORMAT ${ending})`);
  connection.closeSync();
  instance.closeSync();
  const database = await openDuckdb({ name: 'files', path, timeoutMs: openingMs, logger: silent });
  return {
    name: `DuckDB, a folder of ${ending === 'csv' ? 'CSV' : 'Parquet'}`,
    database,
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const engines: Readonly<Record<string, () => Promise<Opened | string>>> = {
  postgres: live((script) => openLivePostgres(script, options.postgres), 'postgres'),
  pglite: live(openLivePglite, 'postgres'),
  mysql: live((script) => openLiveMysql(script, options.mysql), 'mysql'),
  sqlite: live(openLiveSqlite, 'sqlite'),
  duckdb: live(openLiveDuckdb, 'duckdb'),
  csv: files('csv'),
  parquet: files('parquet'),
};

/** The first reading, as at the start, and another, as a refresh is. */
async function measure({ name, database }: Opened) {
  const times: number[] = [];
  let catalogue: Catalogue | undefined;
  for (let round = 0; round < 2; round += 1) {
    const begun = performance.now();
    catalogue = await database.catalogue(new AbortController().signal);
    times.push(Math.round(performance.now() - begun) / 1000);
  }
  const tables = catalogue?.tables ?? [];
  const columns = tables.flatMap((table) => table.columns);
  return {
    engine: name,
    first_s: times[0],
    again_s: times[1],
    tables: tables.length,
    columns: columns.length,
    with_values: columns.filter(({ values }) => values.length > 0).length,
    keys: tables.reduce((sum, { foreignKeys }) => sum + foreignKeys.length, 0),
    with_rows: tables.filter(({ rowEstimate }) => rowEstimate !== undefined).length,
  };
}

const systems: Record<string, object> = {};
for (const key of options.engines.split(',')) {
  const opened = await engines[key]?.();
  if (opened === undefined) throw new Error(`There is no engine ${key}; there are ${Object.keys(engines).join(', ')}.`);
  if (typeof opened === 'string') {
    if (!options.json) console.log(`${key}: skipped, ${opened}`);
    continue;
  }
  systems[key] = await measure(opened);
  await opened.close();
}
if (options.json) console.log(JSON.stringify({ bench: 'catalogue', data: 'made', n: count, systems }));
else console.table(systems);
process.exit(0);
