import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCatalogue } from '../src/adapters/databases/postgres/catalogue.ts';
import { createPostgresSyntax } from '../src/adapters/databases/postgres/syntax.ts';
import { queryError } from '../src/adapters/databases/query-errors.ts';
import { readSourceFile } from '../src/adapters/sources/read-source-file.ts';
import { sourcePolicy } from '../src/adapters/sources/source-policy.ts';
import { createSource } from '../src/core/answers/source.ts';
import { isMemoriError, MemoriError } from '../src/core/base/errors.ts';
import type { Catalogue } from '../src/core/data/catalogue.ts';
import type { CheckedSql, Database, DialectName } from '../src/core/data/database.ts';
import type { SqlSyntax } from '../src/core/data/syntax.ts';
import { applyPolicy } from '../src/core/sql/apply-policy.ts';
import { checkSql } from '../src/core/sql/check-sql.ts';
import type { RefreshableDataSource } from '../src/core/sql/create-data-source.ts';
import { createDataSource } from '../src/core/sql/create-data-source.ts';
import { openFunctionApprovals, requireOwnFunction } from '../src/core/sql/function-approvals.ts';
import { openPolicy, type PersonFacts, type SqlPolicy } from '../src/core/sql/policy.ts';
import { requirePolicyNames } from '../src/core/sql/require-policy-names.ts';
import { requireShields } from '../src/core/sql/shield/require-shields.ts';
import { openDuckdbEngine, openMysqlEngine, openSqliteEngine } from './support/guard-engines.ts';
import { hasMysqlServer } from './support/mysql-server.ts';
import { createPglite } from './support/pglite.ts';

const never = new AbortController().signal;
const limits = { maxRows: 1000, maxBytes: 1_000_000, maxCellLength: 10_000, timeoutMs: 5_000 };

/** `[[a|b]]`: what the two databases differ in, which nobody may notice. */
const sideOf = (side: 0 | 1) => (script: string) =>
  script.replace(/\[\[([^|]*)\|([^\]]*)\]\]/g, (_, ...values: string[]) => values[side] ?? '');

type Engine = {
  readonly syntax: SqlSyntax;
  catalogue(): Promise<Catalogue>;
  rows(sql: CheckedSql): Promise<unknown>;
  close(): Promise<unknown>;
};

async function openPglite(script: string, edit: (sql: string) => string): Promise<Engine> {
  const engine = await createPglite();
  await engine.exec(edit(readFileSync(new URL(`./fixtures/guard/${script}`, import.meta.url), 'utf8')));
  return {
    syntax: createPostgresSyntax(),
    catalogue: () =>
      engine.transaction((transaction) =>
        readCatalogue(
          'shop',
          async (sql, values) => (await transaction.query<Record<string, unknown>>(sql, [...(values ?? [])])).rows,
        ),
      ),
    rows: async ({ text }) => (await engine.query(text, [], { rowMode: 'array' })).rows,
    close: () => engine.close(),
  };
}

const asEngine =
  (open: typeof openSqliteEngine) =>
  async (script: string, edit: (sql: string) => string): Promise<Engine> => {
    const { database, syntax, close } = await open(script, edit);
    return {
      syntax,
      catalogue: () => database.catalogue(never),
      rows: async (sql) => (await database.query(sql, limits, never)).rows,
      close,
    };
  };

type Dialect = {
  readonly dialect: DialectName;
  readonly open: (script: string, edit: (sql: string) => string) => Promise<Engine>;
  readonly skip?: boolean;
  /** Ways to look at a value, `x`, and at a whole table, `t`. */
  readonly looks: readonly string[];
  readonly sources: readonly string[];
  readonly statements: readonly string[];
};

const dialects: readonly Dialect[] = [
  {
    dialect: 'postgres',
    open: openPglite,
    looks: [
      'reverse(x)',
      "encode(convert_to(x::text, 'UTF8'), 'hex')",
      'md5(x::text)',
      'x::text',
      "string_agg(x::text, ',' ORDER BY x)",
      'to_json(t)',
      't',
      't::text',
      'row(t.*)',
      'row_to_json(t)',
      'json_agg(t)',
      'ascii(x::text)',
      'array_agg(x)',
      "x ~ 'C'",
      'x::int',
      "format('%s', x)",
      'percentile_disc(0.5) WITHIN GROUP (ORDER BY x)',
      'mode() WITHIN GROUP (ORDER BY x)',
      'json_build_object(1, x)',
      'xmlelement(name a, x)',
      'quote_literal(x)',
      '(t).email',
      "regexp_replace(x::text, '.', 'y')",
    ],
    sources: [
      'public.customers AS t',
      'ONLY customers t',
      'customers t TABLESAMPLE system (100)',
      'customers AS t(id, name, email)',
      'orders t JOIN LATERAL (SELECT name, email, phone, salary FROM customers c WHERE c.id = t.customer_id) AS l ON true',
    ],
    statements: [
      'SELECT public.customers.email FROM public.customers ORDER BY 1',
      'SELECT public.customers.* FROM customers ORDER BY 1',
      'TABLE customers',
      'SELECT DISTINCT ON (name) email FROM customers',
      'SELECT query FROM (SELECT name::int AS query FROM customers) q',
      'SELECT * FROM orders WHERE note::int > 0',
      'SELECT 1 / (amount - 11) FROM orders',
      'SELECT pg_typeof(salary) FROM customers',
    ],
  },
  {
    dialect: 'mysql',
    open: asEngine(openMysqlEngine),
    skip: !hasMysqlServer(),
    looks: [
      'REVERSE(x)',
      'HEX(x)',
      'MD5(x)',
      'TO_BASE64(x)',
      'GROUP_CONCAT(x)',
      'JSON_ARRAYAGG(x)',
      "JSON_OBJECT('a', x)",
      'ASCII(x)',
      'CAST(x AS SIGNED)',
      'x REGEXP "C"',
      'SOUNDEX(x)',
      'CONV(x, 10, 2)',
      "EXTRACTVALUE('<a/>', CONCAT('~', x))",
      'x + 1',
      'CRC32(x)',
      'SHA2(x, 256)',
      'STRCMP(x, "a")',
      "FIELD(x, 'a')",
    ],
    sources: ['`customers` t', 'customers AS t'],
    statements: [
      'TABLE customers',
      'SELECT customers.email FROM customers ORDER BY 1',
      "SELECT EXTRACTVALUE('<a/>', CONCAT('~', note)) FROM orders",
      'SELECT * FROM customers USE INDEX (PRIMARY)',
      'SELECT customers.* FROM customers ORDER BY id',
    ],
  },
  {
    dialect: 'sqlite',
    open: asEngine(openSqliteEngine),
    looks: [
      'hex(x)',
      'quote(x)',
      'group_concat(x)',
      'json_group_array(x)',
      "json_object('a', x)",
      'unicode(x)',
      'CAST(x AS INTEGER)',
      "x GLOB '*C*'",
      'typeof(x)',
      "printf('%s', x)",
      "instr(x, 'C')",
      'x + 1',
      'total(x)',
      "x || ''",
    ],
    sources: ['[customers] t', 'main.customers AS t', 'customers t NOT INDEXED'],
    statements: [
      'SELECT main.customers.email FROM main.customers ORDER BY 1',
      'SELECT rowid, email FROM customers',
      'SELECT "customers"."email", "nothing" FROM customers ORDER BY 1',
      "SELECT json_extract(note, '$') FROM orders",
      'SELECT abs(note) FROM orders ORDER BY 1',
      'SELECT "main"."customers".* FROM "customers" ORDER BY id',
    ],
  },
  {
    dialect: 'duckdb',
    open: asEngine(openDuckdbEngine),
    looks: [
      'reverse(x::VARCHAR)',
      'hex(x::VARCHAR)',
      'md5(x::VARCHAR)',
      'to_json(t)',
      't',
      'list(x)',
      "string_agg(x::VARCHAR, ',' ORDER BY x)",
      'struct_pack(a := x)',
      'x::INT',
      'try_cast(x AS INT)',
      'histogram(x)',
      'COLUMNS(*)',
      'arg_max(x, id)',
      'typeof(x)',
      'hash(x)',
      'approx_quantile(length(x::VARCHAR), 0.5)',
      "regexp_matches(x::VARCHAR, 'C')",
      't.email',
      'mode(x)',
      'x.upper()',
      'list_transform([x], y -> y)',
    ],
    sources: [
      'main.customers t',
      't: customers',
      'customers AS t TABLESAMPLE 100%',
      'customers t POSITIONAL JOIN orders',
    ],
    statements: [
      'FROM customers',
      'SUMMARIZE customers',
      'DESCRIBE customers',
      'SELECT main.customers.email FROM main.customers ORDER BY 1',
      'PIVOT customers ON region USING max(email)',
      'PIVOT customers ON email USING count(*)',
      "SELECT * FROM (PIVOT customers ON region IN ('north', 'south') USING max(name))",
      'UNPIVOT (SELECT email, phone FROM customers) ON email, phone',
      'SELECT * REPLACE (1 AS id) FROM customers',
      'SELECT note::INT FROM orders',
      'SELECT error(note) FROM orders',
      'SELECT 1 // (amount - 11) FROM orders',
      'SELECT rowid FROM customers',
      'SELECT * FROM memory.main.customers',
      'SHOW TABLES',
      "SELECT * FROM 'customers'",
      "SELECT COLUMNS(c -> c LIKE 'e%') FROM customers ORDER BY 1",
    ],
  },
];

/** Statements that every dialect reads. */
const common = [
  'SELECT * FROM customers ORDER BY id',
  'SELECT c.* FROM customers AS c ORDER BY c.id',
  'SELECT customers.email FROM customers ORDER BY customers.email',
  'SELECT email AS e FROM customers ORDER BY e',
  "SELECT id FROM customers WHERE name = 'Ada Canary'",
  "SELECT count(*) FROM customers WHERE email LIKE 'ada%'",
  'SELECT id FROM customers WHERE salary > 50000',
  'SELECT id FROM customers ORDER BY name, salary DESC, id',
  'SELECT max(name), min(email), count(DISTINCT phone), sum(salary) FROM customers',
  'SELECT name, count(*) FROM customers GROUP BY name ORDER BY 2',
  'SELECT region FROM customers GROUP BY region HAVING max(salary) > 51000',
  "SELECT CASE WHEN name = 'Ada Canary' THEN 'yes' ELSE 'no' END FROM customers ORDER BY id",
  'SELECT coalesce(name, email) FROM customers ORDER BY id',
  'WITH x AS (SELECT email AS v FROM customers) SELECT v FROM x ORDER BY v',
  'WITH RECURSIVE r AS (SELECT id, name FROM customers WHERE id = 1 UNION ALL SELECT c.id, c.name FROM customers c JOIN r ON c.id = r.id + 1) SELECT * FROM r',
  'SELECT v FROM (SELECT phone AS v FROM customers UNION ALL SELECT name FROM customers) AS u ORDER BY v',
  'SELECT name FROM customers EXCEPT SELECT note FROM orders ORDER BY 1',
  'SELECT a.id, b.id FROM customers a JOIN customers b ON a.email = b.email ORDER BY 1, 2',
  'SELECT count(*) FROM customers a JOIN customers b USING (salary)',
  'SELECT count(*) FROM customers a NATURAL JOIN customers b',
  'SELECT id, lag(name) OVER (ORDER BY id), rank() OVER (ORDER BY salary), first_value(email) OVER (PARTITION BY region ORDER BY id) FROM customers ORDER BY id',
  'SELECT (SELECT max(c.email) FROM customers c WHERE c.id = o.customer_id) FROM orders o ORDER BY o.id',
  'SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.name = o.note)',
  'SELECT count(*), sum(amount) FROM orders',
  'SELECT region, sum(amount) FROM orders GROUP BY region',
  'SELECT * FROM orders ORDER BY id',
  'SELECT max(note) FROM orders',
  "SELECT * FROM orders WHERE region = 'south' OR 1 = 1 ORDER BY id",
  'SELECT c.id, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY 1',
  'SELECT count(*) FROM (SELECT * FROM orders) AS s, (SELECT * FROM orders) AS t',
  'SELECT * FROM reachable',
  "SELECT upper(name), lower(email), length(phone), replace(email, '@', ''), substr(phone, 1, 5), concat(name, email) FROM customers ORDER BY id",
  'SELECT (SELECT amount FROM orders WHERE id = 20)',
  'SELECT 1 FROM orders WHERE amount = 11',
  'VALUES ((SELECT max(name) FROM customers))',
  'SELECT x.name FROM customers AS x, customers AS y WHERE x.id = y.id ORDER BY 1',
] as const;

const person: PersonFacts = { slack_user: 'U1', region: 'north' };

describe.each(dialects)(
  'what stands in the place of tables in $dialect',
  ({ dialect, open, skip, looks, sources, statements }) => {
    const test = skip ? it.skip : it;
    const sides: Engine[] = [];
    let catalogue: Catalogue;
    let policy: SqlPolicy;

    beforeAll(async () => {
      if (skip) return;
      for (const side of [0, 1] as const) sides.push(await open('shields.sql', sideOf(side)));
      catalogue = await (sides[0] as Engine).catalogue();
      const schema = catalogue.searchPath[0];
      policy = {
        hiddenColumns: [],
        approvedFunctions: [],
        maskedColumns: {
          [`${schema}.customers.name`]: 'full',
          [`${schema}.customers.email`]: 'email',
          [`${schema}.customers.phone`]: 'last4',
          [`${schema}.customers.salary`]: 'null',
        },
        rowPolicies: { [`${schema}.orders`]: 'region = :region -- their own' },
      };
    });
    afterAll(async () => {
      for (const side of sides) await side.close();
    });

    const check = (
      sql: string,
      changed: Partial<SqlPolicy> = {},
      who: PersonFacts | undefined = person,
    ): Promise<CheckedSql> =>
      checkSql(sql, {
        dialect,
        catalogue,
        policy: { ...policy, ...changed },
        person: who,
        maxRows: 100,
        syntax: (sides[0] as Engine).syntax,
      });
    async function refusalOf(...given: Parameters<typeof check>): Promise<MemoriError | undefined> {
      try {
        await check(...given);
        return undefined;
      } catch (error) {
        if (!isMemoriError(error, 'sql_refused')) throw error;
        return error;
      }
    }
    const outcomeOf = (engine: Engine, sql: CheckedSql): Promise<unknown> =>
      engine.rows(sql).catch((error: MemoriError) => ({ failed: error.details?.message ?? error.message }));
    const json = (value: unknown) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one));

    let read = 0;
    /** Both databases must answer alike, errors included. */
    async function expectAlike(sql: string): Promise<void> {
      const checked = await check(sql).catch((error: MemoriError) => {
        if (isMemoriError(error, 'sql_refused')) return undefined;
        throw error;
      });
      if (checked === undefined) return;
      // Written out, read and written out again it is the same.
      expect((await check(checked.asAsked)).asAsked).toBe(checked.asAsked);
      const [one, other] = [await outcomeOf(sides[0] as Engine, checked), await outcomeOf(sides[1] as Engine, checked)];
      if (Array.isArray(one)) read += 1;
      // What has no order, or the same place in it, comes in any: DuckDB's threads hand rows over as they finish, and
      // MariaDB sorts what it has put aside. DuckDB also names any of several masks that cannot be cast first.
      const seen = (outcome: unknown) => {
        if (dialect !== 'duckdb' && dialect !== 'mysql') return json(outcome);
        return Array.isArray(outcome) ? outcome.map(json).sort() : json(outcome).replace(/'\*{3}[^']*'/g, "'***'");
      };
      expect([sql, seen(other)]).toEqual([sql, seen(one)]);
    }

    test('tells nothing of what is masked or left out', async () => {
      for (const sql of [...common, ...statements]) await expectAlike(sql);
      // Most are read: nothing would be proved by refusing them.
      expect(read).toBeGreaterThan(30);
    });

    test('shows masks, and only the rows of who asks', async () => {
      const engine = sides[0] as Engine;
      const rows = async (sql: string, ...more: readonly [Partial<SqlPolicy>?, PersonFacts?]) =>
        JSON.parse(json(await engine.rows(await check(sql, ...more))));
      expect(await rows('SELECT name, email, phone, salary FROM customers WHERE id < 4 ORDER BY id')).toEqual([
        ['***', '***@example.com', '***4242', null],
        ['***', '***@example.org', '***4343', null],
        ['***', '***', '***', null],
      ]);
      expect(await rows('SELECT id, region FROM orders ORDER BY id')).toEqual([10, 11, 12].map((id) => [id, 'north']));
      expect(await rows('SELECT count(*) FROM orders', {}, { region: "south' OR '1'='1" })).toEqual([[0]]);
      if (dialect === 'sqlite') return;
      const hashed = {
        maskedColumns: { [`${catalogue.searchPath[0]}.customers.name`]: 'hash' },
        maskKey: 'some key',
      } as const;
      const [[first], [second]] = await rows('SELECT name FROM customers WHERE id < 3 ORDER BY id', hashed);
      expect([first, second]).toEqual([
        expect.stringMatching(/^[0-9a-f]{16}$/i),
        expect.stringMatching(/^[0-9a-f]{16}$/i),
      ]);
      expect(first).not.toBe(second);
      expect(await rows('SELECT count(*) FROM customers a JOIN customers b ON a.name = b.name', hashed)).toEqual([[3]]);
    });

    test('refuses whom nothing is known of, plans, and views nobody vouched for', async () => {
      const reasonOf = async (...given: Parameters<typeof check>) => (await refusalOf(...given))?.details;
      const unknown = expect.objectContaining({
        reason: 'row_policy',
        message: expect.stringContaining('your region'),
      });
      expect(await reasonOf('SELECT 1 FROM orders', {}, {})).toEqual(unknown);
      expect(await reasonOf('SELECT 1 FROM customers', {}, {})).toBeUndefined();
      expect(await reasonOf('EXPLAIN SELECT * FROM customers')).toMatchObject({
        reason: 'row_policy',
        what: 'EXPLAIN',
      });
      expect(await reasonOf('SELECT email FROM reachable')).toMatchObject({ reason: 'row_policy' });
      expect(
        await reasonOf('SELECT email FROM reachable', { openViews: [`${catalogue.searchPath[0]}.reachable`] }),
      ).toBeUndefined();
    });

    test('people see, edit and run again what was asked, not what stands in its place', async () => {
      const { text, asAsked, relations } = await check('SELECT email FROM customers');
      expect(asAsked.replace('\n', ' ')).toBe('SELECT email FROM customers');
      expect(text).toContain('***');
      expect(relations).toEqual([`${catalogue.searchPath[0]}.customers`]);
      if (dialect !== 'postgres') return;
      // A role may find another table under the name alone than the login did.
      const asRole = await check('WITH t AS (SELECT 1) SELECT o.id FROM orders AS o, t', {
        rowPolicies: {},
        session: { settings: {}, role: 'clerk' },
      });
      expect(asRole.text).toMatch(/FROM public\.orders( AS)? o,\s+t\b/);
      expect(asRole.asAsked).not.toContain('public');
    });

    test('keeps no values of what is masked or filtered, and says that it is', () => {
      const whole = {
        ...catalogue,
        tables: catalogue.tables.map((table) => ({
          ...table,
          columns: table.columns.map((column) => ({ ...column, values: ['canary'] })),
        })),
      };
      const applied = applyPolicy(whole, policy, dialect);
      const kept = applied.tables.flatMap((table) =>
        table.columns.filter(({ values }) => values.length > 0).map(({ name }) => `${table.name}.${name}`),
      );
      expect(kept.sort()).toEqual(['customers.id', 'customers.region']);
      expect(applied.tables.find(({ name }) => name === 'customers')?.columns[1]?.comment).toContain('masked');
    });

    test('a policy that names what is not there is refused, with the nearest name', () => {
      const schema = catalogue.searchPath[0];
      const wrong = (changed: Partial<SqlPolicy>) => () =>
        requirePolicyNames(catalogue, { ...openPolicy, ...changed }, dialect);
      expect(wrong(policy)).not.toThrow();
      const name = `${schema}.customers.emial`;
      expect(wrong({ hiddenColumns: [name], writtenAt: { [name]: 'shop.yaml, line 3' } })).toThrow(
        /^shop\.yaml, line 3: hidden_columns names .*emial/,
      );
      expect(wrong({ maskedColumns: { [name]: 'full' } })).toThrow(
        expect.objectContaining({ code: 'config_invalid', next: expect.stringContaining(`${schema}.customers.email`) }),
      );
      expect(wrong({ rowPolicies: { [`${schema}.order`]: '1 = 1' } })).toThrow(/row_policies/);
    });

    test('a condition that the engine cannot read is refused with its line and the nearest column', async () => {
      const orders = `${catalogue.searchPath[0]}.orders`;
      const engine = sides[0] as Engine;
      const query = (sql: CheckedSql) =>
        engine.rows(sql).catch((error: unknown) => Promise.reject(queryError(error, limits.timeoutMs, false)));
      const database = { name: 'shop', dialect, query } as unknown as Database;
      const tried = (condition: string, people: SqlPolicy['people'] = { U1: person }) =>
        requireShields(
          catalogue,
          { ...policy, people, rowPolicies: { [orders]: condition } },
          { database, syntax: engine.syntax },
        );
      await tried('region = :region -- their own');
      await tried('customer_id IN (SELECT id FROM customers WHERE region = :region)');
      // Known of nobody yet: nobody reads the table either.
      await tried('region = :branch');
      await tried('region = :branch', { U1: person, U2: { branch: 'north' } });
      const writtenAt = { [orders]: 'shop.yaml, line 7' };
      const source = createDataSource({
        name: 'shop',
        description: '',
        database: { ...database, catalogue: async () => catalogue },
        syntax: engine.syntax,
        policy: { ...policy, people: { U1: person }, rowPolicies: { [orders]: 'regoin = :region' }, writtenAt },
        today: () => '2026-01-01',
        ttlMs: 1,
      });
      await expect(source.refresh()).rejects.toMatchObject({
        code: 'config_invalid',
        message: expect.stringMatching(/^shop\.yaml, line 7: row_policies: .*regoin/),
        next: expect.stringContaining('Did you mean region?'),
      });
      for (const wrong of ['region =', 'region = :region)', "region = 'north", 'no_such_function(region)'])
        await expect(tried(wrong)).rejects.toMatchObject({ code: 'config_invalid' });
      const gone = { ...database, query: () => Promise.reject(new MemoriError('database_unavailable', 'gone')) };
      await expect(requireShields(catalogue, policy, { database: gone, syntax: engine.syntax })).rejects.toMatchObject({
        code: 'database_unavailable',
      });
    });

    test('tells nothing in queries made at random', async () => {
      const column = fc.constantFrom('t.name', 't.email', 't.phone', 't.salary', 'name');
      const look = fc
        .tuple(
          fc.constantFrom(
            'x',
            'max(x)',
            'count(DISTINCT x)',
            'x || x',
            'CASE WHEN x IS NULL THEN 1 ELSE 2 END',
            'row_number() OVER (PARTITION BY x ORDER BY id)',
            'CAST(x AS CHAR(5))',
            '(SELECT min(amount) FROM orders WHERE note = x)',
            ...looks,
          ),
          column,
        )
        .map(([form, name]) => form.replace(/\bx\b/g, name));
      const source = fc.constantFrom(
        'customers AS t',
        'customers AS s JOIN customers AS t ON s.name = t.name',
        '(SELECT * FROM customers) AS t',
        'orders AS o JOIN customers AS t ON t.id = o.customer_id',
        ...sources,
      );
      const where = fc.oneof(
        fc.constant(''),
        column.map((name) => ` WHERE ${name} > 'B'`),
        column.map((name) => ` WHERE ${name} IN (SELECT note FROM orders)`),
      );
      const rest = fc.oneof(
        fc.constant(''),
        column.map((name) => ` ORDER BY ${name}`),
        column.map((name) => ` GROUP BY ${name}`),
      );
      const core = fc
        .tuple(fc.array(look, { minLength: 1, maxLength: 3 }), source, where, rest)
        .map(([items, from, condition, end]) => `SELECT ${items.join(', ')} FROM ${from}${condition}${end}`);
      const query = fc.oneof(
        { weight: 3, arbitrary: core },
        { weight: 1, arbitrary: core.map((sql) => `WITH w AS (${sql}) SELECT * FROM w`) },
        { weight: 1, arbitrary: core.map((sql) => `SELECT count(*) FROM (${sql}) AS q`) },
        {
          weight: 1,
          arbitrary: fc
            .tuple(look, look, source)
            .map(([a, b, from]) => `SELECT ${a} FROM ${from} UNION ALL SELECT ${b} FROM ${from}`),
        },
      );
      await fc.assert(fc.asyncProperty(query, expectAlike), { numRuns: 80 });
    });
  },
);

describe('what a source file says of what may be read', () => {
  it('is read with its lines; a mask may be written as a bare null', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memori-policy-'));
    const path = join(folder, 'shop.yaml');
    writeFileSync(
      path,
      [
        'masked_columns:',
        '  public.customers.email: email',
        '  public.customers.salary: null',
        'row_policies:',
        '  public.orders: region = :region',
        'people:',
        '  U1: { region: north, level: 3 }',
        'session_settings: { app.person: :slack_user,',
        '  app.level: 3 }',
        'session_role: clerk',
      ].join('\n'),
    );
    const policy = sourcePolicy(await readSourceFile(path));
    expect(policy).toMatchObject({
      maskedColumns: { 'public.customers.email': 'email', 'public.customers.salary': 'null' },
      rowPolicies: { 'public.orders': 'region = :region' },
      people: { U1: { region: 'north', level: '3' } },
      session: { settings: { 'app.person': ':slack_user', 'app.level': '3' }, role: 'clerk' },
      writtenAt: {
        'public.customers.salary': `${path}, line 3`,
        'public.orders': `${path}, line 5`,
        'app.level': `${path}, line 9`,
        session_role: `${path}, line 10`,
      },
    });
    writeFileSync(path, '');
    expect(sourcePolicy(await readSourceFile(path)).session).toBeUndefined();
    writeFileSync(path, 'masked_columns:\n  public.customers.email: rot13\n');
    await expect(readSourceFile(path)).rejects.toMatchObject({ code: 'config_invalid' });
    rmSync(folder, { recursive: true });
  });

  it('is added to by admins, for functions of the database’s own, which are called by their schema', async () => {
    const kept = new Map<string, unknown>();
    const documents = {
      all: async () => [...kept].map(([id, value]) => ({ id, value })),
      put: async (id: string, value: unknown) => void kept.set(id, value),
      delete: async (id: string) => void kept.delete(id),
      clear: async () => kept.clear(),
    };
    let now = 0;
    const clock = { now: () => new Date(now) };
    const approvals = await openFunctionApprovals(documents, clock);
    const elsewhere = await openFunctionApprovals(documents, clock);
    await approvals.approve('shop', 'public.set_config');
    expect(elsewhere.of('shop')).toEqual([]);
    now += 2_000;
    await elsewhere.refresh();
    expect(elsewhere.of('shop')).toEqual(['public.set_config']);
    const column = { name: 'id', dataType: 'integer', type: 'integer', nullable: true, comment: undefined } as const;
    const table = { schema: 'public', name: 'orders', kind: 'table', comment: undefined, rowEstimate: 1 } as const;
    const catalogue: Catalogue = {
      dataSource: 'shop',
      searchPath: ['public'],
      hash: '',
      tables: [
        { ...table, primaryKey: [], foreignKeys: [], columns: [{ ...column, values: [], valuesComplete: false }] },
      ],
    };
    const { text } = await checkSql('SELECT set_config(id) FROM orders', {
      dialect: 'postgres',
      catalogue,
      policy: { ...openPolicy, approvedFunctions: approvals.of('shop') },
      maxRows: 10,
      syntax: createPostgresSyntax(),
    });
    expect(text).toContain('public.set_config(id)');
    const refused = (name: string, dialect: DialectName) => () => requireOwnFunction(name, dialect, catalogue);
    expect(refused('public.tax_rate', 'postgres')).not.toThrow();
    for (const name of ['pg_read_file', 'pg_catalog.pg_read_file', 'public.a.b', 'public.a b'])
      expect(refused(name, 'postgres')).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    expect(refused('main.getenv', 'duckdb')).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    // Whoever checks SQL asks for the catalogue first, which is when a source looks.
    const data = { name: 'shop', catalogue: async () => catalogue } as unknown as RefreshableDataSource;
    const examples = { en: [], zh: [] };
    const options = { data, policy: openPolicy, queries: [], examples, dates: { read: () => [] } };
    const source = createSource({ ...options, approvals: elsewhere });
    await approvals.approve('shop', 'public.sooner');
    now += 2_000;
    await source.catalogue(never);
    expect(source.policy.approvedFunctions).toContain('public.sooner');
    await approvals.revoke('shop', 'public.sooner');
    // Neither process undoes what the other did.
    await elsewhere.approve('shop', 'public.tax_rate');
    expect(await approvals.revoke('shop', 'public.set_config')).toBe(true);
    expect(await approvals.revoke('shop', 'public.set_config')).toBe(false);
    expect(approvals.of('shop')).toEqual(['public.tax_rate']);
    const same = approvals.of('shop');
    now += 2_000;
    await approvals.refresh();
    expect(approvals.of('shop')).toBe(same);
    documents.all = () => Promise.reject(new Error('no store'));
    now += 2_000;
    await approvals.refresh();
    expect(approvals.of('shop')).toEqual([]);
  });
});
