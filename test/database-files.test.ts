import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sqlite from 'node-sqlite3-wasm';
import { openDuckdb } from '../src/adapters/databases/duckdb/database.ts';
import { inferKeys } from '../src/adapters/databases/infer-keys.ts';
import { openMysql } from '../src/adapters/databases/mysql/database.ts';
import { openSqlite } from '../src/adapters/databases/sqlite/database.ts';
import { readConfig } from '../src/config.ts';
import type { CatalogueTable } from '../src/core/data/catalogue.ts';
import type { CheckedSql, Database } from '../src/core/data/database.ts';
import { collapseFamilies } from '../src/core/sql/table-families.ts';
import { column, table as tableOf } from './support/catalogue.ts';
import { limits } from './support/describe-database.ts';

const logger = { info: () => {}, warn: () => {}, error: () => {} };
const never = new AbortController().signal;
const timeoutMs = 30_000;

const folder = mkdtempSync(join(tmpdir(), 'memori-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rowsOf = async (database: Database, text: string) =>
  (await database.query({ text } as unknown as CheckedSql, limits, never)).rows;

describe('a folder of files', () => {
  const files = join(folder, 'warehouse');
  let database: Database;

  beforeAll(async () => {
    mkdirSync(join(files, 'visits'), { recursive: true });
    writeFileSync(join(files, 'customers.csv'), 'id,name,since\n1,Ann,2025-01-01\n2,Bo,2025-02-01\n');
    writeFileSync(join(files, 'orders-2025.csv'), 'id,customer_id,amount,note\n1,1,3.50,\n');
    writeFileSync(join(files, 'orders-2026.csv'), 'id,customer_id,amount,note\n2,2,4.25,new\n');
    writeFileSync(join(files, 'visits', 'a.tsv'), 'day\thits\n2026-01-01\t5\n');
    writeFileSync(join(files, 'visits', 'b.tsv'), 'day\thits\n2026-01-02\t7\n');
    writeFileSync(join(files, "odd's name.csv"), 'x\n1\n');
    writeFileSync(join(files, 'secret.txt'), 'password\n');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 1 AS id, 'shoe' AS name) TO '${join(files, 'products.parquet')}' (FORMAT parquet)`,
    );
    connection.closeSync();
    database = await openDuckdb({ name: 'files', path: files, timeoutMs, logger });
  });
  afterAll(() => database.close());

  it('is a database: a table a file, the parts of one together, joins by name', async () => {
    const { tables } = await database.catalogue(never);
    expect(tables.map(({ name, kind }) => `${name} ${kind}`).sort()).toEqual([
      'customers table',
      "odd's name table",
      'orders table',
      'products view',
      'visits table',
    ]);
    expect(tables.find(({ name }) => name === 'products')?.rowEstimate).toBe(1);
    const orders = tables.find(({ name }) => name === 'orders');
    expect(orders?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id integer',
      'customer_id integer',
      'amount number',
      'note text',
    ]);
    expect(orders?.foreignKeys).toEqual([
      { columns: ['customer_id'], toSchema: 'main', toTable: 'customers', toColumns: ['id'] },
    ]);
    expect(await rowsOf(database, 'SELECT sum(amount), count(note) FROM orders')).toEqual([[7.75, 1]]);
    expect(await rowsOf(database, 'SELECT sum(hits) FROM visits')).toEqual([[12]]);
    expect(await rowsOf(database, 'SELECT name FROM products')).toEqual([['shoe']]);
  });

  it.each([
    ['another file of the folder', (path: string) => `SELECT * FROM read_text('${path}/secret.txt')`],
    ['the folder', (path: string) => `SELECT * FROM glob('${path}/*')`],
    ['a write beside them', (path: string) => `COPY customers TO '${path}/copy.csv'`],
    ['a table of its own', () => 'CREATE TABLE t AS SELECT 1'],
  ])('keeps out %s', async (_, sql) => {
    await expect(rowsOf(database, sql(files))).rejects.toMatchObject({ code: 'query_failed' });
  });

  it('sees files as they are now', async () => {
    writeFileSync(join(files, 'orders-2027.csv'), 'id,customer_id,amount,note\n3,2,10,\n');
    expect(await rowsOf(database, 'SELECT count(*) FROM orders')).toEqual([[3]]);
  });

  it('outlives a statement that does not stop when it is told to', async () => {
    // One call of a function, in which the engine does not look up; a thread ended under it would end the process.
    const long = "SELECT levenshtein(repeat('a', 30000), repeat('b', 30000))";
    const stopped = database.query({ text: long } as unknown as CheckedSql, { ...limits, timeoutMs: 50 }, never);
    await expect(stopped).rejects.toMatchObject({ code: 'query_timeout' });
    // When the second is done, so is the first.
    expect(await rowsOf(database, long)).toEqual([[30_000]]);
    expect(await rowsOf(database, 'SELECT 1')).toEqual([[1]]);
  });

  it('may be one file, and must be something', async () => {
    const one = await openDuckdb({ name: 'one', path: join(files, 'customers.csv'), timeoutMs, logger });
    expect((await one.catalogue(never)).tables.map(({ name }) => name)).toEqual(['customers']);
    await one.close();
    const open = (path: string) => openDuckdb({ name: 'x', path, timeoutMs, logger });
    await expect(open(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'database_unavailable' });
    mkdirSync(join(folder, 'empty'));
    await expect(open(join(folder, 'empty'))).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining('there is no file in it that is read'),
    });
  });
});

describe('a SQLite file', () => {
  const place = join(folder, 'sqlite');
  const path = join(place, 'shop.db');
  let owner: InstanceType<typeof sqlite.Database>;
  let database: Database;

  beforeAll(async () => {
    mkdirSync(place);
    owner = new sqlite.Database(path);
    owner.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)');
    database = await openSqlite({ name: 'shop', path, timeoutMs, logger });
  });
  afterAll(async () => {
    await database.close();
    owner.close();
  });

  it('is read as it is now, and nothing appears beside it', async () => {
    expect(await rowsOf(database, 'SELECT count(*) FROM t')).toEqual([[1]]);
    owner.exec('INSERT INTO t VALUES (2)');
    expect(await rowsOf(database, 'SELECT count(*) FROM t')).toEqual([[2]]);
    expect(readdirSync(place)).toEqual(['shop.db']);
  });

  it('is read from a folder that cannot be written to', async () => {
    chmodSync(place, 0o555);
    const other = await openSqlite({ name: 'other', path, timeoutMs, logger });
    expect(await rowsOf(other, 'SELECT count(*) FROM t')).toEqual([[2]]);
    await other.close();
    chmodSync(place, 0o755);
  });

  it('is left as it was when a statement is ended', async () => {
    const endless = 'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t';
    const ended = database.query({ text: endless } as unknown as CheckedSql, { ...limits, timeoutMs: 200 }, never);
    await expect(ended).rejects.toMatchObject({ code: 'query_timeout' });
    expect(readdirSync(place)).toEqual(['shop.db']);
    owner.exec('INSERT INTO t VALUES (3)');
    expect(await rowsOf(database, 'SELECT count(*) FROM t')).toEqual([[3]]);
  });

  it('must be there, and be one', async () => {
    const open = (file: string) => openSqlite({ name: 'x', path: file, timeoutMs, logger });
    await expect(open(join(place, 'none.db'))).rejects.toMatchObject({
      code: 'database_unavailable',
      next: expect.stringContaining('DATA_SOURCES'),
    });
    writeFileSync(join(place, 'text.db'), 'this is not a database, only a text that is long enough to look like one');
    await expect(open(join(place, 'text.db'))).rejects.toMatchObject({ code: 'database_unavailable' });
  });
});

describe('a MySQL server that cannot be used', () => {
  it('says what to do and never the password', async () => {
    const url = 'mysql://someone:hunter2@127.0.0.1:1/shop';
    const database = openMysql({ name: 'gone', url, statementTimeoutMs: 1000, pool: 1 });
    const error = await rowsOf(database, 'SELECT 1').catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'database_unavailable', next: expect.stringContaining('port') });
    expect(`${error} ${JSON.stringify(error)}`).not.toContain('hunter2');
    await database.close();
    const open = () => openMysql({ name: 'x', url: 'postgres://root:hunter2@db/x', statementTimeoutMs: 1, pool: 1 });
    expect(open).toThrow(expect.objectContaining({ code: 'config_invalid' }));
    expect(open).not.toThrow(/hunter2/);
  });
});

const table = (name: string, columns: readonly string[], more: Partial<CatalogueTable> = {}): CatalogueTable =>
  tableOf(
    name,
    columns.map((one) => column(one, one === 'note_id' ? 'text' : 'integer')),
    { schema: 'main', ...more },
  );

describe('a family of tables', () => {
  const shown = (names: readonly string[], more: readonly CatalogueTable[] = []) =>
    collapseFamilies([...names.map((name) => table(name, ['id', 'at'])), ...more]).map(({ name }) => name);

  it.each([
    ['months', ['events_2024_01', 'events_2023_12', 'events_2024_02']],
    ['days', ['log20240101', 'log20240102', 'log20240103']],
    ['quarters', ['sales_2024q1', 'sales_2024q2', 'sales_2024q3']],
    ['weeks', ['visits_2024_w01', 'visits_2024_w02', 'visits_2024_w10']],
    ['parts', ['orders_p0', 'orders_p9', 'orders_p10']],
  ])('of %s is shown as its last, which says what the others are', (_, names) => {
    expect(shown(names)).toEqual([[...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)]);
    const [only] = collapseFamilies(names.map((name) => table(name, ['id', 'at'], { comment: 'What happened' })));
    expect(only?.comment).toMatch(/^What happened\. One of 3 tables with these columns, \S+ to \S+, /);
  });

  it('is three and more of one schema with the same columns', () => {
    expect(shown(['budget_2024', 'budget_2025'])).toEqual(['budget_2024', 'budget_2025']);
    expect(shown(['a_2024', 'a_2025'], [table('a_2026', ['id', 'other'])])).toHaveLength(3);
    expect(shown(['a_2024', 'a_2025'], [table('a_2026', ['id', 'at'], { schema: 'old' })])).toHaveLength(3);
    expect(shown(['people', 'orders', 'items'])).toHaveLength(3);
  });
});

describe('inferKeys', () => {
  const keysOf = (tables: readonly CatalogueTable[]) =>
    inferKeys(tables).flatMap(({ name, foreignKeys }) =>
      foreignKeys.map((key) => `${name}.${key.columns} → ${key.toTable}.${key.toColumns}`),
    );

  it('joins by name where one table is meant, and its key is of the same kind', () => {
    const tables = [
      table('customers', ['id', 'name']),
      table('categories', ['id']),
      table('Box', ['box_id']),
      table('notes', ['id']),
      table('orders', ['id', 'customer_id', 'categoryId', 'box_id', 'note_id', 'nothing_id', 'order_id']),
    ];
    expect(keysOf(tables)).toEqual([
      'orders.customer_id → customers.id',
      'orders.categoryId → categories.id',
      'orders.box_id → Box.box_id',
    ]);
    expect(keysOf([...tables, table('customer', ['id'])])).not.toContain('orders.customer_id → customers.id');
  });

  it('leaves declared keys alone', () => {
    const declared = [{ columns: ['a'], toSchema: 'main', toTable: 'b', toColumns: ['id'] }];
    const tables = [table('a', ['b_id'], { foreignKeys: declared }), table('b', ['id']), table('c', ['b_id'])];
    expect(keysOf(tables)).toEqual(['a.a → b.id']);
  });
});

describe('five hundred tables', () => {
  it('are described, with their values', async () => {
    const path = join(folder, 'many.db');
    const owner = new sqlite.Database(path);
    owner.exec('BEGIN');
    for (let index = 0; index < 500; index += 1) {
      owner.exec(`CREATE TABLE t${index}s (id integer PRIMARY KEY, kind text, a int, b int, c text, d real)`);
      owner.exec(`INSERT INTO t${index}s VALUES (1, 'x', 1, 1, 'y', 1.5)`);
    }
    owner.exec('COMMIT');
    owner.close();
    const database = await openSqlite({ name: 'many', path, timeoutMs, logger });
    const { tables } = await database.catalogue(never);
    expect(tables).toHaveLength(500);
    expect(tables.every(({ columns }) => columns[1]?.values[0] === 'x')).toBe(true);
    await database.close();
  });
});

describe('DATA_SOURCES', () => {
  const sourcesOf = (list: string) => readConfig({ DATA_SOURCES: list }).sources;

  it('takes servers and files, with or without a name', () => {
    expect(
      sourcesOf(
        'a=mysql://u:p@h:3306/shop mariadb://h/other,b=sqlite:///data/x.db sqlite://rel/My%20file.sqlite duckdb:///data/folder/ c=duckdb:///data/sales.csv',
      ),
    ).toEqual([
      { kind: 'mysql', name: 'a', url: 'mysql://u:p@h:3306/shop' },
      { kind: 'mysql', name: 'other', url: 'mariadb://h/other' },
      { kind: 'sqlite', name: 'b', path: '/data/x.db' },
      { kind: 'sqlite', name: 'My_file', path: 'rel/My file.sqlite' },
      { kind: 'duckdb', name: 'folder', path: '/data/folder/' },
      { kind: 'duckdb', name: 'c', path: '/data/sales.csv' },
    ]);
  });

  it.each(['mysql://u:hunter2@h', 'sqlite://', 'oracle://h/hunter2', 'mysqlql://h/x'])('refuses %s', (entry) => {
    const read = () => sourcesOf(entry);
    expect(read).toThrow(/DATA_SOURCES: entry 1 .*mysql:.*sqlite:.*duckdb:/);
    expect(read).not.toThrow(/hunter2/);
  });
});

describe('files that change while they are read', () => {
  it('answers from the old ones, and says of when, until the new ones can be read', async () => {
    const place = join(folder, 'changing');
    mkdirSync(place);
    writeFileSync(join(place, 'sales.csv'), 'id,amount\n1,10\n2,20\n');
    const database = await openDuckdb({ name: 'changing', path: place, timeoutMs, logger });
    const ask = () => database.query({ text: 'SELECT sum(amount) FROM sales' } as unknown as CheckedSql, limits, never);
    try {
      expect((await ask()).asOf).toBeUndefined();
      writeFileSync(join(place, 'sales.csv'), '');
      expect(await ask()).toMatchObject({ rows: [[30]], asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
      expect((await database.catalogue(never)).tables).toHaveLength(1);
      writeFileSync(join(place, 'sales.csv'), 'id,amount\n1,10\n2,20\n3,5\n');
      const renewed = await ask();
      expect(renewed.rows).toEqual([[35]]);
      expect(renewed.asOf).toBeUndefined();
    } finally {
      await database.close();
    }
  }, 60_000);

  it('leaves a database file free between two statements', async () => {
    const path = join(folder, 'loaded.duckdb');
    const write = (sql: string) =>
      execFileSync(process.execPath, [
        '-e',
        `const { DuckDBInstance } = require('@duckdb/node-api');
         DuckDBInstance.create(${JSON.stringify(path)}).then(async (one) => { const c = await one.connect(); await c.run(${JSON.stringify(sql)}); c.closeSync(); one.closeSync(); });`,
      ]);
    write('CREATE TABLE t AS SELECT 1 AS n');
    const database = await openDuckdb({ name: 'loaded', path, timeoutMs, logger });
    try {
      expect(await rowsOf(database, 'SELECT sum(n) FROM t')).toEqual([[1]]);
      write('INSERT INTO t VALUES (2)');
      expect(await rowsOf(database, 'SELECT sum(n) FROM t')).toEqual([[3]]);
    } finally {
      await database.close();
    }
  }, 60_000);
});
