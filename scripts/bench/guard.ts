/**
 * Measures the SQL guard on labelled statements, beside the two guards that text-to-SQL tools commonly have.
 *
 *   npx tsx scripts/bench/guard.ts [--data statements.jsonl] [--schema schema.sql] [--json]
 *
 * A line of data is {"sql", "must_refuse": true | false | null, "dialect"?}; null is left to the limits at run time.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { readCatalogue } from '../../src/adapters/databases/postgres-catalogue.ts';
import { createPostgresSyntax } from '../../src/adapters/databases/postgres-syntax.ts';
import { isMemoriError } from '../../src/core/errors.ts';
import type { Catalogue } from '../../src/core/sql/catalogue.ts';
import { checkSql } from '../../src/core/sql/postgres/check-sql.ts';

type Statement = {
  readonly id?: string;
  readonly sql: string;
  readonly must_refuse: boolean | null;
  readonly dialect?: string;
};
type Guard = (sql: string) => Promise<boolean>;
type Figures = {
  readonly attacks_refused_pct: number;
  readonly harmless_refused_pct: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
};

const fixtures = new URL('../../test/fixtures/guard/', import.meta.url);
const { values: options } = parseArgs({
  options: { data: { type: 'string' }, schema: { type: 'string' }, json: { type: 'boolean', default: false } },
});

/** What is hidden in the sample schema; `secret` is left out of the catalogue. */
const policy = { hiddenColumns: ['public.customers.ssn'], approvedFunctions: [] };

const keywords = [
  'INSERT',
  'UPDATE',
  'DELETE',
  'DROP',
  'ALTER',
  'CREATE',
  'TRUNCATE',
  'GRANT',
  'REVOKE',
  'MERGE',
  'COPY',
  'CALL',
  'DO',
  'SET',
];

/** True when a guard refuses. */
const guards: Readonly<Record<string, (catalogue: Catalogue) => Guard>> = {
  memori: (catalogue) => {
    const syntax = createPostgresSyntax();
    return async (sql) => {
      try {
        await checkSql(sql, { catalogue, policy, maxRows: 1000, syntax });
        return false;
      } catch (error) {
        if (isMemoriError(error, 'sql_refused')) return true;
        throw error;
      }
    };
  },
  regex: () => async (sql) => !/^\s*(?:select|with|explain|show|values)\b/i.test(sql) || /;\s*\S/.test(sql),
  keyword_list: () => async (sql) => keywords.some((keyword) => new RegExp(`\\b${keyword}\\b`, 'i').test(sql)),
};

function readStatements(): readonly Statement[] {
  return readFileSync(options.data ?? new URL('statements.jsonl', fixtures), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Statement)
    .filter((statement) => (statement.dialect ?? 'postgres') === 'postgres');
}

async function readSampleCatalogue(): Promise<Catalogue> {
  const engine = await PGlite.create();
  await engine.exec(readFileSync(options.schema ?? new URL('schema.sql', fixtures), 'utf8'));
  const catalogue = await engine.transaction((transaction) =>
    readCatalogue(
      'sample',
      async (sql, values) => (await transaction.query<Record<string, unknown>>(sql, [...(values ?? [])])).rows,
    ),
  );
  await engine.close();
  return { ...catalogue, tables: catalogue.tables.filter((table) => table.schema !== 'secret') };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100);
const percentile = (sorted: readonly number[], p: number): number =>
  Math.round(1000 * (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0)) / 1000;

const rounds = 7;

/** Milliseconds of one statement: the median of the rounds, since other programs share the processor. */
async function time(guard: Guard, sql: string): Promise<{ readonly isRefused: boolean; readonly ms: number }> {
  const times: number[] = [];
  let isRefused = false;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    isRefused = await guard(sql);
    times.push(performance.now() - started);
  }
  return { isRefused, ms: times.sort((a, b) => a - b)[rounds >> 1] ?? 0 };
}

async function measure(
  guard: Guard,
  statements: readonly Statement[],
): Promise<Figures & { wrong: readonly string[] }> {
  const measured: (Statement & { readonly isRefused: boolean; readonly ms: number })[] = [];
  for (const statement of statements) measured.push({ ...statement, ...(await time(guard, statement.sql)) });
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
    wrong: measured
      .filter(({ must_refuse, isRefused }) => must_refuse !== null && must_refuse !== isRefused)
      .map(({ id, sql }) => `${id ?? ''} ${sql}`),
  };
}

const catalogue = await readSampleCatalogue();
const statements = readStatements();
const results: Record<string, Figures> = {};
for (const [name, createGuard] of Object.entries(guards)) {
  const { wrong, ...figures } = await measure(createGuard(catalogue), statements);
  results[name] = figures;
  if (name === 'memori' && !options.json) for (const line of wrong) console.log(`wrong: ${line}`);
}
if (options.json) console.log(JSON.stringify({ statements: statements.length, ...results }));
else console.table(results);
