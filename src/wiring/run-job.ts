import { resolve } from 'node:path';
import { createPrometheusMetrics } from '../adapters/metrics/prometheus-metrics.ts';
import { openStores, type Stores } from '../adapters/stores/open-stores.ts';
import type { StoreEngine } from '../adapters/stores/store-engine.ts';
import { openTransformersEmbedder } from '../adapters/transformers/embedder.ts';
import type { Config } from '../config.ts';
import { systemClock } from '../core/base/clock.ts';
import { MemoriError } from '../core/base/errors.ts';
import type { Logger } from '../core/base/logger.ts';
import { upkeepTasks } from '../core/memory/upkeep/tasks.ts';
import { openFunctionApprovals } from '../core/sql/function-approvals.ts';
import { extractFacts } from '../jobs/extract-job.ts';
import { runUpkeep } from '../jobs/upkeep-job.ts';
import { repository } from '../repository.ts';
import type { CloseLater } from './closing.ts';
import { openData } from './open-data.ts';
import { openMemories } from './open-memories.ts';
import { openModel } from './open-model.ts';
import { openPersons } from './open-persons.ts';
import { openStore } from './open-store.ts';
import { formatFor } from './open-vectors.ts';

/** Every job of the product, in the order of docs/operations.md. */
export const jobNames: readonly string[] = [
  'recover-turns',
  'refresh-sources',
  ...upkeepTasks.map(({ name }) => name),
  'memory-extract',
];

/** A job to run now. */
export type JobRun = {
  readonly name: string;
  /** Report what would change, and change nothing. */
  readonly dryRun: boolean;
  readonly config: Config;
  readonly logger: Logger;
  readonly closeLater: CloseLater;
};

/**
 * Runs a job now, independent of its schedule, and returns its report.
 * Errors: `invalid_input` with the reason for a job that cannot run like this; those of the parts that it opens.
 */
export async function runJob(run: JobRun): Promise<object> {
  const task = upkeepTasks.find(({ name }) => name === run.name);
  if (task === undefined && run.dryRun)
    throw new MemoriError(
      'invalid_input',
      `${run.name} cannot be tried without doing it: --dry-run is for the jobs that tidy memories.`,
    );
  if (run.name === 'recover-turns')
    throw new MemoriError(
      'invalid_input',
      'recover-turns answers in Slack, so it runs inside the product only: at its start and every 15 seconds.',
      {
        next: 'Start Memori.',
      },
    );
  const store = run.closeLater(await openStore(run.config.store, run.logger));
  const stores = await openStores(store.db, formatFor(store));
  const ops = { clock: systemClock, logger: run.logger, metrics: createPrometheusMetrics() };
  const parts = { ...run, store, stores, ops };
  if (task !== undefined) return tidy(task, parts);
  return run.name === 'memory-extract' ? extract(parts) : readSchemas(parts);
}

type Parts = JobRun & {
  readonly store: StoreEngine;
  readonly stores: Stores;
  readonly ops: {
    readonly clock: typeof systemClock;
    readonly logger: Logger;
    readonly metrics: ReturnType<typeof createPrometheusMetrics>;
  };
};

async function tidy(
  task: (typeof upkeepTasks)[number],
  { store, stores, config, logger, closeLater, dryRun, ops }: Parts,
): Promise<object> {
  const embedder = closeLater(
    await openTransformersEmbedder({
      model: config.embeddings.model,
      modelsFolder: resolve(repository, config.embeddings.folder),
      logger,
      cacheSize: 0,
    }),
  );
  const scrub = store.scrub ?? (async () => undefined);
  const deps = { store: stores.memories, embedder, runs: stores.jobs, retentionDays: config.retentionDays, scrub, ops };
  const signal = new AbortController().signal;
  return runUpkeep(task, deps, { signal, dryRun, from: '', saveCursor: async () => undefined });
}

async function openParts({ config, logger, stores, closeLater, ops }: Parts) {
  const approvals = await openFunctionApprovals(stores.documents('approved_functions'));
  return openData(config, { logger, metrics: ops.metrics, approvals }, closeLater);
}

async function extract(parts: Parts): Promise<object> {
  const { config, store, stores, closeLater, ops } = parts;
  if (!config.extractFacts)
    throw new MemoriError(
      'config_invalid',
      'memory-extract reads conversations only when MEMORI_EXTRACT_FACTS is true.',
    );
  const limits = { ...config.budget, timeZone: config.timeZone };
  const documents = stores.documents('token_ratios');
  const model = await openModel(config, { ...ops, ledger: stores.ledger, documents, limits });
  if (model === undefined)
    throw new MemoriError('config_invalid', 'memory-extract needs a language model that reads the conversations.', {
      next: 'Set ANTHROPIC_API_KEY, OPENAI_API_KEY or OPENAI_BASE_URL.',
    });
  const { embedder, sources } = await openParts(parts);
  const dataSources = sources.map(({ name }) => name);
  const persons = openPersons(sources, ops);
  const remembering = { store, stores, embedder, model, dataSources, persons, ops };
  const { memories } = await openMemories(config, remembering, closeLater);
  return extractFacts({ ...stores, memories, model, runs: stores.jobs, ops }, new AbortController().signal);
}

/** Reports how many tables each schema has. It changes nothing: a running product refreshes its own schemas. */
async function readSchemas(parts: Parts): Promise<object> {
  const { sources } = await openParts(parts);
  const tables: Record<string, number> = {};
  for (const source of sources)
    tables[source.name] = (await source.catalogue(new AbortController().signal)).tables.length;
  return { tables };
}
