import { tokenThirds } from '../../language/estimate-tokens.ts';
import type { CatalogueIndex, Link } from './index-catalogue.ts';
import {
  detailText,
  identifier,
  nameText,
  otherTables,
  referenceText,
  schemaLine,
  tableBlock,
  tableHeader,
  tableLine,
} from './render.ts';

/** Items of a catalogue that go into a prompt, within a budget. */
export type Selection = {
  /** Adds an item by name, with the columns that join its table to those already in; false when it does not fit. */
  add(item: number): boolean;
  /** Adds the columns that join a table to those already in; false when it does not fit. */
  open(table: number): boolean;
  /** Names a table without its columns; false when that does not fit. */
  mention(table: number): boolean;
  /** Shows an item that is in with its type, comment and values; false when that does not fit. */
  detail(item: number): boolean;
  /** The rest of the budget, in thirds of a token. */
  left(): number;
  hasTable(table: number): boolean;
  hasColumn(column: number): boolean;
  /** The items that are in. */
  items(): number[];
  text(): string;
};

/** Characters between names in a line, and between lines. */
const separator = 2;
const otherLineCost = tokenThirds(`${otherTables([])}\n`);

/** `budget` in thirds of a token; `valuesOf` gives the values of a column to show first. */
export function createSelection(
  index: CatalogueIndex,
  budget: number,
  valuesOf: (column: number) => readonly string[],
): Selection {
  const named = new Set<number>();
  const detailed = new Set<number>();
  const open = new Set<number>();
  const withDetails = new Set<number>();
  const mentioned = new Set<number>();
  const schemas = new Set<string>();
  const schemasWithOthers = new Set<string>();
  const fixedCosts = fixedCostsOf(index);
  let left = budget;

  const itemOf = (column: number): number => index.columns[column]?.item ?? -1;
  const nameOf = (table: number): string => identifier(index.tables[table]?.name ?? '');
  const schemaOf = (table: number): string => index.tables[table]?.schema ?? '';
  /** Undefined where the search path finds the tables. */
  const schemaHeading = (schema: string): string | undefined =>
    index.searchPath.includes(schema) ? undefined : schemaLine(schema);
  const headingCost = (table: number): number => {
    const heading = schemas.has(schemaOf(table)) ? undefined : schemaHeading(schemaOf(table));
    return heading === undefined ? 0 : tokenThirds(`${heading}\n`);
  };
  /** A table as it is named from within another: with its schema when that is another one. */
  const nameFrom = (other: number, table: number): string =>
    schemaOf(other) === schemaOf(table) || index.searchPath.includes(schemaOf(table))
      ? nameOf(table)
      : `${identifier(schemaOf(table))}.${nameOf(table)}`;

  /** An item as it stands now: references only to columns that are in. */
  function shown(item: number) {
    const places = index.items[item]?.columns ?? [];
    const first = index.columns[places[0] ?? -1];
    if (!first) throw new RangeError(`no item ${item}`);
    const target = first.targets.find((column) => named.has(itemOf(column)));
    const to = target === undefined ? undefined : index.columns[target];
    return {
      column: first.column,
      last: places.length > 1 ? index.columns[places.at(-1) ?? -1]?.column : undefined,
      reference: to && referenceText(first.column.name, nameFrom(first.table, to.table), to.column.name),
      isKey: first.isKey,
    };
  }
  const valuesIn = (item: number): readonly string[] => (index.items[item]?.columns ?? []).flatMap(valuesOf);
  const itemText = (item: number): string =>
    detailed.has(item) ? detailText({ ...shown(item), values: valuesIn(item) }) : nameText(shown(item));
  const nameCost = (item: number): number => tokenThirds(nameText(shown(item))) + separator;
  /** Of what refers to nothing: one name, whatever else is in. */
  function fixedCost(item: number): number {
    const known = fixedCosts[item];
    if (known) return known;
    const cost = nameCost(item);
    fixedCosts[item] = cost;
    return cost;
  }
  function itemCost(item: number): number {
    if (detailed.has(item)) return tokenThirds(itemText(item)) + separator + 1;
    const refers = (index.columns[index.items[item]?.columns[0] ?? -1]?.targets.length ?? 0) > 0;
    return refers ? nameCost(item) : fixedCost(item);
  }
  const lineCost = (table: number): number => tokenThirds(`${nameOf(table)}: \n`);
  const blockCost = (table: number): number => {
    const whole = index.tables[table];
    return whole ? tokenThirds(`${tableHeader(whole)}\n  also \n`) : 0;
  };

  /** The columns that join a table to each neighbour that is in: by one join, preferably one that is in already. */
  function joiningItems(table: number): readonly number[] {
    const neighbours = (index.neighbours[table] ?? []).filter((other) => open.has(other));
    return neighbours.flatMap((other) => {
      const links = (index.linksOf[table] ?? []).filter(({ from, to }) => from === other || to === other);
      const ends = links.map(itemsAt);
      return ends.find((items) => items.every((item) => named.has(item))) ?? ends[0] ?? [];
    });
  }
  const itemsAt = ({ columns, toColumns }: Link): readonly number[] => [...columns, ...toColumns].map(itemOf);

  /** Items whose text changes when these come in: those that refer to them. */
  function affectedBy(items: readonly number[]): readonly number[] {
    const affected = new Set<number>();
    for (const item of items)
      for (const column of index.items[item]?.columns ?? [])
        for (const referrer of index.columns[column]?.referrers ?? [])
          if (named.has(itemOf(referrer))) affected.add(itemOf(referrer));
    return [...affected];
  }

  /** Puts items of a table in, and its joins when it is new, unless that costs more than is left. */
  function admit(table: number, items: readonly number[]): boolean {
    const isNew = !open.has(table);
    const all = isNew ? [...new Set([...items, ...joiningItems(table)])] : items;
    const wanted = all.filter((item) => !named.has(item));
    const affected = affectedBy(wanted);
    const before = sum(affected, itemCost);
    for (const item of wanted) named.add(item);
    const opening = isNew ? lineCost(table) + headingCost(table) - (mentioned.has(table) ? mentionCost(table) : 0) : 0;
    const cost = opening + sum([...wanted, ...affected], itemCost) - before;
    if (cost > left) {
      for (const item of wanted) named.delete(item);
      return false;
    }
    left -= cost;
    open.add(table);
    mentioned.delete(table);
    schemas.add(schemaOf(table));
    return true;
  }
  const mentionCost = (table: number): number => tokenThirds(nameOf(table)) + separator;

  /** Tables of one schema, as they stand together. */
  function schemaText(schema: string, tables: readonly number[]): string {
    const opened = tables.filter((table) => open.has(table)).map(openedText);
    const others = tables.filter((table) => mentioned.has(table)).map(nameOf);
    const heading = schemaHeading(schema);
    return [
      ...(heading === undefined ? [] : [heading]),
      ...opened,
      ...(others.length > 0 ? [otherTables(others)] : []),
    ].join('\n');
  }
  function openedText(table: number): string {
    const items = (index.itemsOf[table] ?? []).filter((item) => named.has(item));
    const lines = items.filter((item) => detailed.has(item)).map(itemText);
    const names = items.filter((item) => !detailed.has(item)).map(itemText);
    const whole = index.tables[table];
    return lines.length === 0 || !whole
      ? tableLine(nameOf(table), names)
      : tableBlock(tableHeader(whole), lines, names);
  }

  return {
    add: (item) => named.has(item) || admit(index.items[item]?.table ?? -1, [item]),
    open: (table) => open.has(table) || admit(table, []),
    detail(item) {
      const table = index.items[item]?.table ?? -1;
      const before = itemCost(item);
      const isFirst = !withDetails.has(table);
      detailed.add(item);
      const cost = itemCost(item) - before + (isFirst ? blockCost(table) - lineCost(table) : 0);
      if (cost > left) {
        detailed.delete(item);
        return false;
      }
      left -= cost;
      withDetails.add(table);
      return true;
    },
    left: () => left,
    hasTable: (table) => open.has(table) || mentioned.has(table),
    hasColumn: (column) => named.has(itemOf(column)),
    items: () => [...named],
    mention(table) {
      if (open.has(table) || mentioned.has(table)) return true;
      const line = schemasWithOthers.has(schemaOf(table)) ? 0 : otherLineCost;
      const cost = mentionCost(table) + headingCost(table) + line;
      if (cost > left) return false;
      left -= cost;
      mentioned.add(table);
      schemas.add(schemaOf(table));
      schemasWithOthers.add(schemaOf(table));
      return true;
    },
    text() {
      const bySchema = new Map<string, number[]>();
      for (const table of index.tables.keys())
        if (open.has(table) || mentioned.has(table))
          bySchema.set(schemaOf(table), [...(bySchema.get(schemaOf(table)) ?? []), table]);
      return [...bySchema].map(([schema, tables]) => schemaText(schema, tables)).join('\n');
    },
  };
}

const costs = new WeakMap<CatalogueIndex, Uint16Array>();

/** What the names of items without references cost, in thirds of a token; 0 until it was computed. */
function fixedCostsOf(index: CatalogueIndex): Uint16Array {
  const known = costs.get(index) ?? new Uint16Array(index.items.length);
  costs.set(index, known);
  return known;
}

const sum = (items: readonly number[], cost: (item: number) => number): number =>
  items.reduce((total, item) => total + cost(item), 0);
