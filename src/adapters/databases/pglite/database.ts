import { MemoriError } from '../../../core/base/errors.ts';
import type { Logger } from '../../../core/base/logger.ts';
import type { Database } from '../../../core/data/database.ts';
import { startWorker } from '../../processes/start-worker.ts';
import { openWorkerDatabase } from '../worker-database.ts';
import type { EngineError } from '../worker-messages.ts';
import type { PgliteWorkerData } from './worker-data.ts';

/** The embedded PostgreSQL. */
export type PgliteOptions = {
  readonly name: string;
  /** Path of a data directory dumped by PGlite (`dumpDataDir`), tar or tar.gz. */
  readonly dump: string;
  /** Schemas searched for names without one; `public` when left out. */
  readonly searchPath?: readonly string[];
  /** For opening and for reading the catalogue. Queries bring their own limit. */
  readonly timeoutMs: number;
  readonly logger: Logger;
};

/**
 * The embedded PostgreSQL in a worker thread. When a statement passes its limit or is stopped, the thread is ended and
 * a new one opens the same dump, so nothing that a statement did lasts.
 * Errors: `database_unavailable` when the dump cannot be opened.
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
    openError: (error) => openError(dump, error),
    timeoutMs,
    logger,
  });
}

const openError = (dump: string, error: EngineError): MemoriError =>
  new MemoriError('database_unavailable', `The embedded database could not be opened from ${dump}: ${error.message}`, {
    next: 'Restore the dump file, or name another data source.',
    details: { message: error.message },
  });
