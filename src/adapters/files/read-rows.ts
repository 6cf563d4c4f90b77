import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';

export const readRows = async (
  connection: DuckDBConnection,
  sql: string,
): Promise<readonly (readonly DuckDBValue[])[]> => (await connection.runAndReadAll(sql)).getRows();

/** The texts of a DuckDB list; none of NULL. */
export const listOf = (value: DuckDBValue | undefined): readonly string[] =>
  typeof value === 'object' && value !== null && 'items' in value
    ? value.items.filter((item) => item !== null).map(String)
    : [];
