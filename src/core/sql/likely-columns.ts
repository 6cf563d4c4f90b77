import type { Catalogue, CatalogueTable } from '../data/catalogue.ts';
import { tablesIn } from './linking/previous-tables.ts';

/** Columns offered; more would not be a hint. */
const most = 3;

/**
 * Columns, as `table.column`, that somebody may have meant who named one that does not exist: of the same name in
 * another table, with the table in front (`customer_city` for `customers.city`), or by one word of several (`city` for
 * `billing_city`). Columns of tables that the statement reads come first.
 */
export function likelyColumns(wanted: string, sql: string, catalogue: Catalogue): readonly string[] {
  const read = new Set(tablesIn(sql, catalogue));
  const isRead = ({ schema, name }: CatalogueTable): boolean => read.has(`${schema}.${name}`);
  const tables = [...catalogue.tables].sort((a, b) => Number(isRead(b)) - Number(isRead(a)));
  const key = keyOf(wanted.split('.').at(-1) ?? wanted);
  const same = columnsWhere(tables, (column) => column === key);
  const parted = columnsWhere(tables, (column, table) => namesOf(table).some((name) => `${name}${column}` === key));
  const within = columnsWhere(
    tables.filter(isRead),
    (column, _, name) => column !== key && wordsOf(name).includes(key),
  );
  return [...new Set([...parted, ...same, ...within])].slice(0, most);
}

const columnsWhere = (
  tables: readonly CatalogueTable[],
  isMeant: (column: string, table: CatalogueTable, name: string) => boolean,
): readonly string[] =>
  tables.flatMap((table) =>
    table.columns.filter(({ name }) => isMeant(keyOf(name), table, name)).map(({ name }) => `${table.name}.${name}`),
  );

/** Its words, and what follows each of them: `net_unit_price` is also the unit price. */
const wordsOf = (name: string): readonly string[] => {
  const words = name.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).map(keyOf);
  return [...words, ...words.map((_, at) => words.slice(at).join(''))];
};

/** A table's name and its singular. */
const namesOf = ({ name }: CatalogueTable): readonly string[] => {
  const key = keyOf(name);
  return [key, key.replace(/ies$/, 'y'), key.replace(/s$/, ''), key.replace(/es$/, '')];
};

/** Letters and digits only: people write `Customer_City` and `customerCity`. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
