import type { CheckedSql } from '../../data/database.ts';
import { checkTokens, type TokenCheck } from '../tokens/check-tokens.ts';
import { bindSql } from './bind-sql.ts';
import { sqliteDialect } from './dialect.ts';

/** The guard for SQLite. Errors: as `checkTokens`. */
export const checkSql = (sql: string, options: TokenCheck): CheckedSql =>
  checkTokens(sql, sqliteDialect, bindSql, options);
