import type { PersonColumns } from './person-columns.ts';

/** A shorter key would be a word, or a figure that stands in many texts. */
const shortest = 7;
/** Words that a name, an address or a number is made of at most. */
const mostWords = 7;

const wordsIn = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

const isDateOrFigure = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$|^-?\d+(?:[.,]\d+)?$/.test(value);

/** "Blue Bottle Inc" is a business. */
const isCompany = (words: readonly string[]): boolean =>
  words.some((word) =>
    /^(?:inc|llc|ltd|gmbh|ag|co|corp|sa|sas|srl|bv|nv|plc|kg|oy|ab|company|group|store|shop)$/.test(word),
  );

/**
 * The keys under which a value of a column is found in a text. None for what would not tell one person: a single word, a
 * date, a figure. A first name alone is what a team calls its own people.
 */
export function keysOfValue(values: readonly string[], kind: PersonColumns['kind']): readonly string[] {
  const parts = values.map(wordsIn);
  const words = parts.flat();
  const key = words.join('');
  if (kind === 'name') {
    if (/^\p{Script=Han}{3,4}$/u.test(key)) return [key];
    if (words.length < 2 || key.length < shortest || isCompany(words)) return [];
    return words.length === 2 ? [key, [...words].reverse().join('')] : [key];
  }
  if (key.length < shortest || (kind === 'code' && (isDateOrFigure(values.join('')) || !/\d|@/.test(values.join('')))))
    return [];
  return [key];
}

/** Every run of words in a text as a key: what is joined with signs in a database may be written with spaces. */
export function* keysInText(text: string): Generator<string> {
  const words = wordsIn(text);
  for (const [start, word] of words.entries()) {
    for (const run of word.match(/\p{Script=Han}{3,}/gu) ?? [])
      for (let at = 0; at <= run.length - 3; at += 1) yield* [run.slice(at, at + 3), run.slice(at, at + 4)];
    for (let end = start + 1; end <= Math.min(words.length, start + mostWords); end += 1) {
      const key = words.slice(start, end).join('');
      if (key.length >= shortest) yield key;
    }
  }
}
