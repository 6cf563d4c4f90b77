import { tokenThirds } from '../../language/estimate-tokens.ts';
import { createChosen } from './chosen.ts';
import type { CatalogueIndex } from './index-catalogue.ts';
import { createItemTexts, separator } from './item-texts.ts';
import { affectedBy, itemOf, joiningItems } from './joining-items.ts';
import { otherTables, tableHeader } from './render.ts';
import { selectionText } from './selection-text.ts';
import { schemaHeading, schemaOf, tableName } from './table-names.ts';

/** Items of a catalogue that go into a prompt, within a budget. */
export type SchemaSelection = {
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

const otherLineCost = tokenThirds(`${otherTables([])}\n`);

/** An empty selection. `budget` in thirds of a token; `valuesOf` returns the values of a column to show first. */
export function createSelection(
  index: CatalogueIndex,
  budget: number,
  valuesOf: (column: number) => readonly string[],
): SchemaSelection {
  const chosen = createChosen();
  const { named, detailed, open, mentioned } = chosen;
  const texts = createItemTexts(index, chosen, valuesOf);
  const withDetails = new Set<number>();
  const schemas = new Set<string>();
  const schemasWithOthers = new Set<string>();
  let left = budget;

  const headingCost = (table: number): number => {
    const schema = schemaOf(index, table);
    const heading = schemas.has(schema) ? undefined : schemaHeading(index, schema);
    return heading === undefined ? 0 : tokenThirds(`${heading}\n`);
  };
  const mentionCost = (table: number): number => tokenThirds(tableName(index, table)) + separator;
  const lineCost = (table: number): number => tokenThirds(`${tableName(index, table)}: \n`);
  const blockCost = (table: number): number => {
    const whole = index.tables[table];
    return whole ? tokenThirds(`${tableHeader(whole)}\n  also \n`) : 0;
  };

  /** Adds items of a table, and its joins when it is new, unless that costs more than is left. */
  function admit(table: number, items: readonly number[]): boolean {
    const isNew = !open.has(table);
    const all = isNew ? [...new Set([...items, ...joiningItems(index, chosen, table)])] : items;
    const wanted = all.filter((item) => !named.has(item));
    const affected = affectedBy(index, chosen, wanted);
    const before = sum(affected, texts.cost);
    for (const item of wanted) named.add(item);
    const opening = isNew ? lineCost(table) + headingCost(table) - (mentioned.has(table) ? mentionCost(table) : 0) : 0;
    const cost = opening + sum([...wanted, ...affected], texts.cost) - before;
    if (cost > left) {
      for (const item of wanted) named.delete(item);
      return false;
    }
    left -= cost;
    open.add(table);
    mentioned.delete(table);
    schemas.add(schemaOf(index, table));
    return true;
  }

  /** Adds the details of an item, and the header of its table with the first of them. */
  function detail(item: number): boolean {
    const table = index.items[item]?.table ?? -1;
    const before = texts.cost(item);
    const isFirst = !withDetails.has(table);
    detailed.add(item);
    const cost = texts.cost(item) - before + (isFirst ? blockCost(table) - lineCost(table) : 0);
    if (cost > left) {
      detailed.delete(item);
      return false;
    }
    left -= cost;
    withDetails.add(table);
    return true;
  }

  function mention(table: number): boolean {
    if (open.has(table) || mentioned.has(table)) return true;
    const schema = schemaOf(index, table);
    const cost = mentionCost(table) + headingCost(table) + (schemasWithOthers.has(schema) ? 0 : otherLineCost);
    if (cost > left) return false;
    left -= cost;
    mentioned.add(table);
    schemas.add(schema);
    schemasWithOthers.add(schema);
    return true;
  }

  return {
    add: (item) => named.has(item) || admit(index.items[item]?.table ?? -1, [item]),
    open: (table) => open.has(table) || admit(table, []),
    mention,
    detail,
    left: () => left,
    hasTable: (table) => open.has(table) || mentioned.has(table),
    hasColumn: (column) => named.has(itemOf(index, column)),
    items: () => [...named],
    text: () => selectionText(index, chosen, texts),
  };
}

const sum = (items: readonly number[], cost: (item: number) => number): number =>
  items.reduce((total, item) => total + cost(item), 0);
