import type { DialectName } from '../data/database.ts';
import type { SqlSyntax, SyntaxTree } from '../data/syntax.ts';
import { bindSql as bindDuckdb } from './duckdb/bind-sql.ts';
import { bindSql as bindMysql } from './mysql/bind-sql.ts';
import type { ParameterValue } from './parameter-value.ts';
import { bindSql as bindPostgres } from './postgres/bind-sql.ts';
import { bindSql as bindSqlite } from './sqlite/bind-sql.ts';

/**
 * SQL with each `:name` replaced by a literal of the dialect, ready for `checkSql`. Throws `sql_refused` when the text is
 * not SQL, `invalid_input` when a value is missing or cannot be written as a literal.
 */
export async function bindSql(
  sql: string,
  values: Readonly<Record<string, ParameterValue>>,
  { dialect, syntax }: { readonly dialect: DialectName; readonly syntax: SqlSyntax },
): Promise<string | SyntaxTree> {
  switch (dialect) {
    case 'postgres':
      return bindPostgres(sql, values, syntax);
    case 'mysql':
      return bindMysql(sql, values);
    case 'sqlite':
      return bindSqlite(sql, values);
    case 'duckdb':
      return bindDuckdb(sql, values);
  }
}
