import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withDatabaseMetrics } from './adapters/databases/with-database-metrics.ts';
import { createChronoDates } from './adapters/dates/chrono-dates.ts';
import { openSemanticFile } from './adapters/semantics/open-semantic-file.ts';
import { readSourceFile } from './adapters/sources/read-source-file.ts';
import { openVerifiedFile } from './adapters/verified/open-verified-file.ts';
import type { SourceConfig } from './config/source-configs.ts';
import type { Config } from './config.ts';
import type { Logger } from './core/logger.ts';
import type { Meanings } from './core/meanings.ts';
import type { Metrics } from './core/metrics.ts';
import { createSource, type Source } from './core/source.ts';
import { createDataSource } from './core/sql/create-data-source.ts';
import { createSyntax, openDatabase } from './open-database.ts';
import { repository } from './repository.ts';

type Opened = <T extends { close(): Promise<unknown> }>(part: T) => T;

/** A database with what people wrote about it: its source file and its verified queries. */
export async function openSource(
  source: SourceConfig,
  config: Config,
  logger: Logger,
  metrics: Metrics,
  meanings: Meanings,
  opened: Opened,
): Promise<Source> {
  const folder = source.kind === 'demo' ? join(repository, 'demo') : resolve(config.sourcesFolder);
  const name = source.kind === 'demo' ? 'shop' : source.name;
  const file = await readSourceFile(join(folder, source.kind === 'demo' ? 'source.yaml' : `${name}.yaml`));
  const verifiedFile = join(folder, file.verified ?? `${name}.verified.yaml`);
  const queries = file.verified || existsSync(verifiedFile) ? await openVerifiedFile(verifiedFile) : [];
  const semanticFile = join(folder, file.semantic ?? `${name}.semantic.yaml`);
  const [semantic] =
    file.semantic || existsSync(semanticFile) ? (await openSemanticFile(semanticFile)).semantic_model : [];
  const database = opened(await openDatabase(source, config, logger, file.schemas));
  const policy = { hiddenColumns: file.hidden_columns, approvedFunctions: file.approved_functions };
  const data = createDataSource({
    name,
    description: file.description || name,
    database: withDatabaseMetrics(database, metrics),
    syntax: createSyntax(database.dialect),
    policy,
    today: () => file.today ?? new Date().toISOString().slice(0, 10),
    ttlMs: config.catalogueTtlMs,
  });
  return createSource({ data, policy, queries, examples: file.examples, dates: createChronoDates(), semantic, meanings });
}
