import { MemoriError } from '../../../core/base/errors.ts';
import type { Logger } from '../../../core/base/logger.ts';
import type { Database } from '../../../core/data/database.ts';
import { startWorker } from '../../processes/start-worker.ts';
import { openWorkerDatabase } from '../worker-database.ts';
import type { EngineError } from '../worker-messages.ts';
import type { PgliteWorkerData } from './worker-data.ts';

export type PgliteOptions = {
  readonly name: string;
  /** Path of a data directory dumped by PGlite (`dumpDataDir`), tar or tar.gz. */
  readonly dump: string;
  /** Schemas looked in when a name has none; `public` when left out. */
  readonly searchPath?: readonly string[];
  /** For opening and for reading the catalogue. Questions bring their own limit. */
  readonly timeoutMs: number;
  readonly logger: Logger;
};

/**
 * The embedded PostgreSQL, in a worker that is ended when a statement passes its limit or is stopped. Another takes its
 * place at once from the same dump, so nothing a statement did outlives it. Throws `database_unavailable` when the dump
 * cannot be opened.
 */
export function openPglite({
  name,
  dump,
  searchPath = ['public'],
  timeoutMs,
  logger,
}: PgliteOptions): Promise<Database> {
  const data: PgliteWorkerData = { name, dump, searchPath };
  return openWorkerDatabase({
    name,
    dialect: 'postgres',
    plans: true,
    start: () => startWorker(import.meta.url, './worker', data),
    unopened: (error) => unopened(dump, error),
    timeoutMs,
    logger,
  });
}

const unopened = (dump: string, error: EngineError): MemoriError =>
  new MemoriError('database_unavailable', `The embedded database could not be opened from ${dump}: ${error.message}`, {
    next: 'Restore the dump file, or name another data source.',
    details: { message: error.message },
  });
