import { normalise } from './tokens.ts';

/** How a word in a question came to stand for a value: as it is written, by a synonym, or one letter off. */
export type ValueMatch = { readonly value: string; readonly how: 'exact' | 'synonym' | 'spelling' };

/** The values of one column, findable whatever their case, blanks and punctuation. */
export interface ColumnValues {
  /** Values in the order of the catalogue, most frequent first. */
  readonly values: readonly string[];
  /** `joined` as `joinWords` gives it. */
  find(joined: string): string | undefined;
  /** The one value that is a single edit away; undefined for short words and when there are several. */
  findMisspelt(joined: string): string | undefined;
}

/** Letters and digits only: "Hong-Kong", "hong kong" and " HongKong " are one. */
export const joinWords = (text: string): string => normalise(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** Shorter words are too often other words when one letter is changed. Characters. */
const misspellable = 5;

/** The word and all words with one letter less: two words one edit apart share one of them. */
const deletions = (word: string): readonly string[] => [
  word,
  ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1)),
];

/** Insert, delete, replace one letter, or swap two neighbours (optimal string alignment distance ≤ 1). */
export function isOneEdit(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  if (short.slice(i + 1) === long.slice(i + 1)) return true;
  return short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
}

/** Makes values findable; of two that differ in case or blanks only, the first counts. */
export function createColumnValues(values: readonly string[]): ColumnValues {
  const exact = new Map<string, string>();
  for (const value of values) {
    const joined = joinWords(value);
    if (joined !== '' && !exact.has(joined)) exact.set(joined, value);
  }
  const near = new Map<string, string[]>();
  for (const joined of exact.keys())
    if (joined.length >= misspellable && /^\p{L}+$/u.test(joined))
      for (const part of deletions(joined)) near.set(part, [...(near.get(part) ?? []), joined]);
  return {
    values: [...exact.values()],
    find: (joined) => exact.get(joined),
    findMisspelt(joined) {
      if (joined.length < misspellable || !/^\p{L}+$/u.test(joined)) return undefined;
      const close = new Set(deletions(joined).flatMap((part) => near.get(part) ?? []));
      const found = [...close].filter((candidate) => isOneEdit(joined, candidate));
      return found.length === 1 ? exact.get(found[0] ?? '') : undefined;
    },
  };
}
