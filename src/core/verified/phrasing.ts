import { isHan, readText } from '../language/tokens.ts';
import { conceptsOf } from './concepts.ts';
import { isRank, meaningKey } from './meaning-key.ts';
import { isSlot, type Slot, slot, slotName } from './slots.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

/** What words mean in one data source, beyond the lexicon. Applied to phrasings and questions alike. */
export type Wording = (elements: readonly string[], query: VerifiedQuery) => readonly string[];

/** One way to ask a verified query, with its meanings worked out. */
export type Phrasing = {
  readonly query: VerifiedQuery;
  /** As it was written, with `{name}` in it. */
  readonly text: string;
  readonly han: boolean;
  /** Meanings and slots in their order. */
  readonly elements: readonly string[];
  /** The same, for looking up. */
  readonly said: ReadonlySet<string>;
  /** Stems of its words, for telling a literal hit from one by synonyms. */
  readonly stems: ReadonlySet<string>;
  /** Names of the parameters it has a place for, in its order. */
  readonly names: readonly string[];
  /** Choice parameters that follow "by": their words are found together with it. */
  readonly grouped: ReadonlySet<string>;
  /** Its words as stems, with slots for these parameters; what stands before a place goes with it. */
  wordsFor(bound: ReadonlySet<string>): readonly string[];
  /** What a question must mean to be this one, when these parameters are bound. */
  keyFor(bound: ReadonlySet<string>): string;
};

/** What a phrasing means with all its parameters bound. */
export const fullKey = ({ query, keyFor }: Phrasing): string => keyFor(new Set(Object.keys(query.parameters)));

const prepositions = new Set(['from', 'during', 'within', 'over', 'since', 'BY', 'under', 'to', 'with', 'WITH']);
/** Words of the same kind that have no meaning of their own. */
const smallPrepositions = new Set(['in', 'for', 'of', 'on', 'by']);

/** Without the slots of unbound parameters, and with slots for those that are bound but have no place in the phrasing. */
function elementsFor(
  elements: readonly string[],
  bound: ReadonlySet<string>,
  parameters: VerifiedQuery['parameters'],
): readonly string[] {
  const isGone = (element: string | undefined): boolean =>
    element !== undefined && isSlot(element) && !bound.has(slotName(element));
  const kept = elements.filter(
    (element, i) => !isGone(element) && !(prepositions.has(element) && isGone(elements[i + 1])),
  );
  const placed = new Set(elements.filter(isSlot).map(slotName));
  const extra = Object.entries(parameters).filter(([name]) => bound.has(name) && !placed.has(name));
  const integers = extra.filter(([, { type }]) => type === 'integer').map(([name, { type }]) => slot(type, name));
  const free = extra.filter(([, { type }]) => type !== 'integer').map(([name, { type }]) => slot(type, name));
  // A number without a place of its own can only be the N of a ranking.
  return [...kept.flatMap((element) => (isRank(element) ? [element, ...integers] : [element])), ...free];
}

/** Works a phrasing out. A `{name}` that is no parameter is an error of the file and is reported by its reader. */
export function compilePhrasing(query: VerifiedQuery, text: string, wording: Wording): Phrasing {
  const han = isHan(text);
  const tokens = readText(text).tokens;
  const typeOf = (name: string): Parameter['type'] => query.parameters[name]?.type ?? 'value';
  const placed = tokens.map((token): string => {
    const name = /^\{(.+)\}$/u.exec(token.text)?.[1];
    return name === undefined ? token.stem : slot(typeOf(name), name);
  });
  const spread = wording(conceptsOf(placed), query);
  const isGrouped = (i: number): boolean => spread[i] === 'BY' && (spread[i + 1] ?? '').startsWith('{choice:');
  // "since {period}": a question's "since" belongs to the period that is read from it.
  const isSince = (i: number): boolean => spread[i] === 'since' && (spread[i + 1] ?? '').startsWith('{period:');
  const elements = spread.filter((_, i) => !isGrouped(i) && !isSince(i));
  const grouped = new Set(spread.flatMap((_, i) => (isGrouped(i) ? [slotName(spread[i + 1] as Slot)] : [])));
  const keys = new Map<string, string>();
  return {
    query,
    text,
    han,
    elements,
    said: new Set(elements),
    stems: new Set(placed),
    names: elements.filter(isSlot).map(slotName),
    grouped,
    wordsFor(bound) {
      const isGone = (word = ''): boolean => isSlot(word) && !bound.has(slotName(word));
      const goesBefore = (word: string): boolean => prepositions.has(word) || smallPrepositions.has(word);
      return placed.filter((word, i) => !isGone(word) && !(goesBefore(word) && isGone(placed[i + 1])));
    },
    keyFor(bound) {
      const cacheKey = [...bound].sort().join(',');
      const known = keys.get(cacheKey);
      if (known !== undefined) return known;
      const key = meaningKey(elementsFor(elements, bound, query.parameters), han);
      keys.set(cacheKey, key);
      return key;
    },
  };
}
