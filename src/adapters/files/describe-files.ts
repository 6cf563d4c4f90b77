import { DuckDBInstance } from '@duckdb/node-api';
import type { Understood } from '../../core/data/understood.ts';
import { engineSettings } from './engine-settings.ts';
import { type LoadOptions, loadFiles } from './load-files.ts';

/** Reads the files as a source would and says what was understood. Throws where there is no table in them. */
export async function describeFiles(path: string, options: LoadOptions): Promise<Understood> {
  const instance = await DuckDBInstance.create(':memory:', engineSettings);
  const connection = await instance.connect();
  try {
    return (await loadFiles(connection, path, options)).understood;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
