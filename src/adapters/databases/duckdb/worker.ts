/**
 * The thread that holds DuckDB. Statements run on threads of the engine's own, so this one can tell it to stop. Caps are
 * applied here, before rows are copied to the main thread.
 */
import { workerData } from 'node:worker_threads';
import { serveRequests } from '../serve-requests.ts';
import { readDuckdbCatalogue } from './catalogue.ts';
import { openDuckdbSource } from './open-source.ts';
import { duckdbExplain, duckdbPlan } from './plan.ts';
import { runDuckdbQuery } from './query.ts';
import type { DuckdbWorkerData } from './source.ts';

/** Of the plan's own text; the main thread keeps the time. */
const planLimits = { maxRows: 10, maxBytes: 10_000_000, maxCellLength: 10_000_000, timeoutMs: 0 };

serveRequests(async (progress) => {
  const data = workerData as DuckdbWorkerData;
  const source = await openDuckdbSource(data, progress);
  return {
    catalogue: (told) =>
      source.use(({ connection, rowsOf }) => readDuckdbCatalogue(data.name, connection, { rowsOf, progress: told })),
    plan: ({ text }) =>
      source.use(async ({ connection }) => {
        const explained = await runDuckdbQuery(connection, duckdbExplain(text), planLimits);
        return duckdbPlan(String(explained.rows[0]?.at(-1)));
      }),
    query: ({ text }, limits) =>
      source.use(async ({ connection }) => {
        const asOf = source.asOf();
        return { ...(await runDuckdbQuery(connection, text, limits)), ...(asOf ? { asOf } : {}) };
      }),
    understood: async () => source.understood(),
    interrupt: () => source.interrupt(),
  };
});
