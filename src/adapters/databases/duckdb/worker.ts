/**
 * The thread that holds DuckDB. Statements run on threads of the engine's own, so this one can tell it to stop. Caps are
 * applied here, before rows are copied to the main thread.
 */
import { workerData } from 'node:worker_threads';
import { serveRequests } from '../serve-requests.ts';
import { readDuckdbCatalogue } from './catalogue.ts';
import { duckdbExplain, duckdbPlan } from './plan.ts';
import { runDuckdbQuery } from './query.ts';
import { type DuckdbWorkerData, openDuckdbSource } from './source.ts';

/** Of the plan's own text; the main thread keeps the time. */
const planLimits = { maxRows: 10, maxBytes: 10_000_000, maxCellLength: 10_000_000, timeoutMs: 0 };

serveRequests(async () => {
  const data = workerData as DuckdbWorkerData;
  const source = await openDuckdbSource(data.path);
  return {
    catalogue: async (progress) => {
      const connection = await source.connection();
      return readDuckdbCatalogue(data.name, connection, { rowsOf: source.rowsOf, progress });
    },
    plan: async ({ text }) => {
      const explained = await runDuckdbQuery(await source.connection(), duckdbExplain(text), planLimits);
      return duckdbPlan(String(explained.rows[0]?.at(-1)));
    },
    query: async ({ text }, limits) => runDuckdbQuery(await source.connection(), text, limits),
    interrupt: () => source.interrupt(),
  };
});
