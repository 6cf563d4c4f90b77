import type { CatalogueColumn, CatalogueTable } from '../../core/sql/catalogue.ts';
import { isPersonal, keepShort, maxDistinct, readInFull, type Values, withValues } from './postgres-values.ts';

/** Time for the values of all tables together, in milliseconds. */
const timeMs = 3_000;

/** How an engine is asked for values. */
export type ValueReader = {
  readonly run: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A name as SQL text. */
  readonly quote: (name: string) => string;
  /** What makes `v` a text that counts. */
  readonly isText: string;
};

/**
 * Fills in the values of text columns that have few of them, by one query a table over its first rows. What cannot be
 * read in time keeps none, and what the engine refuses (a view that is broken) neither.
 */
export async function readColumnValues(
  tables: readonly CatalogueTable[],
  reader: ValueReader,
): Promise<readonly CatalogueTable[]> {
  const deadline = performance.now() + timeMs;
  const filled: CatalogueTable[] = [];
  for (const table of tables) {
    const listable = table.columns.filter(({ type }) => type === 'text');
    const isWanted = listable.length > 0 && performance.now() < deadline;
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

function valuesQuery(
  { schema, name }: CatalogueTable,
  columns: readonly CatalogueColumn[],
  { quote, isText }: ValueReader,
): string {
  const from = `${quote(schema)}.${quote(name)}`;
  const query = (column: CatalogueColumn, index: number) => {
    const sample = `SELECT ${quote(column.name)} AS v FROM ${from} LIMIT ${readInFull}`;
    const counted = `SELECT v, count(*) AS n FROM (${sample}) AS s WHERE ${isText} GROUP BY v ORDER BY n DESC, v LIMIT ${maxDistinct + 1}`;
    return `SELECT ${index} AS c, v, n FROM (${counted}) AS t`;
  };
  return columns.map(query).join(' UNION ALL ');
}
