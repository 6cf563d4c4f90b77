import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Catalogue, CatalogueColumn, CatalogueTable, ForeignKey } from '../../../core/data/catalogue.ts';
import type { ColumnType } from '../../../core/data/column-type.ts';
import type { CatalogueProgress } from '../../../core/data/database.ts';
import { readColumnValues } from '../column-values.ts';
import { hashCatalogue } from '../hash-catalogue.ts';
import { inferKeys } from '../infer-keys.ts';
import { quoteIdentifier } from '../quote-identifier.ts';

type Row = Readonly<Record<string, DuckDBValue>>;

const tablesQuery = `
  SELECT schema_name AS schema, table_name AS name, 'table' AS kind, comment, estimated_size AS rows
  FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
  UNION ALL
  SELECT schema_name, view_name, 'view', comment, NULL
  FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
  ORDER BY ALL`;

const columnsQuery = `
  SELECT schema_name AS schema, table_name AS table, column_name AS name, data_type AS type, is_nullable AS nullable, comment
  FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal ORDER BY schema_name, table_name, column_index`;

const keysQuery = `
  SELECT schema_name AS schema, table_name AS table, constraint_type AS kind, constraint_column_names AS columns,
         referenced_table AS to_table, referenced_column_names AS to_columns
  FROM duckdb_constraints()
  WHERE database_name = current_database() AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY') ORDER BY constraint_index`;

const macrosQuery = 'SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE NOT internal ORDER BY 1';

type Reading = {
  /** Rows of what is a view over files, by its name, where the files say so. */
  readonly rowsOf: ReadonlyMap<string, number>;
  readonly progress?: CatalogueProgress;
};

/** Reads the catalogue of a DuckDB database. */
export async function readDuckdbCatalogue(
  dataSource: string,
  connection: DuckDBConnection,
  { rowsOf, progress }: Reading,
): Promise<Catalogue> {
  const run = async (sql: string): Promise<readonly Row[]> => (await connection.runAndReadAll(sql)).getRowObjects();
  const columns = byTable(await run(columnsQuery));
  const keys = byTable(await run(keysQuery));
  const tables = inferKeys(
    (await run(tablesQuery)).map((row) =>
      toTable(row, columns.get(keyOf(row, 'name')) ?? [], keys.get(keyOf(row, 'name')) ?? []),
    ),
  ).map((table) => (rowsOf.has(table.name) ? { ...table, rowEstimate: rowsOf.get(table.name) } : table));
  const filled = await readColumnValues(tables, {
    run,
    quote: quoteIdentifier,
    isText: (column) => `${column} IS NOT NULL`,
    progress,
  });
  const searchPath = ['main'];
  return {
    dataSource,
    searchPath,
    tables: filled,
    shadowedFunctions: (await run(macrosQuery)).map(({ name }) => String(name)),
    hash: hashCatalogue(searchPath, tables),
  };
}

const keyOf = (row: Row, table: 'name' | 'table'): string => JSON.stringify([row.schema, row[table]]);

function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row, 'table'));
    if (group === undefined) groups.set(keyOf(row, 'table'), [row]);
    else group.push(row);
  }
  return groups;
}

function toTable(row: Row, columns: readonly Row[], keys: readonly Row[]): CatalogueTable {
  return {
    schema: String(row.schema),
    name: String(row.name),
    kind: row.kind === 'view' ? 'view' : 'table',
    comment: textOf(row.comment),
    columns: columns.map(toColumn),
    primaryKey: namesOf(keys.find(({ kind }) => kind === 'PRIMARY KEY')?.columns),
    foreignKeys: keys.filter(({ kind }) => kind === 'FOREIGN KEY').map(toForeignKey),
    rowEstimate: row.rows === null ? undefined : Number(row.rows),
  };
}

const toColumn = (row: Row): CatalogueColumn => ({
  name: String(row.name),
  dataType: String(row.type).toLowerCase(),
  type: typeOf(String(row.type)),
  nullable: row.nullable === true,
  comment: textOf(row.comment),
  values: [],
  valuesComplete: false,
});

const toForeignKey = (row: Row): ForeignKey => ({
  columns: namesOf(row.columns),
  // DuckDB's keys stay within a schema.
  toSchema: String(row.schema),
  toTable: String(row.to_table),
  toColumns: namesOf(row.to_columns),
});

const textOf = (value: DuckDBValue | undefined): string | undefined =>
  value === null || value === undefined || value === '' ? undefined : String(value);

/** A DuckDB list of names. */
const namesOf = (value: DuckDBValue | undefined): readonly string[] =>
  typeof value === 'object' && value !== null && 'items' in value ? value.items.map(String) : [];

const types: readonly (readonly [pattern: RegExp, type: ColumnType])[] = [
  [/\[|^(STRUCT|MAP|UNION)/, 'json'],
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/, 'integer'],
  [/^(DECIMAL|FLOAT|DOUBLE)/, 'number'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'timestamp'],
  [/^BLOB$/, 'bytes'],
  [/^JSON$/, 'json'],
];

const typeOf = (type: string): ColumnType => types.find(([pattern]) => pattern.test(type))?.[1] ?? 'text';
