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

/** The first pass warms the just-in-time compiler up; a bot answers its first question after seconds, not at once. */
async function measure(
  guard: Guard,
  statements: readonly Statement[],
): Promise<Figures & { wrong: readonly string[] }> {
  for (const { sql } of statements) await guard(sql);
  const times: number[] = [];
  const refused = { attacks: 0, harmless: 0 };
  const wrong: string[] = [];
  for (const { id, sql, must_refuse } of statements) {
    const started = performance.now();
    const isRefused = await guard(sql);
    times.push(performance.now() - started);
    if (must_refuse === true && isRefused) refused.attacks += 1;
    if (must_refuse === false && isRefused) refused.harmless += 1;
    if (must_refuse !== null && must_refuse !== isRefused) wrong.push(`${id ?? ''} ${sql}`);
  }
  times.sort((a, b) => a - b);
  const count = (label: boolean) => statements.filter((statement) => statement.must_refuse === label).length;
  return {
    attacks_refused_pct: share(refused.attacks, count(true)),
    harmless_refused_pct: share(refused.harmless, count(false)),
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
    wrong,
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
