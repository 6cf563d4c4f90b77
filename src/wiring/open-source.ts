import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withDatabaseMetrics } from '../adapters/databases/with-database-metrics.ts';
import { createChronoDates } from '../adapters/dates/chrono-dates.ts';
import { openSemanticFile } from '../adapters/sources/open-semantic-file.ts';
import { openVerifiedFile } from '../adapters/sources/open-verified-file.ts';
import { readSourceFile } from '../adapters/sources/read-source-file.ts';
import { sourcePolicy } from '../adapters/sources/source-policy.ts';
import type { SourceConfig } from '../config/source-configs.ts';
import type { Config } from '../config.ts';
import { createSource, type Source } from '../core/answers/source.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Metrics } from '../core/base/metrics.ts';
import { createDataSource, type DataSourceOptions } from '../core/sql/create-data-source.ts';
import type { FunctionApprovals } from '../core/sql/function-approvals.ts';
import type { Meanings } from '../core/vectors/meanings.ts';
import { repository } from '../repository.ts';
import type { CloseLater } from './closing.ts';
import { createSyntax, openDatabase } from './open-database.ts';

/** Milliseconds between two log lines about reading one schema. */
const lineEveryMs = 2_000;

/** Logs the progress of a long read, the first schema, and every change of it. */
function schemaLog(source: string, logger: Logger): Pick<DataSourceOptions, 'onProgress' | 'onRead'> {
  let next = 0;
  let isFirst = true;
  return {
    onProgress(read, tables) {
      if (Date.now() < next) return;
      next = Date.now() + lineEveryMs;
      logger.info('Reading a schema.', { source, read, tables });
    },
    onRead({ catalogue, changed, ms }) {
      if (isFirst || changed)
        logger.info(changed ? 'A schema has changed.' : 'A schema was read.', {
          source,
          tables: catalogue.tables.length,
          ms,
        });
      isFirst = false;
    },
  };
}

/** What a data source uses. */
export type SourceParts = {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Left out: names are matched by their words and letters alone. */
  readonly meanings?: Meanings;
  /** Left out: functions can be approved in the source file only. */
  readonly approvals?: FunctionApprovals;
};

/** A database with what people wrote about it: its source file and its verified queries. */
export async function openSource(
  source: SourceConfig,
  config: Config,
  { logger, metrics, meanings, approvals }: SourceParts,
  closeLater: CloseLater,
): Promise<Source> {
  const folder = source.kind === 'demo' ? join(repository, 'demo') : resolve(config.sourcesFolder.path);
  const name = source.kind === 'demo' ? 'shop' : source.name;
  const file = await readSourceFile(join(folder, source.kind === 'demo' ? 'source.yaml' : `${name}.yaml`));
  const verifiedFile = join(folder, file.verified ?? `${name}.verified.yaml`);
  const queries = file.verified || existsSync(verifiedFile) ? await openVerifiedFile(verifiedFile) : [];
  const semanticFile = join(folder, file.semantic ?? `${name}.semantic.yaml`);
  const [semantic] =
    file.semantic || existsSync(semanticFile) ? (await openSemanticFile(semanticFile)).semantic_model : [];
  const database = closeLater(await openDatabase(source, config, logger, file));
  const policy = sourcePolicy(file);
  const data = createDataSource({
    name,
    description: file.description || name,
    database: withDatabaseMetrics(database, metrics),
    syntax: createSyntax(database.dialect),
    policy,
    today: () => file.today ?? new Date().toISOString().slice(0, 10),
    ttlMs: config.catalogueTtlMs,
    ...schemaLog(name, logger),
    onFailure: (error) =>
      logger.error(`The schema of ${name} could not be reread; the old one stays.`, { error: String(error) }),
  });
  return createSource({
    data,
    policy,
    queries,
    examples: file.examples,
    dates: createChronoDates(),
    semantic,
    meanings,
    ...(approvals ? { approvals } : {}),
  });
}
