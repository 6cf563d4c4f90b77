import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createPrometheusMetrics } from './adapters/metrics/prometheus-metrics.ts';
import { openStores } from './adapters/stores/open-stores.ts';
import { openTransformersEmbedder } from './adapters/transformers/embedder.ts';
import { systemClock } from './core/base/clock.ts';
import { upkeepTasks } from './core/memory/upkeep/tasks.ts';
import { runUpkeep } from './jobs/upkeep-job.ts';

import { createLogger, exitWith, loadConfig } from './process.ts';
import { repository } from './repository.ts';
import { openStore } from './wiring/open-store.ts';
import { formatFor } from './wiring/open-vectors.ts';

const usage = `Runs one job now, on the configured store, and prints what it did.

  npm run jobs -- <name>             run it
  npm run jobs -- <name> --dry-run   say what it would do, change nothing

Jobs: ${upkeepTasks.map(({ name }) => name).join(', ')}
It uses the data folder (DATA_FOLDER), so stop a running Memori first or give it another folder.`;

const closers: (() => Promise<void>)[] = [];
try {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const task = upkeepTasks.find(({ name }) => name === positionals[0]);
  if (values.help || task === undefined) {
    process.stdout.write(`${usage}\n`);
    process.exit(values.help ? 0 : 1);
  }
  const config = loadConfig();
  const logger = createLogger(config);
  const store = await openStore(config.store, logger);
  closers.unshift(() => store.close());
  const stores = await openStores(store.db, formatFor(store));
  const embedder = await openTransformersEmbedder({
    model: config.embeddings.model,
    modelsFolder: resolve(repository, config.embeddings.folder),
    logger,
    cacheSize: 0,
  });
  closers.unshift(() => embedder.close());
  const dryRun = values['dry-run'];
  const report = await runUpkeep(
    task,
    {
      store: stores.memories,
      embedder,
      runs: stores.jobs,
      retentionDays: config.retentionDays,
      scrub: store.scrub ?? (async () => undefined),
      ops: { clock: systemClock, logger, metrics: createPrometheusMetrics() },
    },
    { signal: new AbortController().signal, dryRun, from: '', reached: async () => undefined },
  );
  process.stdout.write(`${JSON.stringify({ job: task.name, dryRun, ...report })}\n`);
  for (const close of closers) await close();
} catch (error) {
  for (const close of closers) await close().catch(() => undefined);
  exitWith(error);
}
