import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCatalogue } from '../src/adapters/databases/postgres/catalogue.ts';
import { createPostgresSyntax } from '../src/adapters/databases/postgres/syntax.ts';
import { isMemoriError, type MemoriError } from '../src/core/base/errors.ts';
import type { Catalogue } from '../src/core/data/catalogue.ts';
import type { SyntaxTree } from '../src/core/data/syntax.ts';
import { openPolicy, type SqlPolicy } from '../src/core/sql/policy.ts';
import { bindParameters, parseTemplate } from '../src/core/sql/postgres/bind-sql.ts';
import { checkSql } from '../src/core/sql/postgres/check-sql.ts';
import { sameTree } from '../src/core/sql/postgres/same-tree.ts';
import { readJsonLines } from './support/json-lines.ts';
import { createPglite } from './support/pglite.ts';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/guard/${name}`, import.meta.url), 'utf8');

type Statement = {
  readonly id: string;
  readonly sql: string;
  readonly class: string;
  readonly must_refuse: boolean | null;
};

const statements = readJsonLines<Statement>(new URL('./fixtures/guard/statements.jsonl', import.meta.url));
const attacks = statements.filter((statement) => statement.must_refuse === true);
const harmless = statements.filter((statement) => statement.must_refuse === false);

const syntax = createPostgresSyntax();
const policy = { hiddenColumns: ['public.customers.ssn'], approvedFunctions: ['public.double_it'] };
let engine: PGlite;
let catalogue: Catalogue;

const check = (input: string | SyntaxTree, maxRows = 5000) => checkSql(input, { catalogue, policy, maxRows, syntax });

/** The refusal, or undefined when the statement is let through. */
async function refusalOf(input: string | SyntaxTree): Promise<MemoriError | undefined> {
  try {
    await check(input);
    return undefined;
  } catch (error) {
    if (!isMemoriError(error, 'sql_refused')) throw error;
    return error;
  }
}

beforeAll(async () => {
  engine = await createPglite();
  await engine.exec(fixture('schema.sql'));
  await engine.exec("CREATE FUNCTION double_it(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2'");
  await engine.exec("CREATE FUNCTION upper(orders) RETURNS text LANGUAGE sql AS 'SELECT $$not ours$$'");
  const whole = await engine.transaction((transaction) =>
    readCatalogue(
      'shop',
      async (sql, values) => (await transaction.query<Record<string, unknown>>(sql, [...(values ?? [])])).rows,
    ),
  );
  catalogue = { ...whole, tables: whole.tables.filter((table) => table.schema !== 'secret') };
});
afterAll(() => engine.close());

/** Every row of every table, and the catalogue itself. */
async function fingerprintOfEverything(): Promise<string> {
  const { rows: tables } = await engine.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'secret') ORDER BY 1",
  );
  const hash = createHash('sha256');
  for (const { name } of tables) {
    const { rows } = await engine.query(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS rows FROM ${name} AS t`,
    );
    hash.update(JSON.stringify([name, rows]));
  }
  const { rows } = await engine.query(
    'SELECT (SELECT md5(string_agg(c::text, $$|$$ ORDER BY c.oid)) FROM (SELECT oid, relname, relkind, relacl FROM pg_class) AS c) AS classes, ' +
      '(SELECT md5(string_agg(p.oid::text, $$|$$ ORDER BY p.oid)) FROM pg_proc AS p) AS functions, ' +
      '(SELECT md5(string_agg(r::text, $$|$$ ORDER BY r.oid)) FROM pg_roles AS r) AS roles, (SELECT last_value FROM orders_id_seq) AS sequence',
  );
  return hash.update(JSON.stringify(rows)).digest('hex');
}

describe('the corpus', () => {
  it('lets no attack reach the database, and nothing changes', async () => {
    const before = await fingerprintOfEverything();
    const let_through: string[] = [];
    for (const attack of attacks) {
      const checked = await check(attack.sql).catch((error: unknown) => {
        if (!isMemoriError(error, 'sql_refused')) throw error;
        expect(error.details).toMatchObject({
          reason: expect.any(String),
          what: expect.any(String),
          message: expect.any(String),
        });
        return undefined;
      });
      if (checked === undefined) continue;
      let_through.push(attack.id);
      await engine.query(checked.text).catch(() => {});
    }
    expect(let_through).toEqual([]);
    expect(await fingerprintOfEverything()).toBe(before);
    expect(attacks.length).toBeGreaterThan(150);
  });

  it('lets every harmless statement through, with the same result', async () => {
    for (const { id, sql } of harmless) {
      const checked = await check(sql);
      const original = await engine.query(sql.replace(/;[;\s]*(--[^'\n]*\s*)?$/, ''), [], { rowMode: 'array' });
      const written = await engine.query(checked.text, [], { rowMode: 'array' });
      expect([id, written.fields, written.rows]).toEqual([id, original.fields, original.rows]);
    }
    expect(harmless.length).toBeGreaterThan(80);
  });
});

describe('what is refused', () => {
  it.each([
    // PostgreSQL reads `x.name` and `(x).name` as `name(x)` when there is no such column.
    ['a function called as a field', 'SELECT (600).pg_sleep', 'unknown_column'],
    ['a function called as a column', 'SELECT s.pg_sleep FROM generate_series(5, 5) AS s', 'unknown_column'],
    [
      'a file read as a field',
      "SELECT (x.f).pg_read_file FROM (SELECT '/etc/passwd'::text AS f) AS x",
      'unknown_column',
    ],
    ['a file read from an array', "SELECT (ARRAY['/etc/passwd'])[1].pg_read_file", 'unknown_column'],
    ['a whole row as a field', 'SELECT c.row_to_json FROM customers AS c', 'unknown_column'],
    ['a hidden column called as a function', 'SELECT ssn(c) FROM customers AS c', 'function'],
    ['a hidden column in NATURAL JOIN', 'SELECT a.id FROM customers AS a NATURAL JOIN customers AS b', 'hidden_column'],
    ['a hidden column under an output name', 'SELECT id AS ssn FROM customers GROUP BY ssn', 'hidden_column'],
    ['a hidden column in a window', 'SELECT sum(id) OVER (ORDER BY ssn) FROM customers', 'hidden_column'],
    [
      'a hidden column in a named window',
      'SELECT sum(id) OVER w FROM customers WINDOW w AS (ORDER BY ssn)',
      'hidden_column',
    ],
    ['a hidden column in LIMIT', 'SELECT 1 LIMIT (SELECT count(ssn) FROM customers)', 'hidden_column'],
    ['a hidden column in DISTINCT ON', 'SELECT DISTINCT ON (ssn) id FROM customers', 'hidden_column'],
    ['a hidden column in a grouping set', 'SELECT 1 FROM customers GROUP BY ROLLUP (id, ssn)', 'hidden_column'],
    ['a hidden column through LATERAL', 'SELECT x.* FROM customers AS c, LATERAL (SELECT c.ssn) AS x', 'hidden_column'],
    ['a hidden column through a join alias', 'SELECT j.ssn FROM (orders CROSS JOIN customers) AS j', 'hidden_column'],
    ['a table behind a CTE of its name', 'WITH customers AS (SELECT * FROM customers) SELECT 1', 'hidden_column'],
    ['a recursive CTE nobody reads', 'WITH RECURSIVE t AS (SELECT ssn FROM customers) SELECT 1', 'hidden_column'],
    ['a star in a set operation', 'SELECT 1, 2, 3, 4, now() UNION SELECT * FROM customers', 'hidden_column'],
    [
      'a row in a JSON table',
      "SELECT 1 FROM JSON_TABLE((SELECT to_jsonb(c) FROM customers AS c), '$' COLUMNS (x text PATH '$.ssn')) AS j",
      'hidden_column',
    ],
    ['a hidden statistic', 'SELECT reltuples FROM pg_class', 'hidden_column'],
    ['a name looked up at run time', "SELECT (name || '')::regclass FROM customers", 'type'],
    ['a name looked up by JSON', "SELECT 1 FROM json_to_record('{}') AS x(a regclass)", 'type'],
    ['a hidden name as regclass', "SELECT 'secret.salaries'::regclass", 'unknown_table'],
    ['the size of a hidden table', "SELECT pg_total_relation_size('secret.salaries')", 'unknown_table'],
    ['the size of any oid', 'SELECT pg_relation_size(oid) FROM pg_class', 'function'],
    ['SQL in a text search', "SELECT ts_rewrite('a'::tsquery, 'SELECT 1')", 'function'],
    ['an operator of somebody else', 'SELECT id FROM orders ORDER BY id USING OPERATOR(evil.<)', 'operator'],
    ['a sampling method of somebody else', 'SELECT id FROM orders TABLESAMPLE evil.method(1)', 'function'],
    ['a collation of somebody else', 'SELECT name COLLATE evil.c FROM products', 'type'],
    ['EXPLAIN with a second ANALYZE', 'EXPLAIN (ANALYZE off, ANALYZE) SELECT 1', 'not_a_read'],
    ['EXPLAIN of another statement', 'EXPLAIN CREATE TABLE t AS SELECT 1', 'not_a_read'],
    ['all settings', 'SHOW ALL', 'setting'],
    ['a setting with a path', 'SHOW data_directory', 'setting'],
    ['a parameter without a value', 'SELECT $1', 'parameter'],
    ['another database', 'SELECT 1 FROM other.public.orders', 'unknown_table'],
    ['a gigabyte in one value', "SELECT repeat('x', 1000000000)", 'resource'],
    ['no statement', '  -- nothing\n', 'not_one_statement'],
    ['no text', ' ', 'syntax'],
    ['a NUL', 'SELECT 1\0', 'syntax'],
    ['a text without end', `SELECT ${'1,'.repeat(40_000)}1`, 'too_long'],
    ['brackets without end', `SELECT ${'('.repeat(20_000)}1`, 'too_deep'],
    ['a sum without end', `SELECT ${'1+'.repeat(20_000)}1`, 'too_deep'],
    ['a sum the parser still takes', `SELECT ${'1+'.repeat(2_000)}1`, 'too_deep'],
    ['queries within queries', `${'SELECT * FROM ('.repeat(1500)}SELECT 1${') AS t'.repeat(1500)}`, 'too_deep'],
  ])('%s', async (_, sql, reason) => {
    expect((await refusalOf(sql))?.details).toMatchObject({ reason });
  });

  it('is found in time however queries are nested', async () => {
    const nested = (depth: number): string =>
      depth === 0
        ? 'SELECT 1 AS x'
        : `WITH RECURSIVE t AS (${nested(depth - 1)} UNION ALL SELECT x FROM t) SELECT x FROM t`;
    // Resolving each part twice would take 2^25 steps.
    expect(await refusalOf(nested(25))).toBeUndefined();
  });

  it('says what is near, and where', async () => {
    const cases: readonly (readonly [sql: string, what: string, next: string, position: number])[] = [
      ['SELECT 1 FROM ordres', 'ordres', 'Did you mean orders?', 14],
      ["SELECT '中国', custmer_id FROM orders", 'custmer_id', 'Did you mean customer_id?', 13],
      [
        "SELECT '😀', lenght(status) FROM orders",
        'lenght',
        'Did you mean length? An admin can approve further functions.',
        13,
      ],
      ['SELECT * FROM customers', '*', 'Name the columns you need: id, name, country, created_at.', 7],
    ];
    for (const [sql, what, next, position] of cases) {
      const refusal = await refusalOf(sql);
      expect([refusal?.details.what, refusal?.next, refusal?.details.position]).toEqual([what, next, position]);
    }
    expect((await refusalOf('SELECT 1 FRM orders x'))?.details).toMatchObject({ reason: 'syntax', position: 13 });
  });
});

describe('what an owner decided', () => {
  const under = (owner: Partial<SqlPolicy>) => (sql: string) =>
    checkSql(sql, { catalogue, policy: { ...openPolicy, ...owner }, maxRows: 100, syntax });

  it('about hidden columns holds from the next statement on, for the same catalogue', async () => {
    const sql = 'SELECT name, country FROM customers';
    await expect(under({})(sql)).resolves.toBeDefined();
    await expect(under({ hiddenColumns: ['public.customers.country'] })(sql)).rejects.toMatchObject({
      details: { reason: 'hidden_column' },
    });
    await expect(under({ hiddenColumns: ['public.customers.ssn'] })(sql)).resolves.toBeDefined();
  });

  it('about masks holds where a nearer alias has the name of a masked table', async () => {
    // The mask takes the schema away, and `customers` alone is then the inner one.
    const sql =
      "SELECT (SELECT public.customers.name FROM (SELECT 'x' AS name) AS customers) AS name FROM public.customers";
    await expect(under({})(sql)).resolves.toBeDefined();
    await expect(under({ maskedColumns: { 'public.customers.name': 'full' } })(sql)).rejects.toMatchObject({
      details: { reason: 'unknown_table', what: 'public.customers' },
    });
  });
});

describe('what is let through', () => {
  it.each([
    'SELECT (o).id, (array_agg(o ORDER BY id))[1].status FROM orders AS o GROUP BY o',
    'SELECT (jsonb_each(meta)).key FROM orders',
    'SELECT e.value, n FROM orders, jsonb_array_elements(meta -> $$arr$$) WITH ORDINALITY AS e(value, n)',
    'SELECT 1 FROM orders AS o WHERE EXISTS (SELECT * FROM customers AS c WHERE c.id = o.customer_id)',
    'WITH RECURSIVE a AS (SELECT x FROM b), b AS (SELECT 1 AS x) SELECT x FROM a',
    'SELECT a.x FROM (SELECT 1 AS x) AS a JOIN (SELECT 1 AS x) AS b USING (x) AS ab WHERE ab.x = 1',
    'SELECT date_trunc($$month$$, created_at) AS m, status, count(*) FROM orders GROUP BY ROLLUP (m, status) ORDER BY m',
    'SELECT public.double_it(2), double_it(3)',
    'SELECT pg_size_pretty(pg_total_relation_size(\'public."orders"\'))',
    'SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace',
    'SELECT * FROM information_schema.columns',
    "SELECT JSON_OBJECT('a': 1), JSON_ARRAYAGG(id) FROM orders",
    "SELECT JSON_VALUE(meta, '$.k' RETURNING text DEFAULT 'x' ON EMPTY), JSON_QUERY(meta, '$.arr' WITH WRAPPER), JSON_EXISTS(meta, '$.k') FROM orders",
    "SELECT j.* FROM orders, JSON_TABLE(meta, '$' COLUMNS (k text PATH '$.k', n FOR ORDINALITY, NESTED PATH '$.arr[*]' COLUMNS (a int PATH '$'))) AS j",
    "SELECT x.a FROM XMLTABLE('/r/i' PASSING ('<r><i><a>1</a></i></r>'::xml) COLUMNS a int PATH 'a', n FOR ORDINALITY) AS x",
  ])('%s', async (sql) => {
    expect(await refusalOf(sql)).toBeUndefined();
  });

  it('means the built-in function where the database has one of the same name', async () => {
    expect((await engine.query('SELECT upper(o) FROM orders AS o LIMIT 1')).rows).toEqual([{ upper: 'not ours' }]);
    const { text } = await check('SELECT upper(o) FROM orders AS o');
    await expect(engine.query(text)).rejects.toThrow('pg_catalog.upper(orders) does not exist');
  });

  it('knows the names PostgreSQL gives to columns without one', async () => {
    const items = [
      "'a'::text::varchar",
      'o.id::text',
      'CASE WHEN true THEN 1 ELSE o.id END',
      'CASE WHEN true THEN 1 ELSE 2::int8 END',
      'coalesce(id, 1)',
      'nullif(id, 1)',
      'greatest(1, 2)',
      'ARRAY[1]',
      'ARRAY(SELECT 1)',
      'EXISTS (SELECT 1)',
      '(SELECT max(id) FROM products)',
      'ROW(1, 2)',
      'current_date',
      'tags[1]',
      '(o).status',
      'extract(year FROM created_at)',
      "trim('x')",
      "position('a' IN 'b')",
      'GROUPING(id)',
      "JSON_OBJECT('a': 1)",
      'xmlelement(name x)',
      '1 + 1',
      '\'x\' COLLATE "C"',
      'count(*) OVER ()',
    ];
    for (const item of items) {
      const group = item.startsWith('GROUPING') ? 'GROUP BY id' : '';
      const { fields } = await engine.query(`SELECT ${item} FROM orders AS o ${group} LIMIT 1`);
      const name = fields[0]?.name ?? '';
      expect([
        item,
        (await refusalOf(`SELECT "${name}" FROM (SELECT ${item} FROM orders AS o ${group}) AS t`))?.message,
      ]).toEqual([item, undefined]);
    }
  });

  it('names the relations it reads', async () => {
    const sql =
      'WITH t AS (SELECT customer_id FROM orders) SELECT c.name FROM customers AS c JOIN t ON t.customer_id = c.id';
    expect((await check(sql)).relations).toEqual(['public.customers', 'public.orders']);
  });

  it.each([
    ['SELECT id FROM orders', 'LIMIT 11'],
    ['SELECT id FROM orders LIMIT 5', 'LIMIT 5'],
    ['SELECT id FROM orders LIMIT 5000 OFFSET 2', 'LIMIT 11 OFFSET 2'],
    ['SELECT id FROM orders LIMIT ALL', 'LIMIT 11'],
    ['SELECT id FROM orders LIMIT NULL', 'LIMIT 11'],
    ['SELECT id FROM orders LIMIT 10000000000000', 'LIMIT 11'],
    ['SELECT id FROM orders LIMIT (SELECT 500)', 'LIMIT LEAST((SELECT 500), 11)'],
    ['SELECT id FROM orders ORDER BY status FETCH FIRST 3 ROWS WITH TIES', 'AS limited LIMIT 11'],
    ['SELECT id FROM orders UNION ALL SELECT id FROM products', 'LIMIT 11'],
    ['VALUES (1), (2)', 'LIMIT 11'],
  ])('%s → %s', async (sql, ending) => {
    const { text } = await check(sql, 10);
    expect(text.replace(/\s+/g, ' ').trim().endsWith(ending)).toBe(true);
    expect((await engine.query(text)).rows.length).toBeLessThanOrEqual(11);
  });
});

/** Random syntax trees over the sample schema, as the parser would give them. */
const node = {
  column: (name: string) => ({ ColumnRef: { fields: [{ String: { sval: 'o' } }, { String: { sval: name } }] } }),
  text: (sval: string) => ({ A_Const: { sval: { sval } } }),
  integer: (ival: number) => ({ A_Const: { ival: ival === 0 ? {} : { ival } } }),
  call: (name: string, args: readonly unknown[]) => ({
    FuncCall: { funcname: [{ String: { sval: name } }], args, funcformat: 'COERCE_EXPLICIT_CALL' },
  }),
  operator: (kind: string, name: string, lexpr: unknown, rexpr: unknown) => ({
    A_Expr: { kind, name: [{ String: { sval: name } }], lexpr, rexpr },
  }),
  select: (target: unknown, where: unknown) => ({
    SelectStmt: {
      targetList: [{ ResTarget: { name: 'x', val: target } }],
      fromClause: [{ RangeVar: { relname: 'orders', inh: true, relpersistence: 'p', alias: { aliasname: 'o' } } }],
      whereClause: where,
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    },
  }),
};

const leaf = fc.oneof(
  fc.constantFrom('id', 'status', 'update', 'drop', 'meta').map(node.column),
  fc
    .string({ unit: 'binary', maxLength: 12 })
    .filter((text) => !text.includes('\0'))
    .map(node.text),
  fc.string({ unit: fc.constantFrom("'", '\\', '"', '$', ';', '-', '/', '*', 'x') }).map(node.text),
  fc.integer({ min: 0, max: 2 ** 31 - 1 }).map(node.integer),
  fc.constant({ A_Const: { isnull: true } }),
);

/** Expressions that hold `seed` somewhere. */
function expressionsAround(seed: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { expression } = fc.letrec((tie) => ({
    expression: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      seed,
      fc
        .tuple(fc.constantFrom('+', '=', '||', '->>', '<>', '~', '@>'), tie('expression'), leaf)
        .map(([name, left, right]) => node.operator('AEXPR_OP', name, left, right)),
      fc
        .tuple(fc.constantFrom('-', '*', '<', '#>'), leaf, tie('expression'))
        .map(([name, left, right]) => node.operator('AEXPR_OP', name, left, right)),
      fc
        .tuple(fc.constantFrom('AND_EXPR', 'OR_EXPR'), tie('expression'), leaf)
        .map(([boolop, arg, first]) => ({ BoolExpr: { boolop, args: [first, arg] } })),
      tie('expression').map((arg) => ({ BoolExpr: { boolop: 'NOT_EXPR', args: [arg] } })),
      tie('expression').map((arg) => ({ NullTest: { arg, nulltesttype: 'IS_NULL' } })),
      fc
        .tuple(
          fc.constantFrom('lower', 'coalesce_', 'max').filter((name) => name !== 'coalesce_'),
          tie('expression'),
        )
        .map(([name, argument]) => node.call(name, [argument])),
      tie('expression').map((arg) => ({ CoalesceExpr: { args: [arg, node.integer(1)] } })),
      fc.tuple(tie('expression'), leaf).map(([expr, result]) => ({
        CaseExpr: { args: [{ CaseWhen: { expr, result } }], defresult: node.integer(0) },
      })),
      fc
        .tuple(leaf, tie('expression'))
        .map(([left, item]) => node.operator('AEXPR_IN', '=', left, { List: { items: [node.integer(1), item] } })),
      tie('expression').map((arg) => ({
        TypeCast: { arg, typeName: { names: [{ String: { sval: 'text' } }], typemod: -1 } },
      })),
      tie('expression').map((value) => ({
        SubLink: { subLinkType: 'EXPR_SUBLINK', subselect: node.select(value, node.integer(1)) },
      })),
      tie('expression').map((element) => ({ A_ArrayExpr: { elements: [element, node.text('a')] } })),
    ),
  }));
  return expression;
}

const treeOf = (target: unknown, where: unknown): SyntaxTree => ({
  version: 180004,
  stmts: [{ stmt: node.select(target, where) }],
});

describe('random trees', () => {
  it('are written out as text that parses to the same tree', async () => {
    await fc.assert(
      fc.asyncProperty(expressionsAround(leaf), expressionsAround(leaf), async (target, where) => {
        const tree = treeOf(target, where);
        expect(sameTree(await syntax.parse(await syntax.deparse(tree)), tree)).toBe(true);
        expect(await refusalOf(tree)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  it('are refused when one thing in them is forbidden, wherever it stands', async () => {
    const hidden = {
      SubLink: {
        subLinkType: 'EXPR_SUBLINK',
        subselect: {
          SelectStmt: {
            targetList: [{ ResTarget: { val: { ColumnRef: { fields: [{ String: { sval: 'ssn' } }] } } } }],
            fromClause: [{ RangeVar: { relname: 'customers', inh: true, relpersistence: 'p' } }],
            limitOption: 'LIMIT_OPTION_DEFAULT',
            op: 'SETOP_NONE',
          },
        },
      },
    };
    const forbidden: readonly (readonly [unknown, string])[] = [
      [node.call('pg_sleep', [node.integer(1)]), 'function'],
      [hidden, 'hidden_column'],
      [node.column('nothing'), 'unknown_column'],
      [node.operator('AEXPR_OP', '<=>', node.integer(1), node.integer(2)), 'operator'],
      [{ ParamRef: { number: 1 } }, 'parameter'],
      [{ CurrentOfExpr: { cursor_name: 'c' } }, 'unknown_syntax'],
      [{ A_Const: { ival: {}, added_by_a_later_version: {} } }, 'unknown_syntax'],
    ];
    for (const [thing, reason] of forbidden) {
      await fc.assert(
        fc.asyncProperty(expressionsAround(fc.constant(thing)), fc.boolean(), async (expression, inWhere) => {
          const tree = inWhere ? treeOf(node.integer(1), expression) : treeOf(expression, node.integer(1));
          expect((await refusalOf(tree))?.details.reason).toBe(reason);
        }),
        { numRuns: 60 },
      );
    }
  });
});

describe('parameters', () => {
  it('are found where they stand for a value and nowhere else', async () => {
    const sql =
      "SELECT ':no', E'\\':no', $$:no$$, a::int, tags[1:2], tags[id:id], '名' AS 名 /* :no */ FROM t -- :no\nWHERE b = :one AND c IN (:two,:one) AND tags[:one] = 'x' LIMIT :n_1";
    const { names, tree } = await parseTemplate(sql, syntax);
    expect(names).toEqual(['one', 'two', 'n_1']);
    const bound = await syntax.deparse(bindParameters({ names, tree }, { one: 1, two: 'x', n_1: 5 }));
    expect(bound.replace(/\s+/g, ' ')).toContain("b = 1 AND c IN ('x', 1) AND (tags)[1] = 'x' LIMIT 5");
  });

  it('become literals of their type, and the guard then sees a whole statement', async () => {
    const template = await parseTemplate(
      'SELECT id FROM orders WHERE last_update >= :from AND amount > :least AND is_deleted = :gone AND status = :status AND id > :low',
      syntax,
    );
    const tree = bindParameters(template, {
      from: { date: '2025-01-31' },
      least: 0.5,
      gone: false,
      status: "it's",
      low: -3,
    });
    const { text } = await check(tree);
    expect(text.replace(/\s+/g, ' ')).toContain(
      "last_update >= '2025-01-31'::date AND amount > 0.5 AND is_deleted = false AND status = 'it''s'",
    );
    await expect(engine.query(text)).resolves.toBeDefined();
    expect((await refusalOf(template.tree))?.details.reason).toBe('parameter');
  });

  it('cannot leave their place, whatever the text', async () => {
    const template = await parseTemplate('SELECT :value AS v', syntax);
    const anyText = fc
      .oneof(
        fc.string({ unit: 'binary' }),
        fc.string({
          unit: fc.constantFrom(
            "'",
            "''",
            '\\',
            '"',
            ';',
            '--',
            '/*',
            '$$',
            ':x',
            '$1',
            'E',
            'U&',
            '\n',
            'DROP TABLE orders',
          ),
        }),
      )
      .filter((text) => !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(anyText, async (value) => {
        const { text } = await check(bindParameters(template, { value }));
        const parsed = await syntax.parse(text);
        expect(JSON.stringify(parsed)).toContain(JSON.stringify({ sval: value }));
        expect((parsed.stmts as unknown[]).length).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [{}, 'value'],
    [{ value: 'a\0b' }, 'NUL'],
    [{ value: Number.NaN }, 'number'],
    [{ value: { date: "2025-01-01'; --" } }, 'date'],
  ])('refuses %j', async (values, word) => {
    const template = await parseTemplate('SELECT :value', syntax);
    expect(() => bindParameters(template, values)).toThrow(
      expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining(word) }),
    );
  });

  it('need a name', async () => {
    await expect(parseTemplate('SELECT $1', syntax)).rejects.toMatchObject({
      code: 'sql_refused',
      details: { reason: 'parameter' },
    });
  });
});
