import { tokenThirds } from '../../language/estimate-tokens.ts';
import type { Chosen } from './chosen.ts';
import type { CatalogueIndex } from './index-catalogue.ts';
import { detailText, nameText, referenceText } from './render.ts';
import { nameFrom } from './table-names.ts';

/** Characters between names in a line, and between lines. */
export const separator = 2;

/** The text of items as they are chosen now: it refers only to columns that are in. */
export type ItemTexts = {
  text(item: number): string;
  /** What the text costs, with a separator, in thirds of a token. */
  cost(item: number): number;
};

/** `valuesOf` returns the values of a column to show first. */
export function createItemTexts(
  index: CatalogueIndex,
  { named, detailed }: Chosen,
  valuesOf: (column: number) => readonly string[],
): ItemTexts {
  const fixedCosts = fixedCostsOf(index);

  function nameParts(item: number) {
    const places = index.items[item]?.columns ?? [];
    const first = index.columns[places[0] ?? -1];
    if (!first) throw new RangeError(`no item ${item}`);
    const target = first.targets.find((column) => named.has(index.columns[column]?.item ?? -1));
    const to = target === undefined ? undefined : index.columns[target];
    return {
      column: first.column,
      last: places.length > 1 ? index.columns[places.at(-1) ?? -1]?.column : undefined,
      reference: to && referenceText(first.column.name, nameFrom(index, first.table, to.table), to.column.name),
      isKey: first.isKey,
    };
  }
  const valuesIn = (item: number): readonly string[] => (index.items[item]?.columns ?? []).flatMap(valuesOf);
  const text = (item: number): string =>
    detailed.has(item) ? detailText({ ...nameParts(item), values: valuesIn(item) }) : nameText(nameParts(item));
  const nameCost = (item: number): number => tokenThirds(nameText(nameParts(item))) + separator;
  /** The cost of an item without references, which never changes. */
  function fixedCost(item: number): number {
    const known = fixedCosts[item];
    if (known) return known;
    const cost = nameCost(item);
    fixedCosts[item] = cost;
    return cost;
  }
  function cost(item: number): number {
    if (detailed.has(item)) return tokenThirds(text(item)) + separator + 1;
    const refers = (index.columns[index.items[item]?.columns[0] ?? -1]?.targets.length ?? 0) > 0;
    return refers ? nameCost(item) : fixedCost(item);
  }
  return { text, cost };
}

const costs = new WeakMap<CatalogueIndex, Uint16Array>();

/** What the names of items without references cost, in thirds of a token; 0 until it was computed. */
function fixedCostsOf(index: CatalogueIndex): Uint16Array {
  const known = costs.get(index) ?? new Uint16Array(index.items.length);
  costs.set(index, known);
  return known;
}
