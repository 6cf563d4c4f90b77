import type { Catalogue } from '../data/catalogue.ts';
import { type ColumnValues, createColumnValues } from '../language/column-values.ts';

/** Reads `table.column` or `schema.table.column` from the catalogue; a column that is not there has no values. */
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
