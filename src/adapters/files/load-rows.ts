import type { DuckDBConnection } from '@duckdb/node-api';
import type { BadLine } from '../../core/data/understood.ts';
import { createTable } from './create-table.ts';
import { type Loaded, named, staged } from './loader.ts';
import type { FileOptions } from './options.ts';
import { prove } from './prove.ts';
import { createRawTable, type RawRow } from './raw-table.ts';

export type RowsOf = {
  readonly columns: readonly string[];
  readonly rows: readonly RawRow[];
  readonly bad: readonly BadLine[];
  readonly form: string;
  readonly warnings: readonly string[];
  readonly nested: ReadonlySet<number>;
};

export async function loadRows(
  connection: DuckDBConnection,
  name: string,
  { columns, rows, bad, form, warnings, nested }: RowsOf,
  options: FileOptions,
): Promise<Loaded> {
  if (columns.length === 0) throw new Error('there is no value in it.');
  try {
    const table = await createRawTable(connection, staged, columns.length);
    table.add(rows);
    const raw = { name: staged, columns, rows: table.close(), delimiter: ',' };
    const created = await createTable(connection, name, raw, await prove(connection, raw, options), {
      options,
      isView: false,
      nested,
    });
    return { table: { form, ...created, ...named(bad), warnings }, isView: false };
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${staged}`);
  }
}
