import { normalise } from './tokens.ts';

/** A value named by a question, and how: as written, by a synonym, or with one letter wrong. */
export type ValueMatch = { readonly value: string; readonly how: 'exact' | 'synonym' | 'spelling' };

/** The values of one column, found regardless of case, blanks and punctuation. */
export interface ColumnValues {
  /** Values in the order of the catalogue, most frequent first. */
  readonly values: readonly string[];
  /** The value for `joined`, the result of `joinWords`. */
  find(joined: string): string | undefined;
  /** The one value that is a single edit away; undefined for short words and when there are several. */
  findMisspelt(joined: string): string | undefined;
}

/** Reduces a text to letters and digits: "Hong-Kong", "hong kong" and " HongKong " become equal. */
export const joinWords = (text: string): string => normalise(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** Shorter words too often become other words when one letter changes. Characters. */
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

/** Indexes values. Of two that differ only in case or blanks, the first counts. */
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
