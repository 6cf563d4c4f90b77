/**
 * The thread that holds DuckDB. Statements run on threads of the engine's own, so this one can tell it to stop. Caps are
 * applied here, before rows are copied to the main thread.
 */
import { workerData } from 'node:worker_threads';
import { readDuckdbCatalogue } from './duckdb-catalogue.ts';
import { runDuckdbQuery } from './duckdb-query.ts';
import { type DuckdbWorkerData, openDuckdbSource } from './duckdb-source.ts';
import { serveRequests } from './serve-requests.ts';

serveRequests(async () => {
  const data = workerData as DuckdbWorkerData;
  const source = await openDuckdbSource(data.path);
  return {
    catalogue: async (progress) => {
      const connection = await source.connection();
      return readDuckdbCatalogue(data.name, connection, { rowsOf: source.rowsOf, progress });
    },
    query: async (sql, limits) => runDuckdbQuery(await source.connection(), sql, limits),
    interrupt: () => source.interrupt(),
  };
});
