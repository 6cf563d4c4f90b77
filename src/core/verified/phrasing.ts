import { isHan, readText } from '../language/tokens.ts';
import { conceptsOf } from './concepts.ts';
import { isRank, meaningKey } from './meaning-key.ts';
import { isSlot, type Slot, slot, slotName } from './slots.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

/** What words mean in one data source, beyond the lexicon. Applied to both phrasings and questions. */
export type Wording = (elements: readonly string[], query: VerifiedQuery) => readonly string[];

/** One way to ask a verified query, with its meanings. */
export type Phrasing = {
  readonly query: VerifiedQuery;
  /** The text as written, with `{name}` places. */
  readonly text: string;
  readonly han: boolean;
  /** Meanings and slots in their order. */
  readonly elements: readonly string[];
  /** The elements as a set. */
  readonly said: ReadonlySet<string>;
  /** Stems of its words, to distinguish a literal match from one by synonyms. */
  readonly stems: ReadonlySet<string>;
  /** Names of the parameters that it has a place for, in order. */
  readonly names: readonly string[];
  /** Choice parameters after "by": their words are found together with it. */
  readonly grouped: ReadonlySet<string>;
  /** Its words as stems, with slots for these parameters. A preposition before an omitted place is dropped with it. */
  wordsFor(bound: ReadonlySet<string>): readonly string[];
  /** The key that a question must have to match, when these parameters are bound. */
  keyFor(bound: ReadonlySet<string>): string;
};

/** The key of a phrasing with all its parameters bound. */
export const fullKey = ({ query, keyFor }: Phrasing): string => keyFor(new Set(Object.keys(query.parameters)));

const prepositions = new Set(['from', 'during', 'within', 'over', 'since', 'BY', 'under', 'to', 'with', 'WITH']);
/** Prepositions without a meaning of their own. */
const smallPrepositions = new Set(['in', 'for', 'of', 'on', 'by']);

/**
 * The elements without the slots of unbound parameters, and with slots for bound ones that have no place in the
 * phrasing.
 */
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
  // A number without a place can only be the N of a ranking.
  return [...kept.flatMap((element) => (isRank(element) ? [element, ...integers] : [element])), ...free];
}

/**
 * Computes the meanings of a phrasing. A `{name}` that is no parameter is an error that the reader of the file reports.
 */
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
