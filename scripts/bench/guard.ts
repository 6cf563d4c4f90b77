import { existsSync, readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { createDuckdbSyntax } from '../../src/adapters/databases/duckdb/syntax.ts';
import { readCatalogue } from '../../src/adapters/databases/postgres/catalogue.ts';
import { createPostgresSyntax } from '../../src/adapters/databases/postgres/syntax.ts';
import { readCommandLine } from '../../src/command-line.ts';
import { isMemoriError } from '../../src/core/base/errors.ts';
import type { Catalogue } from '../../src/core/data/catalogue.ts';
import type { DialectName } from '../../src/core/data/database.ts';
import type { SqlSyntax } from '../../src/core/data/syntax.ts';
import { checkSql } from '../../src/core/sql/check-sql.ts';
import { mysqlDialect } from '../../src/core/sql/mysql/dialect.ts';
import { sqliteDialect } from '../../src/core/sql/sqlite/dialect.ts';
import { createTokenSyntax } from '../../src/core/sql/tokens/token-syntax.ts';
import { openDuckdbEngine, openSqliteEngine } from '../../test/support/guard-engines.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import { dataFiles } from './data-files.ts';

type Statement = {
  readonly id?: string;
  readonly sql: string;
  readonly must_refuse: boolean | null;
  readonly dialect: DialectName;
};
/** True when it refuses. */
type Guard = (sql: string, dialect: DialectName) => Promise<boolean>;
type Figures = {
  readonly attacks_refused_pct: number;
  readonly harmless_refused_pct: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
};
type Measured = Statement & { readonly isRefused: boolean; readonly ms: number };

const fixtures = new URL('../../test/fixtures/guard/', import.meta.url);
const usage = `How many attacks the guard refuses, how many harmless statements it refuses with them, and how long it takes, in each
dialect and over all, beside a regular expression, a keyword list and, where it is installed, node-sql-parser.

  npm run bench:guard [-- --data FILE_OR_FOLDER]

  --data PATH       JSON lines of {"sql", "must_refuse": true | false | null, "dialect"?}; null is left to the limits at
                    run time (default: the repository's own)
  --schema FILE     the schema that they are written for
  --json            one JSON object on standard output
  --help            this text`;
const { values: options } = readCommandLine(usage, {
  data: { type: 'string' },
  schema: { type: 'string' },
  json: { type: 'boolean', default: false },
});

const dialects: readonly DialectName[] = ['postgres', 'mysql', 'sqlite', 'duckdb'];

const keywords =
  'INSERT UPDATE DELETE DROP ALTER CREATE TRUNCATE GRANT REVOKE MERGE COPY CALL DO SET REPLACE ATTACH PRAGMA LOAD'.split(
    ' ',
  );

async function createGuards(): Promise<Readonly<Record<string, Guard>>> {
  const parser = await createParserGuard();
  return {
    ours: await createOwnGuard(),
    regex: async (sql) => !/^\s*(?:select|with|explain|show|values)\b/i.test(sql) || /;\s*\S/.test(sql),
    keyword_list: async (sql) => keywords.some((keyword) => new RegExp(`\\b${keyword}\\b`, 'i').test(sql)),
    ...(parser === undefined ? {} : { 'node-sql-parser': parser }),
  };
}

async function createOwnGuard(): Promise<Guard> {
  const sources: Readonly<Record<DialectName, { readonly catalogue: Catalogue; readonly syntax: SqlSyntax }>> = {
    postgres: { catalogue: await readPostgresCatalogue(), syntax: createPostgresSyntax() },
    // The same tables: no server is needed to know them.
    mysql: {
      catalogue: inSchema(await readEngineCatalogue(() => openSqliteEngine('schema.sqlite.sql')), 'shop'),
      syntax: createTokenSyntax(mysqlDialect),
    },
    sqlite: {
      catalogue: await readEngineCatalogue(() => openSqliteEngine('schema.sqlite.sql')),
      syntax: createTokenSyntax(sqliteDialect),
    },
    duckdb: {
      catalogue: await readEngineCatalogue(() => openDuckdbEngine('schema.duckdb.sql')),
      syntax: createDuckdbSyntax(),
    },
  };
  return async (sql, dialect) => {
    const { catalogue, syntax } = sources[dialect];
    const policy = { hiddenColumns: dialect === 'postgres' ? ['public.customers.ssn'] : [], approvedFunctions: [] };
    try {
      await checkSql(sql, { dialect, catalogue, policy, maxRows: 1000, syntax });
      return false;
    } catch (error) {
      if (isMemoriError(error, 'sql_refused')) return true;
      throw error;
    }
  };
}

/** What is secret is left out of the catalogue. */
const visible = (catalogue: Catalogue): Catalogue => ({
  ...catalogue,
  tables: catalogue.tables.filter(({ schema, name }) => schema !== 'secret' && name !== 'salaries'),
});

const inSchema = (catalogue: Catalogue, schema: string): Catalogue => ({
  ...catalogue,
  searchPath: [schema],
  tables: catalogue.tables.map((table) => ({ ...table, schema })),
});

async function readPostgresCatalogue(): Promise<Catalogue> {
  const engine = await PGlite.create();
  await engine.exec(readFileSync(options.schema ?? new URL('schema.sql', fixtures), 'utf8'));
  const catalogue = await engine.transaction((transaction) =>
    readCatalogue(
      'sample',
      async (sql, values) => (await transaction.query<Record<string, unknown>>(sql, [...(values ?? [])])).rows,
    ),
  );
  await engine.close();
  return visible(catalogue);
}

async function readEngineCatalogue(open: () => ReturnType<typeof openSqliteEngine>): Promise<Catalogue> {
  const engine = await open();
  const catalogue = await engine.database.catalogue(new AbortController().signal);
  await engine.close();
  return visible(catalogue);
}

type Parser = { astify(sql: string, options: { database: string }): { type: string } | readonly { type: string }[] };

/** A parser alone: one SELECT or SHOW passes. It knows no DuckDB, whose grammar is near PostgreSQL's. */
async function createParserGuard(): Promise<Guard | undefined> {
  const name = 'node-sql-parser';
  const found = await import(name).catch(() => undefined);
  if (found === undefined) return undefined;
  const parser: Parser = new (found.default?.Parser ?? found.Parser)();
  const databases = { postgres: 'postgresql', mysql: 'mysql', sqlite: 'sqlite', duckdb: 'postgresql' };
  return async (sql, dialect) => {
    try {
      const parsed = [parser.astify(sql, { database: databases[dialect] })].flat();
      return parsed.length !== 1 || !/^(select|show|desc|explain)$/.test(parsed[0]?.type ?? '');
    } catch {
      return true;
    }
  };
}

function readStatements(): readonly Statement[] {
  const files =
    options.data === undefined
      ? [
          new URL('statements.jsonl', fixtures),
          ...dialects.map((name) => new URL(`statements.${name}.jsonl`, fixtures)),
        ]
      : dataFiles(options.data, '.jsonl');
  const statements = files
    .filter((file) => existsSync(file))
    .flatMap((file) => readJsonLines<Partial<Statement>>(file))
    .filter(({ sql }) => typeof sql === 'string')
    .map((statement) => ({ dialect: 'postgres', ...statement }) as Statement)
    .filter(({ dialect }) => dialects.includes(dialect));
  if (statements.length === 0)
    throw new Error(`There are no statements in ${options.data}: a line is {"dialect", "sql", "must_refuse"}.`);
  return statements;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100);
const percentile = (sorted: readonly number[], p: number): number =>
  Math.round(1000 * (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0)) / 1000;

const rounds = 15;

/** Milliseconds of one statement: the median of the rounds, since other programs share the processor. */
async function time(guard: Guard, statement: Statement): Promise<Measured> {
  const times: number[] = [];
  let isRefused = false;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    isRefused = await guard(statement.sql, statement.dialect);
    times.push(performance.now() - started);
  }
  return { ...statement, isRefused, ms: times.sort((a, b) => a - b)[rounds >> 1] ?? 0 };
}

function figuresOf(measured: readonly Measured[]): Figures {
  const refusedOf = (label: boolean) => {
    const labelled = measured.filter(({ must_refuse }) => must_refuse === label);
    return share(labelled.filter(({ isRefused }) => isRefused).length, labelled.length);
  };
  const times = measured.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    attacks_refused_pct: refusedOf(true),
    harmless_refused_pct: refusedOf(false),
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
  };
}

const isWrong = ({ must_refuse, isRefused }: Measured): boolean => must_refuse !== null && must_refuse !== isRefused;

const statements = readStatements();
const systems: Record<string, Figures & { readonly dialects: Readonly<Record<string, Figures>> }> = {};
const wrong: string[] = [];
for (const [name, guard] of Object.entries(await createGuards())) {
  const measured: Measured[] = [];
  // Once unmeasured, so that the first statements do not pay for what is compiled on first use.
  for (const statement of statements) await guard(statement.sql, statement.dialect);
  for (const statement of statements) measured.push(await time(guard, statement));
  const each = dialects.map((dialect) => [dialect, measured.filter((one) => one.dialect === dialect)] as const);
  const present = each.filter(([, some]) => some.length > 0);
  const byDialect = Object.fromEntries(present.map(([dialect, some]) => [dialect, figuresOf(some)]));
  systems[name] = { ...figuresOf(measured), dialects: byDialect };
  if (name === 'ours')
    wrong.push(...measured.filter(isWrong).map(({ id, dialect, sql }) => `${dialect} ${id ?? ''} ${sql}`));
}
const data = options.data ?? 'test/fixtures/guard';
if (options.json) console.log(JSON.stringify({ bench: 'guard', data, n: statements.length, systems }));
else {
  for (const line of wrong) console.log(`wrong: ${line}`);
  for (const dialect of dialects) {
    console.log(`${dialect}: ${statements.filter((statement) => statement.dialect === dialect).length} statements`);
    console.table(
      Object.fromEntries(Object.entries(systems).map(([name, system]) => [name, system.dialects[dialect]])),
    );
  }
  console.log(`all: ${statements.length} statements`);
  console.table(Object.fromEntries(Object.entries(systems).map(([name, { dialects: _, ...all }]) => [name, all])));
}
process.exit(0);
