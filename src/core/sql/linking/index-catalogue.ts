import type { Catalogue, CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';
import { familiesOf } from './column-families.ts';
import { joinsOf, type TableJoin } from './joins.ts';
import { linkWords } from './link-words.ts';
import { nameText } from './render.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

/**
 * Where a word of the catalogue occurs. `share`: how much of the name, comment or value the word makes up, by rarity.
 */
export type WordPlace = { readonly at: number; readonly share: number };
/** A value of a column, as words. */
export type ValuePlace = { readonly at: number; readonly value: string; readonly share: number };

/** A column with its place in the join graph. */
export type IndexedColumn = {
  /** Place of its table. */
  readonly table: number;
  readonly column: CatalogueColumn;
  readonly isKey: boolean;
  readonly isReference: boolean;
  /** Places of the columns that it refers to, declared ones first. */
  readonly targets: readonly number[];
  /** Places of the columns that refer to it. */
  readonly referrers: readonly number[];
  /** Place of the item it belongs to. */
  readonly item: number;
};

/** What is selected and written as one: a column, or columns that differ only in a number. */
export type CatalogueItem = {
  readonly table: number;
  readonly columns: readonly number[];
  /** Length of its name in a prompt, with a separator. Characters. */
  readonly length: number;
};

/** A join as places: from these columns to those, in pairs. */
export type TableLink = {
  readonly from: number;
  readonly columns: readonly number[];
  readonly to: number;
  readonly toColumns: readonly number[];
};

/** A catalogue prepared for many questions: everything numbered ("place"), words to places, tables to neighbours. */
export type CatalogueIndex = {
  readonly searchPath: readonly string[];
  readonly tables: readonly CatalogueTable[];
  readonly columns: readonly IndexedColumn[];
  readonly items: readonly CatalogueItem[];
  /** The places of `columns` and `items` as bare numbers, for loops over a whole warehouse. */
  readonly tableOfColumn: Int32Array;
  readonly itemOfColumn: Int32Array;
  readonly tableOfItem: Int32Array;
  /** For each table, the items of its columns, in their order. */
  readonly itemsOf: readonly (readonly number[])[];
  /** For each table, its joins, declared ones first. */
  readonly linksOf: readonly (readonly TableLink[])[];
  /** For each table, those it joins with. */
  readonly neighbours: readonly (readonly number[])[];
  readonly names: Vocabulary;
  readonly values: Vocabulary;
  /** Words of column names that may be first letters of others: `ua`, `wbc`. */
  readonly acronyms: ReadonlySet<string>;
  readonly inTableName: ReadonlyMap<string, readonly WordPlace[]>;
  readonly inTableComment: ReadonlyMap<string, readonly WordPlace[]>;
  readonly inColumnName: ReadonlyMap<string, readonly WordPlace[]>;
  readonly inColumnComment: ReadonlyMap<string, readonly WordPlace[]>;
  readonly inValue: ReadonlyMap<string, readonly ValuePlace[]>;
  /** Rarity of a word among tables: log(1 + tables / (1 + tables with it)). */
  rarity(word: string): number;
};

/** Values of one column that are indexed; a prompt never shows more than a few. */
const valuesIndexed = 300;
/** A word that occurs in more values than this points to none of them. */
const valuesPerWord = 400;

const indexes = new WeakMap<Catalogue, CatalogueIndex>();

/** The index of a catalogue, made on first use and kept as long as the catalogue. */
export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
  const known = indexes.get(catalogue);
  if (known) return known;
  const made = makeIndex(catalogue);
  indexes.set(catalogue, made);
  return made;
}

function makeIndex(catalogue: Catalogue): CatalogueIndex {
  const { tables } = catalogue;
  const structure = structureOf(catalogue);
  const { columns } = structure;
  const rarity = rarityAmong(tables);
  const inTableName = placesOf(
    tables.map(({ name }) => name),
    rarity,
  );
  const inTableComment = placesOf(
    tables.map(({ comment }) => comment),
    rarity,
  );
  const inColumnName = placesOf(
    columns.map(({ column }) => column.name),
    rarity,
  );
  const inColumnComment = placesOf(
    columns.map(({ column }) => column.comment),
    rarity,
  );
  const inValue = valuesOf(columns, rarity);
  const named = [inTableName, inTableComment, inColumnName, inColumnComment];
  return {
    searchPath: catalogue.searchPath,
    tables,
    ...structure,
    names: createVocabulary(named.flatMap((places) => [...places.keys()])),
    values: createVocabulary(inValue.keys()),
    acronyms: new Set([...inColumnName.keys()].filter((word) => /^[a-z]{2,4}$/.test(word))),
    inTableName,
    inTableComment,
    inColumnName,
    inColumnComment,
    inValue,
    rarity,
  };
}

type Structure = Pick<
  CatalogueIndex,
  'columns' | 'items' | 'tableOfColumn' | 'itemOfColumn' | 'tableOfItem' | 'itemsOf' | 'linksOf' | 'neighbours'
>;

function structureOf(catalogue: Catalogue): Structure {
  const { tables } = catalogue;
  const columns: (IndexedColumn & { readonly targets: number[]; readonly referrers: number[] })[] = [];
  const items: CatalogueItem[] = [];
  const placeOf = tables.map((table, at) => {
    const references = new Set(table.foreignKeys.flatMap((key) => key.columns));
    const first = columns.length;
    for (const members of familiesOf(table.columns)) {
      items.push({ table: at, columns: members.map((member) => first + member), length: lengthOf(members, table) });
      for (const member of members) {
        const column = table.columns[member] as CatalogueColumn;
        columns.push({
          table: at,
          column,
          isKey: table.primaryKey.includes(column.name),
          isReference: references.has(column.name),
          targets: [],
          referrers: [],
          item: items.length - 1,
        });
      }
    }
    return new Map(table.columns.map(({ name }, place) => [name, first + place]));
  });
  const tableAt = new Map(tables.map((table, at) => [table, at]));
  const links = joinsOf(catalogue).flatMap((join) => linkOf(join, tableAt, placeOf));
  for (const link of links)
    for (const [at, column] of link.columns.entries()) {
      const target = link.toColumns[at] as number;
      columns[column]?.targets.push(target);
      columns[target]?.referrers.push(column);
    }
  const linksOf = tables.map((): TableLink[] => []);
  for (const link of links) for (const end of new Set([link.from, link.to])) linksOf[end]?.push(link);
  const itemsOf = tables.map((): number[] => []);
  for (const [item, { table }] of items.entries()) itemsOf[table]?.push(item);
  return {
    columns,
    items,
    tableOfColumn: Int32Array.from(columns, ({ table }) => table),
    itemOfColumn: Int32Array.from(columns, ({ item }) => item),
    tableOfItem: Int32Array.from(items, ({ table }) => table),
    itemsOf,
    linksOf,
    neighbours: linksOf.map((own, at) => [
      ...new Set(own.map(({ from, to }) => (from === at ? to : from)).filter((other) => other !== at)),
    ]),
  };
}

function lengthOf(members: readonly number[], { columns }: CatalogueTable): number {
  const [column, last] = [columns[members[0] ?? -1], columns[members.length > 1 ? (members.at(-1) ?? -1) : -1]];
  return column ? nameText({ column, last, reference: undefined }).length + 2 : 0;
}

/** Undefined for a key that names columns which the catalogue does not show. */
function linkOf(
  join: TableJoin,
  tableAt: ReadonlyMap<CatalogueTable, number>,
  placeOf: readonly ReadonlyMap<string, number>[],
): readonly TableLink[] {
  const [from, to] = [tableAt.get(join.from), tableAt.get(join.to)];
  if (from === undefined || to === undefined) return [];
  const places = (table: number, names: readonly string[]): readonly number[] =>
    names.flatMap((name) => placeOf[table]?.get(name) ?? []);
  const [columns, toColumns] = [places(from, join.columns), places(to, join.toColumns)];
  return columns.length === join.columns.length && toColumns.length === columns.length
    ? [{ from, columns, to, toColumns }]
    : [];
}

function rarityAmong(tables: readonly CatalogueTable[]): (word: string) => number {
  const holding = new Map<string, number>();
  for (const table of tables) {
    const words = new Set(
      [table.name, table.comment ?? '', ...table.columns.flatMap(({ name, comment }) => [name, comment ?? ''])].flatMap(
        linkWords,
      ),
    );
    for (const word of words) holding.set(word, (holding.get(word) ?? 0) + 1);
  }
  return (word) => Math.log(1 + tables.length / (1 + (holding.get(word) ?? 0)));
}

function placesOf(texts: readonly (string | undefined)[], rarity: (word: string) => number) {
  const places = new Map<string, WordPlace[]>();
  for (const [at, text] of texts.entries()) {
    if (!text) continue;
    const words = [...new Set(linkWords(text))];
    const whole = words.reduce((sum, word) => sum + rarity(word), 0);
    for (const word of words) push(places, word, { at, share: rarity(word) / whole });
  }
  return places;
}

function valuesOf(columns: readonly IndexedColumn[], rarity: (word: string) => number) {
  const places = new Map<string, ValuePlace[]>();
  for (const [at, { column }] of columns.entries())
    for (const value of column.values.slice(0, valuesIndexed)) {
      const words = [...new Set(linkWords(value))];
      const whole = words.reduce((sum, word) => sum + rarity(word), 0);
      for (const word of words) push(places, word, { at, value, share: rarity(word) / whole });
    }
  for (const [word, found] of places) if (found.length > valuesPerWord) places.delete(word);
  return places;
}

function push<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
