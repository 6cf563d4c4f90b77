import { statSync } from 'node:fs';
import { openDatabaseFile } from './database-file.ts';
import type { DuckdbSource, DuckdbWorkerData, OpeningProgress } from './source.ts';
import { openTableFiles } from './table-files.ts';

const isDatabase = (path: string): boolean => statSync(path).isFile() && /\.(duckdb|db|ddb)$/i.test(path);

/** Opens a database file, or files as tables of a database in memory. */
export const openDuckdbSource = (
  { path, files }: DuckdbWorkerData,
  progress: OpeningProgress,
): Promise<DuckdbSource> => (isDatabase(path) ? openDatabaseFile(path) : openTableFiles(path, files, progress));
