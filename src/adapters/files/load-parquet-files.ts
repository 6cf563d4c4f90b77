import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from '../databases/quote-identifier.ts';
import { quoteText } from './forms/form-reading.ts';
import type { SourceFilePath } from './list-files.ts';
import { asTables, filesOf, type Loaded, type Loader, named, openAll } from './loader.ts';
import { readRows } from './read-rows.ts';

export const loadParquets: Loader = async (group, context) => {
  const opened = await openAll(group, context, (file) => parquetColumns(context.connection, [file]));
  for (const { name, parts } of asTables(group, opened, (columns) => columns, context.notOneTable)) {
    await context.add(name, filesOf(parts), (table) => loadParquet(context.connection, table, filesOf(parts)));
  }
};

const parquetSql = (files: readonly SourceFilePath[]): string =>
  `read_parquet([${files.map(({ path }) => quoteText(resolve(path))).join(', ')}], hive_partitioning = ${(files[0]?.partition.size ?? 0) > 0})`;

const parquetColumns = async (
  connection: DuckDBConnection,
  files: readonly SourceFilePath[],
): Promise<readonly (readonly [name: string, type: string])[]> =>
  (await readRows(connection, `DESCRIBE SELECT * FROM ${parquetSql(files)}`)).map(
    ([name, type]) => [String(name), String(type)] as const,
  );

async function loadParquet(
  connection: DuckDBConnection,
  name: string,
  files: readonly SourceFilePath[],
): Promise<Loaded> {
  const columns = await parquetColumns(connection, files);
  await connection.run(`CREATE VIEW ${quoteIdentifier(name)} AS SELECT * FROM ${parquetSql(files)}`);
  const list = files.map(({ path }) => quoteText(resolve(path))).join(', ');
  const [row] = await readRows(connection, `SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata([${list}])`);
  return {
    table: {
      form: 'Parquet',
      rows: Number(row?.[0] ?? 0),
      ...named([]),
      warnings: [],
      columns: columns.map(([column, type]) => ({
        name: column,
        kind: kindOf(type),
        sqlType: type,
        form: '',
        missing: 0,
        missingWords: [],
        assumptions: [],
        isOpen: false,
      })),
    },
    isView: true,
  };
}

const kindsByType = [
  [/\[|^(STRUCT|MAP|UNION)|^JSON$/, 'json'],
  [/INT|^DECIMAL|^FLOAT|^DOUBLE/, 'number'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'timestamp'],
  [/^TIME/, 'time'],
] as const;

const kindOf = (type: string) => kindsByType.find(([pattern]) => pattern.test(type))?.[1] ?? 'text';
