import type { Catalogue, CatalogueTable } from '../../data/catalogue.ts';

/** Two tables that can be joined on these columns, in pairs. `from` holds the references. */
export type TableJoin = {
  readonly from: CatalogueTable;
  readonly columns: readonly string[];
  readonly to: CatalogueTable;
  readonly toColumns: readonly string[];
  readonly inferred: boolean;
};

/** A column name shared by more tables than this (`created_by_id`) does not show which of them belong together. */
const mostSharing = 8;

/**
 * The joins of a catalogue: declared foreign keys and, for columns without one, those that the name shows: the name of
 * another table's single-column key (`customer_id`, or `<table>_id` for a key called `id`) in the same schema.
 */
export function joinsOf(catalogue: Catalogue): readonly TableJoin[] {
  const byName = new Map(catalogue.tables.map((table) => [`${table.schema}.${table.name}`, table]));
  const declared = catalogue.tables.flatMap((from) =>
    from.foreignKeys.flatMap(({ columns, toSchema, toTable, toColumns }): readonly TableJoin[] => {
      const to = byName.get(`${toSchema}.${toTable}`);
      return to ? [{ from, columns, to, toColumns, inferred: false }] : [];
    }),
  );
  return [...declared, ...inferredJoins(catalogue)];
}

function inferredJoins({ tables }: Catalogue): readonly TableJoin[] {
  const keys = new Map<string, { readonly table: CatalogueTable; readonly column: string }[]>();
  for (const table of tables)
    for (const [name, column] of keyNames(table)) {
      const key = `${table.schema}.${name}`;
      keys.set(key, [...(keys.get(key) ?? []), { table, column }]);
    }
  return tables.flatMap((from) => {
    const declared = new Set(from.foreignKeys.flatMap(({ columns }) => columns));
    return from.columns.flatMap(({ name }): readonly TableJoin[] => {
      if (declared.has(name)) return [];
      const own = from.primaryKey.length === 1 && from.primaryKey[0] === name;
      const targets = (keys.get(`${from.schema}.${plain(name)}`) ?? []).filter(({ table }) => table !== from);
      if (own || targets.length === 0 || targets.length > mostSharing) return [];
      return targets.map(({ table: to, column }) => ({
        from,
        columns: [name],
        to,
        toColumns: [column],
        inferred: true,
      }));
    });
  });
}

const keyEnding = /(?:id|key|code|uuid|no|number)$/;

/** How other tables would name a reference to this one. */
function keyNames(table: CatalogueTable): readonly (readonly [string, string])[] {
  const name = plain(table.name)
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '');
  const [key, ...rest] = table.primaryKey.length > 0 ? table.primaryKey : guessedKey(table, name);
  if (key === undefined || rest.length > 0) return [];
  const plainKey = plain(key);
  return /^(?:id|key|uuid|code|no)$/.test(plainKey)
    ? [[`${name}${plainKey}`, key]]
    : keyEnding.test(plainKey)
      ? [[plainKey, key]]
      : [];
}

/** Views and warehouse tables declare no key: `id`, or the column called after the table. */
const guessedKey = ({ columns }: CatalogueTable, name: string): readonly string[] =>
  columns
    .map((column) => column.name)
    .filter(
      (column) =>
        plain(column) === 'id' ||
        (plain(column).startsWith(name) &&
          keyEnding.test(plain(column).slice(name.length)) &&
          /^(?:id|key|code|uuid|no|number)$/.test(plain(column).slice(name.length))),
    )
    .slice(0, 1);

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
