import type { CatalogueColumn, CatalogueTable } from '../../core/data/catalogue.ts';
import type { CatalogueProgress } from '../../core/data/database.ts';
import { tablesToSample } from '../../core/sql/table-families.ts';
import { isPersonal, keepShort, maxDistinct, readInFull, type Values, withValues } from './listed-values.ts';
import { throttle } from './throttle.ts';

/** Time for reading the values of all tables, milliseconds. */
const timeMs = 3_000;

/** How an engine is asked for values. */
export type ValueReader = {
  readonly run: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A name as SQL text. */
  readonly quote: (name: string) => string;
  /** SQL condition for values that are non-empty text. */
  readonly isText: (column: string) => string;
  readonly progress?: CatalogueProgress | undefined;
};

/**
 * Fills in the values of text columns that have few of them, with one query for each table over its first rows. Columns
 * that cannot be read in time, or that the engine refuses (a broken view), get none.
 */
export async function readColumnValues(
  tables: readonly CatalogueTable[],
  reader: ValueReader,
): Promise<readonly CatalogueTable[]> {
  const deadline = performance.now() + timeMs;
  const filled: CatalogueTable[] = [];
  const wanted = tablesToSample(tables);
  const tell = throttle(reader.progress);
  for (const table of tables) {
    tell(filled.length, tables.length);
    const listable = table.columns.filter(({ type }) => type === 'text');
    const isWanted = wanted.has(table) && listable.length > 0 && performance.now() < deadline;
    const found = isWanted ? await valuesOf(table, listable, reader) : new Map<CatalogueColumn, Values>();
    filled.push({ ...table, columns: table.columns.map((column) => withValues(column, found.get(column))) });
  }
  return filled;
}

async function valuesOf(
  table: CatalogueTable,
  columns: readonly CatalogueColumn[],
  reader: ValueReader,
): Promise<ReadonlyMap<CatalogueColumn, Values>> {
  const rows = await reader.run(valuesQuery(table, columns, reader)).catch(() => undefined);
  const found = new Map<CatalogueColumn, Values>();
  columns.forEach((column, index) => {
    const values = rows
      ?.filter(({ c }) => Number(c) === index)
      .map(({ v, n }) => ({ text: String(v), count: Number(n) }));
    if (values === undefined || values.length > maxDistinct) return;
    const texts = values.sort((a, b) => b.count - a.count).map(({ text }) => text);
    if (isPersonal(texts)) return;
    const short = keepShort(texts);
    found.set(column, { ...short, complete: short.complete && (table.rowEstimate ?? 0) < readInFull });
  });
  return found;
}

/**
 * Without an order: a column with more values than the limit gets none anyway. Large tables, and those of unknown size,
 * are sampled.
 */
function valuesQuery(
  { schema, name, rowEstimate }: CatalogueTable,
  columns: readonly CatalogueColumn[],
  { quote, isText }: ValueReader,
): string {
  const table = `${quote(schema)}.${quote(name)}`;
  const names = columns.map((column) => quote(column.name));
  const isSmall = rowEstimate !== undefined && rowEstimate <= readInFull;
  const from = isSmall ? table : `(SELECT ${names.join(', ')} FROM ${table} LIMIT ${readInFull}) AS s`;
  const query = (column: string, index: number) =>
    `SELECT ${index} AS c, v, n FROM (SELECT ${column} AS v, count(*) AS n FROM ${from} ` +
    `WHERE ${isText(column)} GROUP BY ${column} LIMIT ${maxDistinct + 1}) AS t`;
  return names.map(query).join(' UNION ALL ');
}
