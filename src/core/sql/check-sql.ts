import type { CheckedSql } from '../data/database.ts';
import type { SyntaxTree } from '../data/syntax.ts';
import type { CheckOptions } from './check-options.ts';
import { checkSql as checkDuckdb } from './duckdb/check-sql.ts';
import { checkSql as checkMysql } from './mysql/check-sql.ts';
import { checkSql as checkPostgres } from './postgres/check-sql.ts';
import { bindSession } from './session/bind-session.ts';
import { checkSql as checkSqlite } from './sqlite/check-sql.ts';

/**
 * The guard of a data source's dialect. It accepts one read statement on known tables and columns, with functions that
 * only compute, and returns the text written out from what was checked.
 * Errors: `sql_refused` with details {reason, what, message, position?}.
 */
export async function checkSql(input: string | SyntaxTree, options: CheckOptions): Promise<CheckedSql> {
  const { person, policy } = options;
  const checked = await checkStatement(input, options);
  if (person === undefined || policy.session === undefined) return checked;
  return { ...checked, session: bindSession(policy.session, person) };
}

async function checkStatement(input: string | SyntaxTree, options: CheckOptions): Promise<CheckedSql> {
  if (options.dialect === 'postgres') return checkPostgres(input, options);
  const sql = typeof input === 'string' ? input : await options.syntax.deparse(input);
  switch (options.dialect) {
    case 'mysql':
      return checkMysql(sql, options);
    case 'sqlite':
      return checkSqlite(sql, options);
    case 'duckdb':
      return checkDuckdb(sql, options);
  }
}
