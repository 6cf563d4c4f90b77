import { isMemoriError, withDetails } from '../errors.ts';
import type { Run } from '../run.ts';
import type { Source } from '../source.ts';
import { checkSql } from '../sql/check-sql.ts';
import type { CheckedSql, QueryLimits, ResultRows } from '../sql/database.ts';
import type { SyntaxTree } from '../sql/syntax.ts';

export type Reading = { readonly sql: CheckedSql; readonly result: ResultRows };

/**
 * The only way from SQL to rows: guard, then database. Errors: `sql_refused`, `query_failed`, `query_timeout`,
 * `cancelled`, `database_unavailable`, each with the SQL and the source's name in its details.
 */
export async function read(sql: string | SyntaxTree, source: Source, limits: QueryLimits, run: Run): Promise<Reading> {
  let tried = typeof sql === 'string' ? sql : undefined;
  try {
    run.progress('checking');
    const checked = await check(sql, source, limits, run.signal);
    tried = checked.asAsked;
    run.progress('running');
    return { sql: checked, result: await source.database.query(checked, limits, run.signal) };
  } catch (error) {
    if (!isMemoriError(error)) throw error;
    throw withDetails(error, { source: source.name, ...(tried === undefined ? {} : { sql: tried }) });
  }
}

/** The guard alone: for the modal, which wants to know before anything runs. */
export async function check(
  sql: string | SyntaxTree,
  source: Source,
  limits: QueryLimits,
  signal: AbortSignal,
): Promise<CheckedSql> {
  const catalogue = await source.catalogue(signal);
  const { policy, syntax, database } = source;
  return checkSql(sql, { dialect: database.dialect, catalogue, policy, maxRows: limits.maxRows, syntax });
}
