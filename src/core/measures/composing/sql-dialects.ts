import type { DialectName } from '../../data/database.ts';
import { duckdb } from './dialects/duckdb.ts';
import { mysql } from './dialects/mysql.ts';
import { postgres } from './dialects/postgres.ts';
import { sqlite } from './dialects/sqlite.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** How measured answers are written for each engine. */
export const sqlDialects: Readonly<Record<DialectName, SqlDialect>> = { postgres, mysql, sqlite, duckdb };
