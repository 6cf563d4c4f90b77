import type { CatalogueColumn, CatalogueTable } from '../../core/sql/catalogue.ts';
import { isPersonal, keepShort, maxDistinct, readInFull, type Values, withValues } from './postgres-values.ts';

/** Time for the values of all tables together, in milliseconds. */
const timeMs = 3_000;

/** The values of one column, most frequent first, among the first rows of a table. */
export type ReadColumn = (
  table: CatalogueTable,
  column: CatalogueColumn,
  limits: { readonly rows: number; readonly values: number },
) => Promise<readonly string[]>;

/**
 * Fills in the values of text columns that have few of them. What cannot be read in time keeps none, and what the engine
 * refuses (a view that is broken) neither.
 */
export async function readColumnValues(
  tables: readonly CatalogueTable[],
  read: ReadColumn,
): Promise<readonly CatalogueTable[]> {
  const deadline = performance.now() + timeMs;
  const filled: CatalogueTable[] = [];
  for (const table of tables) {
    const columns: CatalogueColumn[] = [];
    for (const column of table.columns) {
      const isWanted = column.type === 'text' && performance.now() < deadline;
      columns.push(isWanted ? withValues(column, await valuesOf(table, column, read)) : column);
    }
    filled.push({ ...table, columns });
  }
  return filled;
}

async function valuesOf(table: CatalogueTable, column: CatalogueColumn, read: ReadColumn): Promise<Values | undefined> {
  const values = await read(table, column, { rows: readInFull, values: maxDistinct + 1 }).catch(() => undefined);
  if (values === undefined || values.length > maxDistinct || isPersonal(values)) return undefined;
  const short = keepShort(values);
  return { ...short, complete: short.complete && (table.rowEstimate ?? 0) < readInFull };
}
