import type sqlite from 'node-sqlite3-wasm';
import type { Catalogue, CatalogueColumn, CatalogueTable, ForeignKey } from '../../../core/data/catalogue.ts';
import type { ColumnType } from '../../../core/data/column-type.ts';
import type { CatalogueProgress } from '../../../core/data/database.ts';
import { readColumnValues } from '../column-values.ts';
import { hashCatalogue } from '../hash-catalogue.ts';
import { inferKeys } from '../infer-keys.ts';
import { quoteIdentifier } from '../quote-identifier.ts';

type Connection = InstanceType<typeof sqlite.Database>;
type Row = Readonly<Record<string, sqlite.SQLiteValue>>;

const all = (connection: Connection, sql: string, values?: readonly string[]): readonly Row[] =>
  connection.all(sql, values === undefined ? undefined : [...values]) as Row[];

/** Reads the catalogue of a SQLite file. `run` passes a connection that sees the file's current state. */
export async function readSqliteCatalogue(
  dataSource: string,
  run: <T>(work: (connection: Connection) => T) => T,
  progress?: CatalogueProgress,
): Promise<Catalogue> {
  const tables = inferKeys(run(readTables));
  const filled = await readColumnValues(tables, {
    run: async (sql) => run((connection) => all(connection, sql)),
    quote: quoteIdentifier,
    isText: (column) => `typeof(${column}) = 'text'`,
    progress,
  });
  return { dataSource, searchPath: ['main'], tables: filled, hash: hashCatalogue(['main'], tables) };
}

function readTables(connection: Connection): readonly CatalogueTable[] {
  const listed = all(
    connection,
    `SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view', 'virtual')
     AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
  );
  const statistics = readStatistics(connection);
  return listed.flatMap((row): readonly CatalogueTable[] => {
    try {
      return [readTable(connection, row, statistics)];
    } catch {
      // A view over a missing table cannot be read, so it is left out.
      return [];
    }
  });
}

function readTable(connection: Connection, row: Row, statistics: ReadonlyMap<string, number>): CatalogueTable {
  const name = String(row.name);
  const columns = all(connection, 'SELECT * FROM pragma_table_xinfo(?)', [name]).filter(({ hidden }) => hidden !== 1);
  const keyed = columns.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a.pk) - Number(b.pk));
  return {
    schema: 'main',
    name,
    kind: row.type === 'view' ? 'view' : 'table',
    comment: undefined,
    columns: columns.map(toColumn),
    primaryKey: keyed.map((column) => String(column.name)),
    foreignKeys: readForeignKeys(connection, name),
    rowEstimate: row.type === 'table' ? (statistics.get(name) ?? highestRow(connection, row)) : undefined,
  };
}

const toColumn = (row: Row): CatalogueColumn => ({
  name: String(row.name),
  dataType: String(row.type ?? '').toLowerCase(),
  type: typeOf(String(row.type ?? '')),
  nullable: Number(row.notnull) === 0,
  comment: undefined,
  values: [],
  valuesComplete: false,
});

/** SQLite's rules of type affinity, extended by the types that people declare and SQLite does not have. */
const types: readonly (readonly [pattern: RegExp, type: ColumnType])[] = [
  [/DATETIME|TIMESTAMP/, 'timestamp'],
  [/^DATE/, 'date'],
  [/BOOL/, 'boolean'],
  [/JSON/, 'json'],
  [/INT/, 'integer'],
  [/CHAR|CLOB|TEXT|^$/, 'text'],
  [/BLOB/, 'bytes'],
  [/./, 'number'],
];

const typeOf = (declared: string): ColumnType =>
  types.find(([pattern]) => pattern.test(declared.toUpperCase()))?.[1] ?? 'text';

function readForeignKeys(connection: Connection, table: string): readonly ForeignKey[] {
  const keys = new Map<unknown, ForeignKey>();
  const rows = all(connection, 'SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq', [table]);
  for (const row of rows) {
    const known = keys.get(row.id);
    const toTable = String(row.table);
    const to = row.to === null ? primaryKeyOf(connection, toTable) : String(row.to);
    keys.set(row.id, {
      columns: [...(known?.columns ?? []), String(row.from)],
      toSchema: 'main',
      toTable,
      toColumns: [...(known?.toColumns ?? []), to],
    });
  }
  return [...keys.values()];
}

/** What a foreign key refers to when it names a table only. */
const primaryKeyOf = (connection: Connection, table: string): string =>
  String(all(connection, 'SELECT name FROM pragma_table_info(?) WHERE pk = 1', [table])[0]?.name ?? 'rowid');

/** Rows of each table, as the last ANALYZE counted them. */
function readStatistics(connection: Connection): ReadonlyMap<string, number> {
  try {
    const rows = all(connection, 'SELECT tbl, max(CAST(stat AS INTEGER)) AS rows FROM sqlite_stat1 GROUP BY tbl');
    return new Map(rows.map(({ tbl, rows: count }) => [String(tbl), Number(count)]));
  } catch {
    return new Map();
  }
}

/** The highest rowid: fast, and exact for tables that nothing was deleted from. */
function highestRow(connection: Connection, { name, wr }: Row): number | undefined {
  if (Number(wr) === 1) return undefined;
  const [row] = all(connection, `SELECT max(rowid) AS rows FROM ${quoteIdentifier(String(name))}`);
  return Number(row?.rows ?? 0);
}
