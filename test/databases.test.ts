import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPglite } from '../src/adapters/databases/pglite/database.ts';
import { readCatalogue } from '../src/adapters/databases/postgres/catalogue.ts';
import { openPostgres } from '../src/adapters/databases/postgres/database.ts';
import { createPostgresSyntax } from '../src/adapters/databases/postgres/syntax.ts';
import { withDatabaseMetrics } from '../src/adapters/databases/with-database-metrics.ts';
import { MemoriError } from '../src/core/base/errors.ts';
import type { Catalogue } from '../src/core/data/catalogue.ts';
import type { CheckedSql, Database, Session } from '../src/core/data/database.ts';
import { applyPolicy } from '../src/core/sql/apply-policy.ts';
import { createDataSource, type DataSourceOptions } from '../src/core/sql/create-data-source.ts';
import { openPolicy } from '../src/core/sql/policy.ts';
import { requireSession } from '../src/core/sql/session/require-session.ts';
import { createSyntax } from '../src/wiring/open-database.ts';
import { type DatabaseUnderTest, describeDatabase, limits } from './support/describe-database.ts';
import { duckdbFacts, mysqlFacts, postgresFacts, sqliteFacts } from './support/engine-facts.ts';
import { type GuardEngine, openDuckdbEngine, openMysqlEngine, openSqliteEngine } from './support/guard-engines.ts';
import { hasMysqlServer } from './support/mysql-server.ts';
import { createPglite } from './support/pglite.ts';
import { hasPostgresServer, runScript, startPostgresServer } from './support/postgres-server.ts';

const schema = readFileSync(new URL('./fixtures/guard/contract.sql', import.meta.url), 'utf8');
const logger = { info: () => {}, warn: () => {}, error: () => {} };
const never = new AbortController().signal;
const one = { text: 'SELECT 1', dialect: 'postgres', relations: [] } as unknown as CheckedSql;

/** As the owner of the tables reads it. */
let owned: Catalogue;
const folder = mkdtempSync(join(tmpdir(), 'memori-databases-'));
const dump = join(folder, 'dump.tar');

beforeAll(async () => {
  const engine = await createPglite();
  await engine.exec(schema);
  owned = await engine.transaction((transaction) =>
    readCatalogue(
      'owned',
      async (sql, values) => (await transaction.query<Record<string, unknown>>(sql, [...(values ?? [])])).rows,
    ),
  );
  writeFileSync(dump, Buffer.from(await (await engine.dumpDataDir('none')).arrayBuffer()));
  await engine.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeDatabase('embedded PostgreSQL', postgresFacts, async () => {
  const database = await openPglite({
    name: 'embedded',
    dump,
    searchPath: ['shop', 'public'],
    timeoutMs: 30_000,
    logger,
  });
  return { database, stop: () => database.close() };
});

describeDatabase(
  'PostgreSQL server',
  postgresFacts,
  async () => {
    const server = await startPostgresServer();
    if (server === undefined) throw new Error('no server');
    await runScript(server.url, schema);
    const login = Object.assign(new URL(server.url), { username: 'reader', password: 'reader' });
    const database = openPostgres({ name: 'served', url: login.href, statementTimeoutMs: 30_000, pool: 3 });
    return {
      database,
      stop: async () => {
        await database.close();
        await server.stop();
      },
    };
  },
  !hasPostgresServer(),
);

const underTest = (opening: Promise<GuardEngine>): Promise<DatabaseUnderTest> =>
  opening.then((engine) => ({ database: engine.database, stop: () => engine.close() }));

describeDatabase('MySQL server', mysqlFacts, () => underTest(openMysqlEngine('contract.mysql.sql')), !hasMysqlServer());
describeDatabase('SQLite file', sqliteFacts, () => underTest(openSqliteEngine('contract.sqlite.sql')));
describeDatabase('DuckDB file', duckdbFacts, () => underTest(openDuckdbEngine('contract.duckdb.sql')));

(hasPostgresServer() ? describe : describe.skip)('a PostgreSQL connection', () => {
  let database: Database;
  let stop = async () => {};
  beforeAll(async () => {
    const server = await startPostgresServer();
    if (server === undefined) return;
    database = openPostgres({ name: 'served', url: server.url, statementTimeoutMs: 30_000, pool: 2 });
    stop = async () => {
      await database.close();
      await server.stop();
    };
  });
  afterAll(() => stop());

  const query = (text: string, signal = never) =>
    database.query({ ...one, text } as unknown as CheckedSql, limits, signal);

  it('that breaks under a statement is replaced', async () => {
    const broken = query("SELECT pg_sleep(30), 'break me'");
    const others = 'SELECT count(pg_terminate_backend(pid))::int FROM pg_stat_activity';
    const ended = async () =>
      (await query(`${others} WHERE query LIKE '%break me%' AND pid <> pg_backend_pid()`)).rows[0]?.[0];
    while ((await ended()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(broken).rejects.toMatchObject({ code: 'database_unavailable' });
    expect((await query('SELECT 1')).rows).toEqual([[1]]);
  });

  it('is given up for a value larger than memory should hold', async () => {
    await expect(query("SELECT repeat('x', 200000000)")).rejects.toMatchObject({
      code: 'query_failed',
      details: { message: expect.stringContaining('too large') },
    });
    expect((await query('SELECT 1')).rows).toEqual([[1]]);
  });

  it('is waited for in turn, and a question that is stopped leaves the line', async () => {
    const stopping = new AbortController();
    const busy = [query('SELECT pg_sleep(0.5)'), query('SELECT pg_sleep(0.5)')];
    const leaves = query('SELECT 3', stopping.signal);
    const stays = query('SELECT 4');
    stopping.abort();
    await expect(leaves).rejects.toMatchObject({ code: 'cancelled' });
    await Promise.all(busy);
    expect((await stays).rows).toEqual([[4]]);
  });
});

describe('a database that cannot be used', () => {
  it('says what to do and never the password', async () => {
    const database = openPostgres({
      name: 'gone',
      url: 'postgres://someone:hunter2@127.0.0.1:1/shop',
      statementTimeoutMs: 1000,
      pool: 1,
    });
    const error: unknown = await database.query(one, limits, never).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'database_unavailable', next: expect.stringContaining('port') });
    expect(`${(error as MemoriError).message} ${JSON.stringify((error as MemoriError).details)}`).not.toContain(
      'hunter2',
    );
    await database.close();
  });

  it('refuses a URL that is none, without quoting it', () => {
    const open = () => openPostgres({ name: 'x', url: 'mysql://root:hunter2@db', statementTimeoutMs: 1, pool: 1 });
    expect(open).toThrow(expect.objectContaining({ code: 'config_invalid' }));
    expect(open).not.toThrow(/hunter2/);
  });

  it.each([
    ['missing', () => join(folder, 'no-such-dump.tar')],
    [
      'corrupt',
      () => {
        const path = join(folder, 'corrupt.tar.gz');
        writeFileSync(path, 'not a dump');
        return path;
      },
    ],
  ])('names a %s dump', async (_, path) => {
    await expect(openPglite({ name: 'x', dump: path(), timeoutMs: 20_000, logger })).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining(path()),
    });
  });
});

/** A database that answers from memory. */
function createFakeDatabase(read: () => Promise<Catalogue>): Database {
  const result = { columns: [], rows: [], rowCount: 0, truncated: false, ms: 1 };
  return { name: 'fake', dialect: 'postgres', catalogue: read, query: async () => result, close: async () => {} };
}

const catalogueWith = (hash: string): Catalogue => ({
  dataSource: 'fake',
  searchPath: ['public'],
  hash,
  tables: [
    {
      schema: 'public',
      name: 'people',
      kind: 'table',
      comment: undefined,
      primaryKey: [],
      foreignKeys: [],
      rowEstimate: 2,
      columns: ['name', 'ssn'].map((name) => ({
        name,
        dataType: 'text',
        type: 'text',
        nullable: true,
        comment: undefined,
        values: ['a', 'b'],
        valuesComplete: true,
      })),
    },
  ],
});

describe('createDataSource', () => {
  const sourceOf = (database: Database, now: () => number, watch: Partial<DataSourceOptions> = {}) =>
    createDataSource({
      ...watch,
      name: 'fake',
      description: 'people',
      database,
      syntax: createPostgresSyntax(),
      policy: { hiddenColumns: ['public.people.ssn'], approvedFunctions: [] },
      today: () => '2026-03-01',
      ttlMs: 1000,
      clock: { now: () => new Date(now()) },
    });

  it('reads the catalogue once for all, keeps it while the next is read, and shows no hidden value', async () => {
    let reads = 0;
    let now = 0;
    const database = createFakeDatabase(async () => {
      reads += 1;
      if (reads === 3) throw new MemoriError('database_unavailable', 'gone');
      return catalogueWith(String(reads));
    });
    const source = sourceOf(database, () => now);
    const [first] = await Promise.all([source.catalogue(never), source.catalogue(never)]);
    expect(reads).toBe(1);
    expect(first.tables[0]?.columns.map((column) => column.values)).toEqual([['a', 'b'], []]);
    now = 1001;
    expect(await source.catalogue(never)).toBe(first);
    await new Promise(setImmediate);
    expect((await source.catalogue(never)).hash).toBe('2');
    await expect(source.refresh()).rejects.toMatchObject({ code: 'database_unavailable' });
    expect((await source.catalogue(never)).hash).toBe('2');
  });

  it('is read by a job when nobody has for its time, and says how far a reading is and what it found', async () => {
    let now = 0;
    const hashes = ['1', '1', '2'];
    const said: unknown[] = [];
    const database: Database = {
      ...createFakeDatabase(async () => catalogueWith('')),
      catalogue: async (_, progress) => {
        progress?.(1, 2);
        return catalogueWith(hashes.shift() ?? '');
      },
    };
    const source = sourceOf(database, () => now, {
      onProgress: (read, of) => said.push(`${read} of ${of}`),
      onRead: ({ catalogue, changed }) => said.push([catalogue.hash, changed]),
    });
    await source.refreshWhenOld();
    await source.refreshWhenOld();
    now = 1001;
    await source.refreshWhenOld();
    await source.refresh((read, of) => said.push(`asker: ${read} of ${of}`));
    expect(said).toEqual([
      ...['1 of 2', ['1', false]],
      ...['1 of 2', ['1', false]],
      ...['1 of 2', 'asker: 1 of 2', ['2', true]],
    ]);
  });

  it('asks again after a first read that failed', async () => {
    let reads = 0;
    const database = createFakeDatabase(async () => {
      reads += 1;
      if (reads === 1) throw new MemoriError('database_unavailable', 'gone');
      return catalogueWith('ok');
    });
    const source = sourceOf(database, () => 0);
    await expect(source.catalogue(never)).rejects.toMatchObject({ code: 'database_unavailable' });
    expect((await source.catalogue(never)).hash).toBe('ok');
  });
});

describe('what a database is told of who asks', () => {
  const writtenAt = {
    session_settings: 'shop.yaml, line 2',
    region: 'shop.yaml, line 3',
    session_role: 'shop.yaml, line 4',
  };
  const tried = (session: Session, catalogue = catalogueWith(''), changed: Partial<Database> = {}) =>
    requireSession(
      catalogue,
      { ...openPolicy, session, writtenAt },
      {
        database: { ...createFakeDatabase(async () => catalogue), ...changed },
        syntax: createSyntax(changed.dialect ?? 'postgres'),
      },
    );
  const own = { settings: { 'app.region': ':region' } };

  it.each(['region', 'role', 'search_path', 'statement_timeout', 'app.', 'app.region = 1', '"app.region"'])(
    'is no setting of the server: %s',
    async (name) => {
      await expect(tried({ settings: { [name]: 'x' } })).rejects.toMatchObject({
        code: 'config_invalid',
        message: expect.stringContaining(`session_settings: ${name} `),
        next: expect.stringContaining('app.region'),
      });
    },
  );

  it('is refused with its line where the database does not take it', async () => {
    await tried(own);
    await expect(tried({ settings: { region: 'x' } })).rejects.toThrow(/^shop\.yaml, line 3: /);
    const query = () => Promise.reject(new MemoriError('query_failed', '', { details: { message: 'no role clerk' } }));
    await expect(tried({ settings: {}, role: 'clerk' }, undefined, { query })).rejects.toThrow(
      /^shop\.yaml, line 4: session_role: .*no role clerk/,
    );
    // Known of nobody yet: nobody reads.
    await tried({ settings: {}, role: ':db_role' }, undefined, { query });
    const mysql: Partial<Database> = { dialect: 'mysql' };
    await tried({ settings: { region: ':region' } }, undefined, mysql);
    await expect(tried({ settings: { region: 'x' }, role: 'clerk' }, undefined, mysql)).rejects.toThrow(/line 4/);
    await expect(tried({ settings: { 'a`': 'x' } }, undefined, mysql)).rejects.toMatchObject({
      code: 'config_invalid',
    });
  });

  it('is nothing to a login that row-level security does not bind: the source is not read then', async () => {
    await expect(tried(own, owned)).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(/^shop\.yaml, line 2: .*shop\.own_notes/),
      next: expect.stringContaining('FORCE ROW LEVEL SECURITY'),
    });
    await requireSession(owned, openPolicy, {
      database: createFakeDatabase(async () => owned),
      syntax: createSyntax('postgres'),
    });
  });

  it('is not told of nobody: samples and counts of filtered tables are left out', () => {
    const notes = (session?: Session) =>
      applyPolicy(owned, { ...openPolicy, session }, 'postgres').tables.find(({ name }) => name === 'own_notes');
    expect(notes()).toMatchObject({ rowEstimate: 2, columns: [{ values: ['north', 'south'] }, {}] });
    expect(notes(own)).toMatchObject({ rowEstimate: undefined, columns: [{ values: [] }, { values: [] }] });
    expect(notes(own)?.comment).toContain('only some of the rows');
  });
});

describe('withDatabaseMetrics', () => {
  it('observes each query and each plan by source and result', async () => {
    const seen: unknown[] = [];
    const metrics = { count: () => {}, gauge: () => {}, observe: (...call: unknown[]) => seen.push(call) };
    const failing: Database = {
      ...createFakeDatabase(async () => catalogueWith('')),
      plan: async () => ({ cost: 1, rows: 1 }),
      query: async () => {
        throw new MemoriError('query_timeout', 'slow');
      },
    };
    await withDatabaseMetrics(failing, metrics).plan?.(one, limits, never);
    await withDatabaseMetrics(
      createFakeDatabase(async () => catalogueWith('')),
      metrics,
    ).query(one, limits, never);
    await expect(withDatabaseMetrics(failing, metrics).query(one, limits, never)).rejects.toMatchObject({
      code: 'query_timeout',
    });
    expect(seen).toEqual([
      ['memori_plan_seconds', expect.any(Number), { data_source: 'fake', result: 'ok' }],
      ['memori_query_seconds', expect.any(Number), { data_source: 'fake', result: 'ok' }],
      ['memori_query_seconds', expect.any(Number), { data_source: 'fake', result: 'query_timeout' }],
    ]);
  });
});
