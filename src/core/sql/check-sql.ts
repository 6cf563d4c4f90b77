import type { Catalogue } from './catalogue.ts';
import type { CheckedSql, DialectName } from './database.ts';
import { checkSql as checkDuckdb } from './duckdb/check-sql.ts';
import { checkSql as checkMysql } from './mysql/check-sql.ts';
import type { PersonFacts, SqlPolicy } from './policy.ts';
import { checkSql as checkPostgres } from './postgres/check-sql.ts';
import { checkSql as checkSqlite } from './sqlite/check-sql.ts';
import type { SqlSyntax, SyntaxTree } from './syntax.ts';

export type CheckOptions = {
  readonly dialect: DialectName;
  readonly catalogue: Catalogue;
  readonly policy: SqlPolicy;
  /** What is known of who asks; nothing by default, and a row policy that needs it then lets nothing through. */
  readonly person?: PersonFacts | undefined;
  /** Rows the caller will use. One more is asked for, so that the database can tell that there was more. */
  readonly maxRows: number;
  readonly syntax: SqlSyntax;
};

/**
 * The guard of the data source's dialect: one read statement, on known tables and columns, with functions that only
 * compute. What runs is written out from what was checked. Throws `sql_refused` with details {reason, what, message,
 * position?}.
 */
export async function checkSql(input: string | SyntaxTree, options: CheckOptions): Promise<CheckedSql> {
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
