import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Catalogue, CatalogueColumn, CatalogueTable, ForeignKey } from '../../../core/data/catalogue.ts';
import type { ColumnType } from '../../../core/data/column-type.ts';
import type { CatalogueProgress } from '../../../core/data/database.ts';
import { readColumnValues } from '../column-values.ts';
import { hashCatalogue } from '../hash-catalogue.ts';
import { inferKeys } from '../infer-keys.ts';

type Row = Readonly<Record<string, unknown>>;

/** Servers return column names in different case, so each has an alias. A partitioned table counts as one. */
const tablesQuery = `
  SELECT TABLE_NAME AS name, TABLE_TYPE AS kind, TABLE_COMMENT AS comment, TABLE_ROWS AS row_count
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
  ORDER BY TABLE_NAME`;

const columnsQuery = `
  SELECT TABLE_NAME AS tbl, COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, COLUMN_COMMENT AS comment
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION`;

const keysQuery = `
  SELECT TABLE_NAME AS tbl, CONSTRAINT_NAME AS name, COLUMN_NAME AS col, REFERENCED_TABLE_SCHEMA AS to_schema,
         REFERENCED_TABLE_NAME AS to_table, REFERENCED_COLUMN_NAME AS to_column
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = DATABASE() AND (CONSTRAINT_NAME = 'PRIMARY' OR REFERENCED_TABLE_NAME IS NOT NULL)
  ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`;

/** Reads the catalogue of the connection's database: what its user may read. */
export async function readMysqlCatalogue(
  dataSource: string,
  connection: Connection,
  progress?: CatalogueProgress,
): Promise<Catalogue> {
  const run = async (sql: string, values?: readonly unknown[]): Promise<readonly Row[]> =>
    (await connection.query<RowDataPacket[]>(sql, values === undefined ? [] : [...values]))[0];
  const schema = String((await run('SELECT DATABASE() AS name'))[0]?.name);
  const columns = byTable(await run(columnsQuery));
  const keys = byTable(await run(keysQuery));
  const tables = inferKeys(
    (await run(tablesQuery)).map((row) => {
      const name = String(row.name);
      return toTable(schema, row, columns.get(name) ?? [], keys.get(name) ?? []);
    }),
  );
  const filled = await readColumnValues(tables, {
    run,
    quote: quoteName,
    isText: (column) => `${column} IS NOT NULL`,
    progress,
  });
  return { dataSource, searchPath: [schema], tables: filled, hash: hashCatalogue([schema], tables) };
}

const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

function byTable(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(String(row.tbl));
    if (group === undefined) groups.set(String(row.tbl), [row]);
    else group.push(row);
  }
  return groups;
}

function toTable(schema: string, row: Row, columns: readonly Row[], keys: readonly Row[]): CatalogueTable {
  const isView = row.kind === 'VIEW';
  return {
    schema,
    name: String(row.name),
    kind: isView ? 'view' : 'table',
    // A view's comment is the word VIEW.
    comment: isView ? undefined : textOf(row.comment),
    columns: columns.map(toColumn),
    primaryKey: keys.filter(({ name }) => name === 'PRIMARY').map(({ col }) => String(col)),
    foreignKeys: toForeignKeys(keys.filter(({ name }) => name !== 'PRIMARY')),
    rowEstimate: isView || row.row_count === null ? undefined : Number(row.row_count),
  };
}

function toForeignKeys(rows: readonly Row[]): readonly ForeignKey[] {
  const keys = new Map<unknown, ForeignKey>();
  for (const row of rows) {
    const known = keys.get(row.name);
    keys.set(row.name, {
      columns: [...(known?.columns ?? []), String(row.col)],
      toSchema: String(row.to_schema),
      toTable: String(row.to_table),
      toColumns: [...(known?.toColumns ?? []), String(row.to_column)],
    });
  }
  return [...keys.values()];
}

const toColumn = (row: Row): CatalogueColumn => ({
  name: String(row.name),
  dataType: String(row.type),
  type: typeOf(String(row.type)),
  nullable: row.nullable === 'YES',
  comment: textOf(row.comment),
  values: [],
  valuesComplete: false,
});

const textOf = (value: unknown): string | undefined =>
  value === null || value === undefined || value === '' ? undefined : String(value);

const types: readonly (readonly [pattern: RegExp, type: ColumnType])[] = [
  [/^tinyint\(1\)/, 'boolean'],
  [/^(tiny|small|medium|big)?int|^year/, 'integer'],
  [/^(decimal|numeric|float|double)/, 'number'],
  [/^date$/, 'date'],
  [/^(datetime|timestamp)/, 'timestamp'],
  [/^json/, 'json'],
  [/^(tiny|medium|long)?blob|^(var)?binary|^bit|^geometry|^point|^polygon/, 'bytes'],
];

const typeOf = (type: string): ColumnType => types.find(([pattern]) => pattern.test(type))?.[1] ?? 'text';
