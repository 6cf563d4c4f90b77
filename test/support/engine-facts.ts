import type { DialectName, Session } from '../../src/core/data/database.ts';

/** How one engine says what the contract of `describeDatabase` asks of all. */
export type EngineFacts = {
  readonly dialect: DialectName;
  readonly searchPath: readonly string[];
  /** Relations of the contract's script → how they are described. */
  readonly views: readonly string[];
  /** Relations beside `people`, `sales` and the views. */
  readonly others: readonly string[];
  /** The engine keeps comments. */
  readonly comments: boolean;
  readonly amountType: string;
  readonly estimates: boolean;
  /** What the engine's planner tells. */
  readonly plans: 'cost and rows' | 'rows' | 'nothing';
  readonly shadowed: readonly string[] | undefined;
  /** Expression, type, cell. */
  readonly cells: readonly (readonly [expression: string, type: string, cell: unknown])[];
  /** The numbers from 1 to n in a column. */
  readonly series: (count: number) => string;
  /** One text of 100 two-byte letters in each of n rows. */
  readonly wide: (count: number) => string;
  /** The type of the column of a query without rows: engines that type values know none. */
  readonly emptyType: string;
  /** Statements that describe. */
  readonly described: readonly string[];
  /** Statements that write. */
  readonly writes: readonly string[];
  /** What is said of `SELECT nope FROM people`. */
  readonly unknownColumn: Readonly<Record<string, unknown>>;
  /** A statement the engine refuses while it runs. */
  readonly failing: string;
  /** A statement that would run for hours. */
  readonly endless: string;
  /** Counts the statements like `endless` that still run; undefined where there is nothing to ask. */
  readonly running: string | undefined;
  /** What the contract's `own_notes` are chosen by; undefined where there is no session that a table could ask. */
  readonly session: Session | undefined;
};

const recursive = (count: number) =>
  `WITH RECURSIVE s(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM s WHERE g < ${count})`;

const plainCells: EngineFacts['cells'] = [
  ['42', 'integer', 42],
  ["'<!channel> =1+1 中国 😀'", 'text', '<!channel> =1+1 中国 😀'],
  ["''", 'text', ''],
];

export const postgresFacts: EngineFacts = {
  dialect: 'postgres',
  searchPath: ['shop', 'public'],
  views: ['big_sales', 'by_country'],
  others: ['own_notes'],
  comments: true,
  amountType: 'numeric(10,2)',
  estimates: true,
  plans: 'cost and rows',
  shadowed: ['length'],
  cells: [
    ...plainCells,
    ['42::int2', 'integer', 42],
    ['9007199254740991::int8', 'integer', 9007199254740991],
    ['9007199254740993::int8', 'integer', '9007199254740993'],
    ['(-9223372036854775808)::int8', 'integer', '-9223372036854775808'],
    ['12.50::numeric', 'number', 12.5],
    ['0.1::float8', 'number', 0.1],
    ['1e21::float8', 'number', 1e21],
    ['1e400::numeric', 'number', `1${'0'.repeat(98)}…`],
    ['12345678901234567890.123::numeric', 'number', '12345678901234567890.123'],
    ["'NaN'::float8", 'number', 'NaN'],
    ["'-Infinity'::float8", 'number', '-Infinity'],
    ['true', 'boolean', true],
    ["date '1815-06-18'", 'date', '1815-06-18'],
    ["date '0044-03-15 BC'", 'date', '0044-03-15 BC'],
    ["date 'infinity'", 'date', 'infinity'],
    ["timestamp '1899-12-31 23:59:59.5'", 'timestamp', '1899-12-31T23:59:59.5'],
    ["timestamptz '2026-03-01 12:00+00'", 'timestamp', '2026-03-01T12:00:00Z'],
    ["timestamp '12026-03-01 00:00'", 'timestamp', '12026-03-01 00:00:00'],
    ["'\\xdeadbeef'::bytea", 'bytes', '\\xdeadbeef'],
    ['\'{"a": [1, null]}\'::jsonb', 'json', '{"a": [1, null]}'],
    ['array[1, null, 3]', 'text', '{1,NULL,3}'],
    ["interval '1 day 2 hours'", 'text', '1 day 02:00:00'],
    ["repeat('x', 5000)", 'text', `${'x'.repeat(99)}…`],
    ["repeat('😀', 60)", 'text', `${'😀'.repeat(49)}…`],
    ['NULL::int', 'integer', null],
  ],
  series: (count) => `SELECT g FROM generate_series(1, ${count}) AS g`,
  wide: (count) => `SELECT repeat('é', 100) FROM generate_series(1, ${count})`,
  emptyType: 'integer',
  described: ['EXPLAIN SELECT 1', 'SHOW server_version'],
  writes: [
    'DELETE FROM shop.sales',
    'CREATE TABLE shop.t AS SELECT 1',
    'SELECT 1; DELETE FROM shop.sales',
    "SELECT setval('x', 1)",
  ],
  unknownColumn: { code: '42703', position: 7 },
  failing: 'SELECT 1 / 0',
  endless: 'SELECT count(*) FROM generate_series(1, 1000000000000) AS g',
  running:
    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%1000000000000%' AND pid <> pg_backend_pid()",
  session: { settings: { 'app.region': ':region' }, role: 'clerk' },
};

export const mysqlFacts: EngineFacts = {
  dialect: 'mysql',
  searchPath: ['shop'],
  views: ['big_sales', 'own_notes'],
  // A partitioned table is one.
  others: ['visits', 'all_notes'],
  comments: true,
  amountType: 'decimal(10,2)',
  estimates: true,
  plans: 'rows',
  shadowed: undefined,
  cells: [
    ...plainCells,
    ['9007199254740993', 'integer', '9007199254740993'],
    ['-9223372036854775807 - 1', 'integer', '-9223372036854775808'],
    ['18446744073709551615', 'integer', '18446744073709551615'],
    ['12.50', 'number', 12.5],
    ['1e21', 'number', 1e21],
    ['12345678901234567890.123', 'number', '12345678901234567890.123'],
    ["date '1815-06-18'", 'date', '1815-06-18'],
    ["timestamp '1899-12-31 23:59:59.5'", 'timestamp', '1899-12-31T23:59:59.5'],
    ["x'deadbeef'", 'bytes', '\\xdeadbeef'],
    ["repeat('x', 5000)", 'text', `${'x'.repeat(99)}…`],
    ["repeat('😀', 60)", 'text', `${'😀'.repeat(49)}…`],
    ["'it''s'", 'text', "it's"],
    ['NULL', 'text', null],
  ],
  series: (count) => `SELECT g FROM (${recursive(count)} SELECT g FROM s) AS t`,
  wide: (count) => `SELECT repeat('é', 100) FROM (${recursive(count)} SELECT g FROM s) AS t`,
  emptyType: 'integer',
  described: ['EXPLAIN SELECT 1', 'SHOW TABLES', 'DESCRIBE people'],
  writes: [
    'DELETE FROM sales',
    'CREATE TABLE t AS SELECT 1',
    'SELECT 1; DELETE FROM sales',
    'DROP TABLE sales',
    "SELECT 1 INTO OUTFILE '/tmp/memori-outfile'",
    'SET GLOBAL max_connections = 1',
    'SHUTDOWN',
  ],
  unknownColumn: { code: 'ER_BAD_FIELD_ERROR' },
  failing: 'SELECT (SELECT id FROM people)',
  endless:
    'SELECT count(*) FROM sales AS a, sales AS b, sales AS c, sales AS d, sales AS e, sales AS f WHERE a.amount + b.amount + c.amount + d.amount + e.amount + f.amount = 0.1',
  running:
    "SELECT count(*) FROM information_schema.processlist WHERE info LIKE '%sales AS f%' AND id <> connection_id()",
  session: { settings: { region: ':region' } },
};

export const sqliteFacts: EngineFacts = {
  dialect: 'sqlite',
  searchPath: ['main'],
  views: ['big_sales'],
  others: [],
  comments: false,
  amountType: 'numeric(10,2)',
  estimates: true,
  plans: 'nothing',
  shadowed: undefined,
  cells: [
    ...plainCells,
    ['9007199254740993', 'integer', '9007199254740993'],
    ['-9223372036854775807 - 1', 'integer', '-9223372036854775808'],
    ['12.50', 'number', 12.5],
    ['0.1', 'number', 0.1],
    ['-1e999', 'number', '-Infinity'],
    ["'1815-06-18'", 'date', '1815-06-18'],
    ["'2026-03-01 12:00:00'", 'timestamp', '2026-03-01T12:00:00'],
    ["x'deadbeef'", 'bytes', '\\xdeadbeef'],
    ["replace(hex(zeroblob(2500)), '00', 'xx')", 'text', `${'x'.repeat(99)}…`],
    ["replace(hex(zeroblob(30)), '00', '😀😀')", 'text', `${'😀'.repeat(49)}…`],
    ['NULL', 'text', null],
  ],
  series: (count) => `${recursive(count)} SELECT g FROM s`,
  wide: (count) => `${recursive(count)} SELECT replace(hex(zeroblob(50)), '0', 'é') FROM s`,
  emptyType: 'text',
  described: ['EXPLAIN QUERY PLAN SELECT 1', "SELECT name FROM pragma_table_info('people')"],
  writes: [
    'DELETE FROM sales',
    'WITH x AS (SELECT 1) DELETE FROM sales',
    'CREATE TABLE t AS SELECT 1',
    'SELECT 1; DELETE FROM sales',
    "ATTACH '/tmp/memori-attached.db' AS e",
    'PRAGMA query_only = 0',
    'EXPLAIN PRAGMA query_only = 0',
    "VACUUM INTO '/tmp/memori-copy.db'",
  ],
  unknownColumn: {},
  failing: "SELECT json('{')",
  endless: 'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t',
  running: undefined,
  session: undefined,
};

export const duckdbFacts: EngineFacts = {
  dialect: 'duckdb',
  searchPath: ['main'],
  views: ['big_sales'],
  others: [],
  comments: true,
  amountType: 'decimal(10,2)',
  estimates: true,
  plans: 'rows',
  shadowed: ['length'],
  cells: [
    ...plainCells,
    ['9007199254740993', 'integer', '9007199254740993'],
    ['(-9223372036854775808)::bigint', 'integer', '-9223372036854775808'],
    ['170141183460469231731687303715884105727::hugeint', 'integer', '170141183460469231731687303715884105727'],
    ['12.50', 'number', 12.5],
    ['0.1::double', 'number', 0.1],
    ['12345678901234567890.123', 'number', '12345678901234567890.123'],
    ["'NaN'::double", 'number', 'NaN'],
    ["'-Infinity'::double", 'number', '-Infinity'],
    ['true', 'boolean', true],
    ["date '1815-06-18'", 'date', '1815-06-18'],
    ["timestamp '1899-12-31 23:59:59.5'", 'timestamp', '1899-12-31T23:59:59.5'],
    ["timestamptz '2026-03-01 12:00:00+00'", 'timestamp', '2026-03-01T12:00:00Z'],
    ["'\\xDE\\xAD'::blob", 'bytes', '\\xdead'],
    ['\'{"a": [1, null]}\'::json', 'json', '{"a": [1, null]}'],
    ['[1, NULL, 3]', 'text', '[1, NULL, 3]'],
    ["repeat('x', 5000)", 'text', `${'x'.repeat(99)}…`],
    ["repeat('😀', 60)", 'text', `${'😀'.repeat(49)}…`],
    ['NULL::int', 'integer', null],
  ],
  series: (count) => `SELECT g FROM range(1, ${count + 1}) AS t(g)`,
  wide: (count) => `SELECT repeat('é', 100) FROM range(${count})`,
  emptyType: 'integer',
  described: [
    'EXPLAIN SELECT 1',
    'SHOW TABLES',
    'SUMMARIZE sales',
    'PIVOT sales ON person USING count(*) GROUP BY sold',
  ],
  writes: [
    'DELETE FROM sales',
    'CREATE TABLE t AS SELECT 1',
    'CREATE TEMP TABLE t AS SELECT 1',
    'SELECT 1; DELETE FROM sales',
    "ATTACH ':memory:' AS e",
    "COPY sales TO '/tmp/memori-copy.csv'",
    "SELECT * FROM read_text('/etc/hostname')",
    'SET threads = 1',
    'INSTALL httpfs',
    'PRAGMA enable_profiling',
    'CALL pragma_version()',
  ],
  unknownColumn: {},
  failing: "SELECT error('x')",
  endless: 'SELECT count(*) FROM range(1000000000000) AS a, range(1000000) AS b WHERE a.range + b.range = -1',
  running: undefined,
  session: undefined,
};
