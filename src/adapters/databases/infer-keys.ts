import type { CatalogueTable, ForeignKey } from '../../core/data/catalogue.ts';

/**
 * Infers joins from names for databases without foreign keys, as files and many warehouses are: `customer_id` or
 * `customerId` means the only table called `customer` or `customers` whose primary key, or `id` column, has the same
 * kind of type. A database that declares any key is taken at its word.
 */
export function inferKeys(tables: readonly CatalogueTable[]): readonly CatalogueTable[] {
  if (tables.some(({ foreignKeys }) => foreignKeys.length > 0)) return tables;
  const targets = new Map<string, CatalogueTable[]>();
  for (const table of tables) {
    for (const name of namesOf(table)) targets.set(name, [...(targets.get(name) ?? []), table]);
  }
  return tables.map((table) => ({
    ...table,
    foreignKeys: table.columns.flatMap(({ name }) => keyOf(table, name, targets)),
  }));
}

function keyOf(
  table: CatalogueTable,
  column: string,
  targets: ReadonlyMap<string, readonly CatalogueTable[]>,
): readonly ForeignKey[] {
  const stem = /^(.+?)_?id$/i.exec(column)?.[1]?.toLowerCase();
  const [target, ...others] = stem === undefined ? [] : (targets.get(stem) ?? []);
  if (target === undefined || target === table || others.length > 0) return [];
  const key = idOf(target, column);
  const isSameKind = typeOf(table, column) === typeOf(target, key ?? '');
  if (key === undefined || !isSameKind) return [];
  return [{ columns: [column], toSchema: target.schema, toTable: target.name, toColumns: [key] }];
}

/** A table's own name and its singular. */
function namesOf({ name }: CatalogueTable): readonly string[] {
  const folded = name.toLowerCase();
  return [
    ...new Set([
      folded,
      folded.replace(/ies$/, 'y'),
      folded.replace(/(ss|x|ch|sh)es$/, '$1'),
      folded.replace(/([^s])s$/, '$1'),
    ]),
  ];
}

const idOf = (table: CatalogueTable, column: string): string | undefined => {
  const [key, ...more] = table.primaryKey;
  if (key !== undefined) return more.length === 0 ? key : undefined;
  return table.columns.find(({ name }) => /^id$/i.test(name) || name.toLowerCase() === column.toLowerCase())?.name;
};

const typeOf = (table: CatalogueTable, name: string) => table.columns.find((column) => column.name === name)?.type;
