import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { MemoriError } from '../../../core/base/errors.ts';
import type { Logger } from '../../../core/base/logger.ts';
import type { Database } from '../../../core/data/database.ts';
import { startWorker } from '../../processes/start-worker.ts';
import { openWorkerDatabase } from '../worker-database.ts';
import type { SqliteWorkerData } from './source.ts';

/** A SQLite file. */
export type SqliteOptions = {
  readonly name: string;
  /** Path of the file. It is only read; nothing is written to it or next to it. */
  readonly path: string;
  /** For opening and for reading the catalogue. Queries bring their own limit. */
  readonly timeoutMs: number;
  readonly logger: Logger;
};

/**
 * A SQLite file in a worker thread, which is ended when a statement passes its limit or is stopped.
 * Errors: `database_unavailable` when the file cannot be opened.
 */
export async function openSqlite({ name, path, timeoutMs, logger }: SqliteOptions): Promise<Database> {
  const openError = (reason: string): MemoriError =>
    new MemoriError('database_unavailable', `The SQLite file ${path} could not be opened: ${reason}`, {
      next: 'Check the path in DATA_SOURCES and that the file may be read.',
      details: { message: reason },
    });
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw openError('there is no such file.');
  const folders = new WeakMap<Worker, string>();
  return openWorkerDatabase({
    name,
    dialect: 'sqlite',
    start() {
      const folder = mkdtempSync(join(tmpdir(), 'memori-sqlite-'));
      const data: SqliteWorkerData = { name, path, folder };
      const worker = startWorker(import.meta.url, './worker', data);
      folders.set(worker, folder);
      return worker;
    },
    onEnd: (worker) => rmSync(folders.get(worker) ?? '', { recursive: true, force: true }),
    openError: ({ message }) => openError(message),
    timeoutMs,
    logger,
  });
}
