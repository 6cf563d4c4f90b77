import { isMemoriError } from '../base/errors.ts';
import { sqlDialects } from '../measures/composing/sql-dialects.ts';
import { identifier } from '../measures/model/sql-text.ts';
import { bindSql } from '../sql/bind-sql.ts';
import { columnAt } from '../verified/value-index.ts';
import type { MatchContext, VerifiedMatch, VerifiedQueries, WantedValue } from '../verified/verified-match.ts';
import { type ReadLimits, read } from './read.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** What one look takes at most, beside a question that is waiting. */
const limits = { maxRows: 20, maxBytes: 100_000, maxCellLength: 200, timeoutMs: 2_000 };

/**
 * Matches a question, and when nothing fits looks up what would: names of customers are no list that a catalogue keeps.
 * They are read as the person who asks may read them. Errors: `cancelled`, `database_unavailable`.
 */
export async function matchLookingUp(
  verified: VerifiedQueries,
  question: string,
  context: MatchContext,
  { source, limits: own }: { readonly source: Source; readonly limits: ReadLimits },
  run: Run,
): Promise<VerifiedMatch> {
  const match = verified.match(question, context);
  const wanted = match.kind === 'none' ? verified.wanted(question, context) : [];
  if (wanted.length === 0) return match;
  const { plan, cache } = own;
  const columns = [...new Set(wanted.map(({ column }) => column))];
  const looks = columns.map(async (column) => {
    const texts = wanted.filter((one) => one.column === column).map(({ text }) => text);
    const caps = { ...limits, ...(plan ? { plan } : {}), cache };
    return [column, await lookUp(column, texts, source, caps, run)] as const;
  });
  const found = new Map((await Promise.all(looks)).filter(([, values]) => values.length > 0));
  return found.size === 0 ? match : verified.match(question, { ...context, found });
}

/** As they are written first: an index helps there. Then in any case. */
async function lookUp(
  column: WantedValue['column'],
  texts: readonly string[],
  source: Source,
  caps: ReadLimits,
  run: Run,
): Promise<readonly string[]> {
  const at = columnAt(await source.catalogue(run.signal), column);
  if (at === undefined) return [];
  const name = identifier(at.column.name);
  const from = `${identifier(at.table.schema)}.${identifier(at.table.name)}`;
  const values = Object.fromEntries(texts.map((text, i) => [`v${i}`, text]));
  const names = Object.keys(values).map((one) => `:${one}`);
  const { dialect } = source.database;
  for (const where of [`${name} IN (${names.join(', ')})`, `lower(${name}) IN (${names.map(lower).join(', ')})`]) {
    const sql = sqlDialects[dialect].finish(`SELECT DISTINCT ${name} AS value FROM ${from} WHERE ${where}`);
    const bound = await bindSql(sql, values, { dialect, syntax: source.syntax });
    const found = await rowsOf(read(bound, source, caps, { ...run, progress: () => undefined }));
    if (found.length > 0) return found;
  }
  return [];
}

const lower = (sql: string): string => `lower(${sql})`;

/** What may not be read, or takes too long, is not known by name: the question goes on without. */
async function rowsOf(reading: ReturnType<typeof read>): Promise<readonly string[]> {
  try {
    return (await reading).result.rows.map(([value]) => String(value));
  } catch (error) {
    if (!isMemoriError(error) || error.code === 'cancelled' || error.code === 'database_unavailable') throw error;
    return [];
  }
}
