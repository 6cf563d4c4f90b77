import { joinWords } from '../../language/column-values.ts';
import type { Field } from './model.ts';

const separators = [',', ';', '|', '/'] as const;
export type Separator = (typeof separators)[number];

/** What a field keeps in one text: "Trailers,Deleted Scenes". */
export type ListedValues = { readonly separator: Separator; readonly parts: readonly string[] };

/** The longest a part of a list is, in characters: sentences have commas too. */
const longestPart = 40;

const known = new WeakMap<readonly string[], ListedValues | undefined>();

/**
 * The parts of a field whose texts are lists. Undefined for any other field: "Austin, TX" has a comma as well, but each of
 * its parts keeps its place, while the parts of a list come first in one row and second in another.
 */
export function listedValues({ type, values }: Pick<Field, 'type' | 'values'>): ListedValues | undefined {
  if (type !== 'text') return undefined;
  if (!known.has(values)) known.set(values, readLists(values));
  return known.get(values);
}

function readLists(values: readonly string[]): ListedValues | undefined {
  for (const separator of separators) {
    const lists = values.map((value) => value.split(separator).map((part) => part.trim()));
    const places = placesOf(lists.filter((list) => list.length > 1));
    if (places.size === 0) continue;
    const alone = new Set(lists.flatMap((list) => (list.length === 1 ? list.map(joinWords) : [])));
    const isMoved = ([key, { at }]: readonly [string, Place]): boolean => at.size > 1 || alone.has(key);
    const repeated = [...places].filter(([key, { count }]) => count > 1 || alone.has(key));
    if (repeated.length * 2 < places.size || !repeated.some(isMoved)) continue;
    const parts = [...new Map(lists.flat().map((part) => [joinWords(part), part])).values()];
    if (parts.every((part) => part !== '' && part.length <= longestPart)) return { separator, parts };
  }
  return undefined;
}

type Place = { readonly at: Set<number>; count: number };

function placesOf(lists: readonly (readonly string[])[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const list of lists)
    list.forEach((part, i) => {
      const place = places.get(joinWords(part)) ?? { at: new Set<number>(), count: 0 };
      place.at.add(i);
      place.count += 1;
      places.set(joinWords(part), place);
    });
  return places;
}
