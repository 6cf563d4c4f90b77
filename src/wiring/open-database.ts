import { join } from 'node:path';
import { openDuckdb } from '../adapters/databases/duckdb/database.ts';
import { createDuckdbSyntax } from '../adapters/databases/duckdb/syntax.ts';
import { openMysql } from '../adapters/databases/mysql/database.ts';
import { openPglite } from '../adapters/databases/pglite/database.ts';
import { openPostgres } from '../adapters/databases/postgres/database.ts';
import { createPostgresSyntax } from '../adapters/databases/postgres/syntax.ts';
import { openSqlite } from '../adapters/databases/sqlite/database.ts';
import type { SourceFile } from '../adapters/sources/read-source-file.ts';
import type { SourceConfig } from '../config/source-configs.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Database, DialectName } from '../core/data/database.ts';
import type { SqlSyntax } from '../core/data/syntax.ts';
import { mysqlDialect } from '../core/sql/mysql/dialect.ts';
import { sqliteDialect } from '../core/sql/sqlite/dialect.ts';
import { createTokenSyntax } from '../core/sql/tokens/token-syntax.ts';
import { repository } from '../repository.ts';

/** How long opening a data source may take, independent of the limit for queries. Milliseconds. */
const openingMs = 30_000;

/** Opens a data source with the adapter of its kind. Errors: `database_unavailable`, `config_invalid`. */
export async function openDatabase(
  source: SourceConfig,
  config: Config,
  logger: Logger,
  { schemas, files }: Partial<Pick<SourceFile, 'schemas' | 'files'>>,
): Promise<Database> {
  switch (source.kind) {
    case 'demo':
      return openPglite({
        name: 'shop',
        dump: join(repository, 'demo', 'shop.tar.gz'),
        timeoutMs: openingMs,
        logger,
      });
    case 'postgres':
      return openPostgres({
        name: source.name,
        url: source.url,
        ...(schemas ? { searchPath: schemas } : {}),
        statementTimeoutMs: config.query.timeoutMs,
        pool: config.concurrency.total,
      });
    case 'mysql':
      return openMysql({
        name: source.name,
        url: source.url,
        statementTimeoutMs: config.query.timeoutMs,
        pool: config.concurrency.total,
      });
    case 'sqlite':
      return openSqlite({ name: source.name, path: source.path, timeoutMs: openingMs, logger });
    case 'duckdb':
      return openDuckdb({
        name: source.name,
        path: source.path,
        ...(files ? { files } : {}),
        timeoutMs: openingMs,
        logger,
      });
  }
}

/** The parser that the guard of a dialect uses. */
export function createSyntax(dialect: DialectName): SqlSyntax {
  switch (dialect) {
    case 'postgres':
      return createPostgresSyntax();
    case 'mysql':
      return createTokenSyntax(mysqlDialect);
    case 'sqlite':
      return createTokenSyntax(sqliteDialect);
    case 'duckdb':
      return createDuckdbSyntax();
  }
}
