import type { Catalogue } from '../data/catalogue.ts';
import { type ColumnValues, createColumnValues } from '../language/column-values.ts';

/**
 * Indexes the values of `table.column` or `schema.table.column` on demand. A column that is not in the catalogue has no
 * values.
 */
export function createValueIndex(catalogue: Catalogue): (column: string) => ColumnValues {
  const cache = new Map<string, ColumnValues>();
  return (path) => {
    const known = cache.get(path);
    if (known !== undefined) return known;
    const [column, table, schema] = path.toLowerCase().split('.').reverse();
    const found = catalogue.tables
      .filter(
        ({ name, schema: of }) => name.toLowerCase() === table && (schema === undefined || of.toLowerCase() === schema),
      )
      .flatMap(({ columns }) => columns.filter(({ name }) => name.toLowerCase() === column))[0];
    const values = createColumnValues(found?.values ?? []);
    cache.set(path, values);
    return values;
  };
}
