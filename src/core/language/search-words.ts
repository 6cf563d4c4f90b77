import { functionWords } from './closed-words-en.ts';

/**
 * The words of a text for lexical comparison: lower case, without accents, English stop words dropped, light stems.
 * Han text has no spaces: it is cut into overlapping pairs of characters (a single character stays one), which finds
 * more than a word segmenter does.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().matchAll(tokenPattern)) {
    if (hanPattern.test(run)) words.push(...hanPairs(run));
    else if (!stopWords.has(run)) words.push(stem(run));
  }
  return words;
}

/** True when Han characters make up a fifth of the letters or more. */
export function isMostlyHan(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han > 0 && han * 5 >= (text.match(/\p{L}/gu)?.length ?? 0);
}

/** Runs of Han, or of other letters and digits; an apostrophe ends a word ("cat's"). */
const tokenPattern = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}_])+/gu;
const hanPattern = /^\p{Script=Han}/u;

function hanPairs(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** The singular of an English word; any other word as it is. */
export const singular = (word: string): string =>
  word
    .replace(/(?:ss|sh|ch|x|z)es$/, (end) => end.slice(0, -2))
    .replace(/(?<=.{2})ies$/, 'y')
    .replace(/(?<=.{2}[^su])s$/, '');

/**
 * A light English stemmer: plural, -ing, -ed, -ly, a doubled consonant, a silent e, then the endings that make a noun
 * or an adjective of a longer word. "orders shipped" and "order shipping" meet, and so do "retain" and "retained".
 */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const one = singular(word);
  const bare = one.replace(/(?<=[aeiouy].*[^aeiou])(?:ing|ed|ly)$|(?<=.{3})(?:ing|ed|ly)$/, '');
  const single = bare === one ? bare : bare.replace(/([bdfgmnprt])\1$/, '$1');
  return single
    .replace(/(?<=.{2})e$/, '')
    .replace(/(?<=.{2})y$/, 'i')
    .replace(/(?<=.{4})(?:ation|ment|ness|ful|abl|ibl|iti|ous|al|ion|er|or|ist|iv)$/, '');
}

const stopWords = new Set(functionWords);
