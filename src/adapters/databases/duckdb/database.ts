import { statSync } from 'node:fs';
import { MemoriError } from '../../../core/base/errors.ts';
import type { Logger } from '../../../core/base/logger.ts';
import type { Database } from '../../../core/data/database.ts';
import { knownEndings } from '../../files/list-files.ts';
import type { FileOptions } from '../../files/options.ts';
import { startWorker } from '../../processes/start-worker.ts';
import { openWorkerDatabase } from '../worker-database.ts';
import type { DuckdbWorkerData } from './source.ts';

export type DuckdbOptions = {
  readonly name: string;
  /** A `.duckdb` file, a file of rows, or a folder of such files. */
  readonly path: string;
  /** How single files are read where what is found out is wrong, by their name below the path. */
  readonly files?: Readonly<Record<string, FileOptions>>;
  /** For opening and for reading the catalogue. Questions bring their own limit. */
  readonly timeoutMs: number;
  readonly logger: Logger;
};

/**
 * DuckDB over a database or over files, in a worker that is told to stop, or ended, when a statement passes its limit or
 * is stopped. Throws `database_unavailable` when there is nothing to open.
 */
export async function openDuckdb({ name, path, files = {}, timeoutMs, logger }: DuckdbOptions): Promise<Database> {
  const openError = (reason: string): MemoriError =>
    new MemoriError('database_unavailable', `DuckDB could not open ${path}: ${reason}`, {
      next: `Name a .duckdb file, a file that is read (${knownEndings}) or a folder of them in DATA_SOURCES. How a file is to be read can be said under \`files\` in the source's YAML; \`npm run sources -- describe\` shows what is understood.`,
      details: { message: reason },
    });
  if (statSync(path, { throwIfNoEntry: false }) === undefined) throw openError('there is no such file or folder.');
  const data: DuckdbWorkerData = { name, path, files };
  return openWorkerDatabase({
    name,
    dialect: 'duckdb',
    start: () => startWorker(import.meta.url, './worker', data),
    openError: ({ message }) => openError(message),
    plans: true,
    reads: true,
    interruptible: true,
    timeoutMs,
    logger,
    onOpening: (read, of) => logger.info('Reading files.', { source: name, read, of }),
  });
}
