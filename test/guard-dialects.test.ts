import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isMemoriError, type MemoriError } from '../src/core/base/errors.ts';
import type { Catalogue } from '../src/core/data/catalogue.ts';
import type { CheckedSql, DialectName } from '../src/core/data/database.ts';
import { bindSql } from '../src/core/sql/bind-sql.ts';
import { checkSql } from '../src/core/sql/check-sql.ts';
import type { SqlPolicy } from '../src/core/sql/policy.ts';
import { type GuardEngine, openDuckdbEngine, openMysqlEngine, openSqliteEngine } from './support/guard-engines.ts';
import { readJsonLines } from './support/json-lines.ts';
import { hasMysqlServer } from './support/mysql-server.ts';

type Statement = {
  readonly id: string;
  readonly sql: string;
  readonly class: string;
  readonly must_refuse: boolean | null;
};

const statementsOf = (dialect: string): readonly Statement[] =>
  readJsonLines(new URL(`./fixtures/guard/statements.${dialect}.jsonl`, import.meta.url));

const never = new AbortController().signal;
const limits = { maxRows: 5000, maxBytes: 10_000_000, maxCellLength: 10_000, timeoutMs: 5_000 };

type Dialect = {
  readonly dialect: DialectName;
  readonly open: () => Promise<GuardEngine>;
  readonly skip: boolean;
  /** Every row of every table and the definitions, one query each. */
  readonly everything: readonly string[];
  /** Name, SQL, reason. */
  readonly refused: readonly (readonly [name: string, sql: string, reason: string])[];
  /** Statements the corpus does not have that must pass. */
  readonly accepted: readonly string[];
};

const tables = ['customers', 'products', 'orders', 'employees'];
const long = `SELECT ${'1,'.repeat(40_000)}1`;
const common: Dialect['refused'] = [
  ['a hidden column', 'SELECT ssn FROM customers', 'hidden_column'],
  ['a hidden column in any case', 'SELECT SSN FROM Customers', 'hidden_column'],
  ['a hidden column by its table', 'SELECT customers.ssn FROM customers', 'hidden_column'],
  ['a hidden column by an alias', 'SELECT c.ssn FROM customers AS c', 'hidden_column'],
  ['a hidden column in WHERE', "SELECT id FROM customers WHERE ssn LIKE '1%'", 'hidden_column'],
  ['a hidden column in a sort', 'SELECT id FROM customers ORDER BY ssn', 'hidden_column'],
  ['a hidden column in a group', 'SELECT count(*) FROM customers GROUP BY ssn', 'hidden_column'],
  ['a hidden column in HAVING', "SELECT id FROM customers GROUP BY id HAVING max(ssn) > ''", 'hidden_column'],
  ['a hidden column in a window', 'SELECT sum(id) OVER (ORDER BY ssn) FROM customers', 'hidden_column'],
  ['a hidden column in a join', 'SELECT 1 FROM orders AS o JOIN customers AS c ON c.ssn = o.status', 'hidden_column'],
  ['a hidden column in USING', 'SELECT 1 FROM customers AS a JOIN customers AS b USING (ssn)', 'hidden_column'],
  ['a hidden column in NATURAL JOIN', 'SELECT a.id FROM customers AS a NATURAL JOIN customers AS b', 'hidden_column'],
  ['a hidden column of a query around', 'SELECT (SELECT ssn) FROM customers', 'hidden_column'],
  [
    'a hidden column in a subquery',
    'SELECT id FROM orders WHERE status IN (SELECT ssn FROM customers)',
    'hidden_column',
  ],
  ['a hidden column in a derived table', 'SELECT x FROM (SELECT ssn AS x FROM customers) AS t', 'hidden_column'],
  ['a hidden column in a CTE', 'WITH t AS (SELECT ssn FROM customers) SELECT 1 FROM t', 'hidden_column'],
  ['a hidden column in a second arm', 'SELECT name FROM customers UNION SELECT ssn FROM customers', 'hidden_column'],
  ['a star', 'SELECT * FROM customers', 'hidden_column'],
  ['a star of an alias', 'SELECT c.* FROM customers AS c', 'hidden_column'],
  ['a star in a derived table', 'SELECT id FROM (SELECT * FROM customers) AS t', 'hidden_column'],
  [
    'a table behind a CTE of its name',
    'WITH customers AS (SELECT 1 AS ssn) SELECT ssn FROM customers',
    'hidden_column',
  ],
  ['a table that is not in the catalogue', 'SELECT * FROM nowhere', 'unknown_table'],
  ['a table another source has', 'SELECT * FROM other.nowhere.orders', 'unknown_table'],
  ['a column there is not', 'SELECT nope FROM orders', 'unknown_column'],
  ['a column of no table', 'SELECT x.id FROM orders', 'unknown_column|unknown_table'],
  ['a function there is not', 'SELECT frobnicate(id) FROM orders', 'function'],
  ['a function in a condition', 'SELECT 1 FROM orders WHERE frobnicate(id) = 1', 'function'],
  ['a function of a schema', 'SELECT evil.upper(status) FROM orders', 'function|unknown_column'],
  ['two statements', 'SELECT 1; SELECT 2', 'not_one_statement'],
  ['a write in a CTE', 'WITH t AS (DELETE FROM orders RETURNING id) SELECT 1 FROM t', 'not_a_read|syntax'],
  ['SELECT INTO', 'SELECT id INTO copy FROM orders', 'not_a_read|syntax'],
  ['a lock', 'SELECT id FROM orders FOR UPDATE', 'locking|syntax'],
  ['a parameter', 'SELECT id FROM orders WHERE id = ?', 'parameter'],
  ['no statement', '  -- nothing\n', 'syntax'],
  ['no text', ' ', 'syntax'],
  ['a NUL', "SELECT '\0'", 'syntax'],
  ['an open quote', "SELECT 'x", 'syntax'],
  ['a text without end', long, 'too_long'],
  ['brackets without end', `SELECT ${'('.repeat(10_000)}1`, 'too_deep|syntax'],
  ['queries within queries', `${'SELECT * FROM ('.repeat(500)}SELECT 1${') AS t'.repeat(500)}`, 'too_deep|syntax'],
];

const dialects: readonly Dialect[] = [
  {
    dialect: 'mysql',
    open: () => openMysqlEngine('schema.mysql.sql'),
    skip: !hasMysqlServer(),
    everything: [
      ...[...tables, 'salaries'].map((table) => `CHECKSUM TABLE ${table}`),
      'SELECT * FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position',
      'SELECT table_schema, table_name, table_type FROM information_schema.tables ORDER BY 1, 2',
      'SELECT user, host FROM mysql.user ORDER BY 1, 2',
      'SELECT name FROM mysql.func UNION SELECT routine_name FROM information_schema.routines',
      'SELECT @@GLOBAL.general_log, @@GLOBAL.max_connections, @@GLOBAL.general_log_file, @@GLOBAL.read_only',
    ],
    refused: [
      ...common,
      ['a table left out', 'SELECT amount FROM salaries', 'unknown_table'],
      ['a read through TABLE', 'TABLE customers', 'hidden_column'],
      ['another database', 'SELECT * FROM mysql.user', 'unknown_table'],
      ['the tables of another database', 'SHOW TABLES FROM mysql', 'unknown_table'],
      [
        'a hidden column among groups',
        'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ssn) FROM customers',
        'hidden_column',
      ],
      ['waiting', 'SELECT sleep(10)', 'function'],
      ['a lock by name', "SELECT get_lock('x', 10)", 'function'],
      ['a variable', 'SELECT @x', 'setting'],
      ['an assignment', 'SELECT id FROM orders WHERE (@x := id) > 0', 'setting'],
      ['a setting', 'SELECT @@version', 'setting'],
      ['code in a comment', 'SELECT 1 /*!, sleep(10) */', 'unknown_syntax'],
      ['code in a MariaDB comment', 'SELECT 1 /*M!, sleep(10) */', 'unknown_syntax'],
      ['a hint in a comment', 'SELECT /*+ SET_VAR(sql_mode="") */ 1', 'unknown_syntax'],
      ['what a comment does not hide', 'SELECT 1 --(SELECT load_file(0x2f))', 'function'],
      ['what an escaped backslash does not hide', "SELECT '\\\\', load_file(0x2f)", 'function'],
      ['a file after a set operation', "SELECT 1 UNION SELECT 2 INTO OUTFILE '/tmp/x'", 'not_a_read'],
      ['a file in a subquery', "SELECT * FROM (SELECT 1 INTO DUMPFILE '/tmp/x') AS t", 'syntax'],
      ['PROCEDURE ANALYSE', 'SELECT id FROM orders PROCEDURE ANALYSE()', 'syntax'],
      ['a sequence', 'SELECT NEXT VALUE FOR s', 'locking'],
      ['a share lock', 'SELECT id FROM orders LOCK IN SHARE MODE', 'locking'],
      ['a lock in a subquery', 'SELECT * FROM (SELECT id FROM orders FOR UPDATE) AS t', 'syntax'],
      ['a function that sets', 'SELECT last_insert_id(5)', 'function'],
      ['a gigabyte', "SELECT repeat('x', 1000000000)", 'resource'],
      ['EXPLAIN of a write', 'EXPLAIN DELETE FROM orders', 'unknown_table|syntax|not_a_read'],
      ['ANALYZE', 'ANALYZE SELECT 1', 'not_a_read'],
      ['a described table left out', 'DESCRIBE salaries', 'unknown_table'],
      ['definitions', 'SELECT view_definition FROM information_schema.views', 'hidden_column'],
      ['a quoted function', 'SELECT `sleep`(1)', 'function'],
    ],
    accepted: [
      "SELECT date_add(created_at, INTERVAL 1 DAY), date_format(created_at, '%Y-%m') FROM orders LIMIT 2",
      'SELECT timestampdiff(MONTH, created_at, now()) >= 0, extract(YEAR FROM created_at) FROM orders LIMIT 2',
      "SELECT trim(BOTH 'x' FROM status), substring(status FROM 1 FOR 2), position('a' IN status) FROM orders LIMIT 2",
      "SELECT CASE WHEN amount > 10 THEN 'a' ELSE 'b' END AS k, count(*) FROM orders GROUP BY k ORDER BY count(*) DESC",
      'SELECT o.id FROM orders o WHERE EXISTS (SELECT * FROM customers c WHERE c.id = o.customer_id) ORDER BY o.id LIMIT 3',
      'SELECT status FROM orders GROUP BY status HAVING sum(amount) > ALL (SELECT 1) ORDER BY status',
      'SELECT id, amount / NULLIF((SELECT SUM(amount) FROM orders), 0) AS share, ((SELECT 1) + 1) * 2 FROM orders ORDER BY id',
      '((SELECT id FROM orders) UNION (SELECT 2)) ORDER BY id LIMIT 3',
      'SHOW INDEX FROM orders',
      "SHOW TABLES LIKE 'o%'",
      'SELECT shop.orders.id FROM shop.orders ORDER BY id LIMIT 1',
      'SELECT name, (SELECT max(o.amount) FROM orders AS o WHERE o.customer_id = c.id) AS top FROM customers AS c ORDER BY c.id',
      "SELECT 'a' 'b', _utf8mb4'x', x'41', DATE '2026-01-01', -(-1), NOT 0, 5 DIV 2, 5 MOD 2",
      'SELECT sum(amount) OVER w AS s FROM orders WINDOW w AS (PARTITION BY status ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) ORDER BY id LIMIT 5',
    ],
  },
  {
    dialect: 'sqlite',
    open: () => openSqliteEngine('schema.sqlite.sql'),
    skip: false,
    everything: [
      ...[...tables, 'salaries'].map((table) => `SELECT * FROM ${table} ORDER BY id`),
      'SELECT * FROM sqlite_master ORDER BY name',
      'PRAGMA user_version',
      'PRAGMA journal_mode',
      'PRAGMA database_list',
    ],
    refused: [
      ...common,
      ['a table left out', 'SELECT amount FROM salaries', 'unknown_table'],
      ['definitions', 'SELECT sql FROM sqlite_schema', 'hidden_column'],
      ['definitions by a star', 'SELECT * FROM sqlite_master', 'hidden_column'],
      ['pages of the file', 'SELECT * FROM dbstat', 'unknown_table'],
      ['a pragma as a table', 'SELECT * FROM pragma_function_list()', 'function'],
      ['a pragma as a table without brackets', 'SELECT * FROM pragma_database_list', 'unknown_table'],
      ['an extension', "SELECT load_extension('x')", 'function'],
      ['a quoted function', `SELECT "load_extension"('x')`, 'function'],
      ['a function in brackets', "SELECT [load_extension]('x')", 'function'],
      ['the rowid that is a hidden key', 'SELECT nope.rowid FROM orders', 'unknown_column|unknown_table'],
      ['a table after IN', 'SELECT 1 IN customers', 'syntax'],
      ['a gigabyte', 'SELECT zeroblob(1000000000)', 'resource'],
      ['a variable', 'SELECT @x', 'setting|parameter'],
      ['EXPLAIN of a write', 'EXPLAIN DELETE FROM orders', 'not_a_read'],
      ['a hidden column in double quotes', 'SELECT "ssn" FROM customers', 'hidden_column'],
      ['a hidden column in brackets', 'SELECT [ssn] FROM customers', 'hidden_column'],
    ],
    accepted: [
      'SELECT count(*) FROM orders WHERE status = "paid"',
      'SELECT id, amount / nullif((SELECT sum(amount) FROM orders), 0) AS share, ((SELECT 1) + 1) * 2 FROM orders ORDER BY id',
      'SELECT offset FROM (SELECT 1 AS offset) AS t',
      'SELECT id FROM (SELECT 1 AS id UNION SELECT 2) AS t WHERE id IN ((SELECT 2), 3)',
      'SELECT id FROM orders WHERE status IS NOT NULL AND status NOT LIKE "x%" AND id NOT IN (1, 2) AND id BETWEEN 3 AND 9',
      'SELECT T1.name FROM customers AS T1 JOIN orders AS T2 ON T1.id = T2.customer_id GROUP BY T1.id HAVING count(*) > 1 ORDER BY count(*) DESC, T1.id LIMIT 2',
      'SELECT name FROM customers EXCEPT SELECT T1.name FROM customers AS T1 JOIN orders AS T2 ON T1.id = T2.customer_id',
      'WITH t(a, b) AS (SELECT status, count(*) FROM orders GROUP BY 1) SELECT a, 1.0 * b / (SELECT sum(b) FROM t) FROM t ORDER BY a',
      "SELECT CASE status WHEN 'paid' THEN 1 ELSE 0 END AS paid, sum(amount) FROM orders GROUP BY paid ORDER BY paid",
      "SELECT value FROM json_each('[1,2]') LIMIT (SELECT 1)",
    ],
  },
  {
    dialect: 'duckdb',
    open: () => openDuckdbEngine('schema.duckdb.sql'),
    skip: false,
    everything: [
      ...[...tables, 'secret.salaries'].map((table) => `SELECT * FROM ${table} ORDER BY id`),
      'SELECT schema_name, table_name, sql FROM duckdb_tables() ORDER BY ALL',
      'SELECT view_name, sql FROM duckdb_views() ORDER BY ALL',
      'SELECT database_name, path FROM duckdb_databases() ORDER BY ALL',
      "SELECT name, value FROM duckdb_settings() WHERE name NOT LIKE '%progress%' ORDER BY ALL",
      'SELECT name FROM duckdb_secrets()',
    ],
    refused: [
      ...common.filter(([name]) => name !== 'no statement'),
      ['a table left out', 'SELECT amount FROM secret.salaries', 'unknown_table'],
      ['a file', "SELECT * FROM '/etc/passwd'", 'unknown_table'],
      ['SQL from a text', "SELECT * FROM query('SELECT 1')", 'function'],
      ['a table from a text', "SELECT * FROM query_table('secret.salaries')", 'function'],
      ['a setting', "SELECT current_setting('home_directory')", 'function'],
      ['settings', 'SELECT * FROM duckdb_settings()', 'function'],
      ['secrets', 'SELECT * FROM duckdb_secrets()', 'function'],
      ['a sequence', "SELECT nextval('s')", 'function'],
      ['a whole row', 'SELECT c FROM customers AS c', 'hidden_column'],
      ['a whole row as JSON', 'SELECT to_json(customers) FROM customers', 'hidden_column'],
      ['a field of a whole row', 'SELECT (c).ssn FROM customers AS c', 'hidden_column'],
      ['a hidden column by a method', 'SELECT ssn.upper() FROM customers', 'hidden_column'],
      ['a hidden column by an arrow', "SELECT ssn -> '$.x' FROM customers", 'hidden_column'],
      ['a hidden column in a lambda', 'SELECT list_transform([1], x -> ssn) FROM customers', 'hidden_column'],
      ['a hidden column in COLUMNS', "SELECT COLUMNS('s.n') FROM customers", 'hidden_column'],
      ['a hidden column in COLUMNS of a condition', "SELECT id FROM customers WHERE COLUMNS(*) > '1'", 'hidden_column'],
      ['a hidden column in COLUMNS of a sort', "SELECT id FROM customers ORDER BY COLUMNS('ssn')", 'hidden_column'],
      ['a hidden column put into a sort', 'SELECT id FROM customers ORDER BY * REPLACE (ssn AS id)', 'hidden_column'],
      [
        'a hidden column in COLUMNS of a lambda',
        "SELECT list_transform([1], x -> COLUMNS('ssn')) FROM customers",
        'hidden_column',
      ],
      ['the star of a query around', 'SELECT x.* FROM customers AS c, LATERAL (SELECT c.*) AS x', 'hidden_column'],
      ['a hidden column by place', 'SELECT #3 FROM customers', 'hidden_column'],
      ['a hidden column after REPLACE', 'SELECT * REPLACE (1 AS id) FROM customers', 'hidden_column'],
      ['a hidden column in EXCLUDE of another', 'SELECT * EXCLUDE (name) FROM customers', 'hidden_column'],
      ['a hidden column under new names', 'SELECT c FROM customers AS t(a, b, c)', 'hidden_column'],
      ['a hidden column in a summary', 'SUMMARIZE customers', 'hidden_column'],
      [
        'a hidden column in a pivot',
        'SELECT * FROM (PIVOT customers ON country IN (1) USING count(*))',
        'hidden_column',
      ],
      ['a hidden column in a dynamic pivot', 'PIVOT customers ON country USING count(*)', 'hidden_column'],
      [
        'a hidden column pivoted',
        'PIVOT orders ON status USING max((SELECT max(ssn) FROM customers))',
        'hidden_column',
      ],
      ['a function in a pivot', "PIVOT orders ON status USING max(getenv('HOME'))", 'function'],
      ['a hidden column unpivoted', 'UNPIVOT customers ON ssn', 'hidden_column'],
      ['FROM first', 'FROM customers', 'hidden_column'],
      // DuckDB reads it as a blank, but for one at the very end: a LIMIT after it would change the name.
      [
        'a name that ends in a no-break space',
        'WITH "customers\u00a0" AS (SELECT 1 AS ssn) SELECT ssn, 1e5 FROM customers\u00a0',
        'hidden_column',
      ],
      [
        'a name that ends in a no-break space, and a comment',
        'WITH "customers\u00a0" AS (SELECT 1 AS ssn) /* */ SELECT ssn, 1e5 FROM customers\u00a0',
        'hidden_column',
      ],
      ['an older version', 'SELECT id FROM orders AT (VERSION => 1)', 'unknown_syntax'],
      ['EXPLAIN ANALYZE', 'EXPLAIN ANALYZE SELECT 1', 'not_a_read'],
      ['EXPLAIN with options', 'EXPLAIN (ANALYZE) SELECT 1', 'not_a_read'],
      ['EXPLAIN of a hidden column', 'EXPLAIN SELECT ssn FROM customers', 'hidden_column'],
      ['a gigabyte', "SELECT repeat('x', 1000000000)", 'resource'],
      ['a parameter', 'SELECT $x', 'parameter'],
    ],
    accepted: [
      'SELECT * EXCLUDE (ssn, created_at) FROM customers ORDER BY id',
      'SELECT c.* EXCLUDE (ssn, created_at) FROM customers AS c ORDER BY c.id',
      'DESCRIBE customers',
      'SELECT country, count(*) FROM customers GROUP BY ALL ORDER BY ALL DESC NULLS LAST',
      'SELECT id FROM customers AS c WHERE EXISTS (SELECT * FROM orders AS o WHERE o.customer_id = c.id) ORDER BY id',
      'SELECT status, count(*) FILTER (WHERE amount > 10) FROM orders GROUP BY ALL ORDER BY ALL',
      'SELECT id FROM orders QUALIFY row_number() OVER (PARTITION BY status ORDER BY id) = 1 ORDER BY id',
      "SELECT date_trunc('month', created_at) + INTERVAL 1 MONTH, meta ->> '$.k', meta -> '$.n' FROM orders ORDER BY id LIMIT 2",
      'SELECT [x * 2 for x in [1, 2, 3] if x > 1], list_reduce([1, 2], (x, y) -> x + y)',
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t ORDER BY n',
      "SELECT * FROM (PIVOT orders ON status IN ('paid', 'open') USING sum(amount) GROUP BY customer_id) ORDER BY customer_id",
    ],
  },
];

const isStable = (sql: string): boolean => !/\bnow\b|random|sample|connection_id|explain/i.test(sql);

describe.each(dialects)('the guard for $dialect', ({ dialect, open, skip, everything, refused, accepted }) => {
  const test = skip ? it.skip : it;
  let engine: GuardEngine;
  let catalogue: Catalogue;
  let policy: SqlPolicy;

  beforeAll(async () => {
    if (skip) return;
    engine = await open();
    const whole = await engine.database.catalogue(never);
    catalogue = { ...whole, tables: whole.tables.filter(({ name }) => name !== 'salaries') };
    policy = { hiddenColumns: [`${whole.searchPath[0]}.customers.ssn`], approvedFunctions: [] };
  });
  afterAll(() => engine?.close());

  const check = (sql: string, maxRows = 5000): Promise<CheckedSql> =>
    checkSql(sql, { dialect, catalogue, policy, maxRows, syntax: engine.syntax });

  async function refusalOf(sql: string): Promise<MemoriError | undefined> {
    try {
      await check(sql);
      return undefined;
    } catch (error) {
      if (!isMemoriError(error, 'sql_refused')) throw error;
      return error;
    }
  }

  async function fingerprintOfEverything(): Promise<string> {
    const hash = createHash('sha256');
    for (const sql of everything) hash.update(await engine.ownerRows(sql));
    return hash.digest('hex');
  }

  test('lets no attack through, and nothing changes, not even past the guard', async () => {
    const attacks = statementsOf(dialect).filter((statement) => statement.must_refuse === true);
    const before = await fingerprintOfEverything();
    const through: string[] = [];
    for (const { id, sql } of attacks) {
      if ((await refusalOf(sql)) === undefined) through.push(id);
      // The engine's own wall: as the product opens it, an attack that had passed could still not write.
      const unguarded = { text: sql, dialect, relations: [] } as unknown as CheckedSql;
      await engine.database.query(unguarded, { ...limits, timeoutMs: 300 }, never).catch(() => {});
    }
    expect(through).toEqual([]);
    expect(await fingerprintOfEverything()).toBe(before);
    expect(attacks.length).toBeGreaterThan(40);
  });

  test('lets every harmless statement through, with the same rows', async () => {
    const harmless = statementsOf(dialect).filter((statement) => statement.must_refuse === false);
    for (const sql of [...harmless.map((statement) => statement.sql), ...accepted]) {
      const visible = { ...policy, hiddenColumns: [] };
      const { text } = await checkSql(sql, {
        dialect,
        catalogue,
        policy: visible,
        maxRows: 5000,
        syntax: engine.syntax,
      });
      const original = await engine.ownerRows(sql.replace(/;\s*$/, '')).catch((error: Error) => error.message);
      // What this server's version does not know, and strings that SQLite would take for columns.
      if (/syntax|TABLE products|no such column|Unsupported/i.test(original)) continue;
      if (isStable(sql)) expect([sql, await engine.ownerRows(text)]).toEqual([sql, original]);
    }
    expect(harmless.length).toBeGreaterThan(30);
  });

  test.each(refused)('refuses %s', async (_, sql, reason) => {
    const refusal = await refusalOf(sql);
    expect(String(refusal?.details?.reason)).toMatch(new RegExp(`^(${reason})$`));
  });

  test.each(accepted)('accepts %s', async (sql) => {
    expect(await refusalOf(sql)).toBeUndefined();
  });

  test('says what is near, and where', async () => {
    expect(await refusalOf('SELECT 1 FROM ordres')).toMatchObject({
      next: 'Did you mean orders?',
      details: { reason: 'unknown_table', what: 'ordres', position: 14 },
    });
    expect(await refusalOf("SELECT '中国', custmer_id FROM orders")).toMatchObject({
      next: 'Did you mean customer_id?',
      details: { reason: 'unknown_column', position: 13 },
    });
  });

  test('asks for one row more than is used, and shows the text without that', async () => {
    expect(await check('SELECT id FROM orders', 10)).toMatchObject({
      text: expect.stringMatching(/LIMIT 11$/),
      asAsked: 'SELECT id FROM orders',
      dialect,
      relations: [expect.stringMatching(/\.orders$/)],
    });
  });

  test('calls an approved function only when it is approved', async () => {
    expect((await refusalOf('SELECT double_it(id) FROM orders'))?.details).toMatchObject({ reason: 'function' });
    const approving = { ...policy, approvedFunctions: ['double_it'] };
    const options = { dialect, catalogue, policy: approving, maxRows: 10, syntax: engine.syntax };
    expect((await checkSql('SELECT double_it(id) FROM orders', options)).text).toContain('double_it(id)');
  });

  test('binds values as literals that come back as they went in', async () => {
    const sql = "SELECT :value AS v, ':value' AS w /* :value */";
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      fc.constantFrom("' OR 1=1 -- ", '\\', "\\'; DROP TABLE orders; --", '"', '*/ x /*', ':value', '', '中国😀'),
      fc.integer(),
    );
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const bound = await bindSql(sql, { value: given }, { dialect, syntax: engine.syntax });
        const { text } = await check(bound as string);
        const result = await engine.database.query({ text } as CheckedSql, limits, never);
        const cell = result.rows[0]?.[0];
        expect(typeof given === 'number' ? Number(cell) : cell).toBe(given);
        expect(result.rows[0]?.[1]).toBe(':value');
      }),
      { numRuns: 60 },
    );
  });

  test('binds dates, truths and minus signs, and nothing else', async () => {
    const bound = await bindSql(
      'SELECT count(*) FROM orders WHERE last_update >= :day AND is_deleted = :no AND amount > 3 -:less',
      { day: { date: '2026-01-01' }, no: false, less: -5 },
      { dialect, syntax: engine.syntax },
    );
    const { text } = await check(bound as string);
    expect((await engine.database.query({ text } as CheckedSql, limits, never)).rows[0]?.[0]).toBe(353);
    const bind = (values: Record<string, never>) =>
      bindSql('SELECT :value', values, { dialect, syntax: engine.syntax });
    await expect(bind({})).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(bind({ value: Number.NaN as never })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(bind({ value: { date: "2026-01-01'" } as never })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('never lets a hidden column out of queries made at random', async () => {
    const name = fc.constantFrom(
      'id',
      'name',
      'ssn',
      'c.ssn',
      'customers.ssn',
      '*',
      'c.*',
      'country',
      'max(ssn)',
      'x.ssn',
    );
    const from = fc.constantFrom(
      'customers',
      'customers AS c',
      'orders AS o JOIN customers AS c ON c.id = o.customer_id',
      '(SELECT * FROM customers) AS c',
      '(SELECT id, name FROM customers) AS c',
      '(SELECT ssn AS name, id FROM customers) AS c',
    );
    const query = fc
      .tuple(
        fc.array(name, { minLength: 1, maxLength: 3 }),
        from,
        fc.constantFrom('', ' WHERE ssn IS NULL', ' ORDER BY 1'),
      )
      .map(([names, source, rest]) => `SELECT ${names.join(', ')} FROM ${source}${rest}`);
    // Hidden values are nine digits.
    await fc.assert(
      fc.asyncProperty(query, async (sql) => {
        const checked = await check(sql).catch(() => undefined);
        if (checked === undefined) return;
        const result = await engine.database.query(checked, limits, never).catch(() => undefined);
        expect(JSON.stringify(result?.rows ?? [])).not.toMatch(/"0{7}\d\d"/);
      }),
      { numRuns: 100 },
    );
  });
});
