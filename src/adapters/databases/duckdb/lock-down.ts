import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../../files/forms/form-reading.ts';

/** After this no setting can be changed and nothing outside be reached but these files. */
export async function lockDown(connection: DuckDBConnection, files: readonly string[]): Promise<void> {
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`SET allowed_paths = [${files.map(quoteText).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}
