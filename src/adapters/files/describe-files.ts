import { DuckDBInstance } from '@duckdb/node-api';
import { type LoadOptions, loadFiles } from './load-files.ts';
import type { Understood } from './understood.ts';

/** Nothing is fetched, installed or loaded, and nothing is written to disk, not even what does not fit into memory. */
export const engineSettings = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  temp_directory: '',
  memory_limit: '1GB',
};

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
