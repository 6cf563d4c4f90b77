/**
 * The thread that runs SQLite. It blocks while a statement runs, so the main thread ends it when a limit is passed. Caps
 * are applied here, before rows are copied to the main thread.
 */
import { workerData } from 'node:worker_threads';
import { serveRequests } from '../serve-requests.ts';
import { readSqliteCatalogue } from './catalogue.ts';
import { runSqliteQuery } from './query.ts';
import { openSqliteFile, type SqliteWorkerData } from './source.ts';

serveRequests(async () => {
  const data = workerData as SqliteWorkerData;
  const file = openSqliteFile(data);
  return {
    catalogue: (progress) => readSqliteCatalogue(data.name, file.read, progress),
    query: async ({ text }, limits) => file.read((connection) => runSqliteQuery(connection, text, limits)),
  };
});
