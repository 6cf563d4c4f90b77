import type { Catalogue, CatalogueColumn, CatalogueTable } from '../data/catalogue.ts';
import { type ColumnValues, createColumnValues } from '../language/column-values.ts';

/** The column that `table.column` or `schema.table.column` names, and its table. */
export function columnAt(
  { tables }: Catalogue,
  path: string,
): { readonly table: CatalogueTable; readonly column: CatalogueColumn } | undefined {
  const [column, table, schema] = path.toLowerCase().split('.').reverse();
  return tables
    .filter(
      ({ name, schema: of }) => name.toLowerCase() === table && (schema === undefined || of.toLowerCase() === schema),
    )
    .flatMap((found) => found.columns.map((one) => ({ table: found, column: one })))
    .find((found) => found.column.name.toLowerCase() === column);
}

/** A text column of which the catalogue does not list every value: only the database can say what is in it. */
export function isLong(catalogue: Catalogue, path: string): boolean {
  const found = columnAt(catalogue, path);
  return found?.column.type === 'text' && !found.column.valuesComplete;
}

/**
 * Indexes the values of `table.column` or `schema.table.column` on demand. A column that is not in the catalogue has no
 * values.
 */
export function createValueIndex(catalogue: Catalogue): (column: string) => ColumnValues {
  const cache = new Map<string, ColumnValues>();
  return (path) => {
    const known = cache.get(path);
    if (known !== undefined) return known;
    const values = createColumnValues(columnAt(catalogue, path)?.column.values ?? []);
    cache.set(path, values);
    return values;
  };
}
