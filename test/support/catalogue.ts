import type { Catalogue, CatalogueColumn, CatalogueTable, ForeignKey } from '../../src/core/data/catalogue.ts';

/** A column; the values given are all that it has. */
export const column = (
  name: string,
  type: CatalogueColumn['type'] = 'text',
  values: readonly string[] = [],
): CatalogueColumn => ({
  name,
  dataType: type,
  type,
  nullable: true,
  comment: undefined,
  values,
  valuesComplete: values.length > 0,
});

/** A table of the schema `public` without keys, but for what is said. */
export const table = (
  name: string,
  columns: readonly CatalogueColumn[],
  more: Partial<CatalogueTable> = {},
): CatalogueTable => ({
  schema: 'public',
  name,
  kind: 'table',
  comment: undefined,
  columns,
  primaryKey: [],
  foreignKeys: [],
  rowEstimate: undefined,
  ...more,
});

export const reference = (column: string, toTable: string, toColumn: string): ForeignKey => ({
  columns: [column],
  toSchema: 'public',
  toTable,
  toColumns: [toColumn],
});

export const catalogueOf = (tables: readonly CatalogueTable[], searchPath = ['public']): Catalogue => ({
  dataSource: 'd',
  searchPath,
  tables,
  hash: '',
});

/** The tables of the given columns of text: `table.column` → its values. */
export function catalogueOfValues(values: Readonly<Record<string, readonly string[]>>): Catalogue {
  const names = new Set(Object.keys(values).map((path) => path.split('.')[0] ?? ''));
  const columnsOf = (name: string) =>
    Object.entries(values)
      .filter(([path]) => path.startsWith(`${name}.`))
      .map(([path, found]) => column(path.slice(name.length + 1), 'text', found));
  return catalogueOf([...names].map((name) => table(name, columnsOf(name))));
}
