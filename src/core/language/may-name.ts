import { askingEnglish, functionWords } from './closed-words-en.ts';
import { askingChinese } from './closed-words-zh.ts';
import { subjectOf } from './intents.ts';

const nameless = new Set(
  [...functionWords, ...askingEnglish, ...askingChinese, 'many', 'much', 'several', 'else'].flatMap((phrase) =>
    phrase.split(' '),
  ),
);

/**
 * The phrase could be what people call something: a word of it is neither a question word, a verb of asking or changing,
 * a preposition and the like, nor a number. Only such a phrase is taught, or asked to be taught.
 */
export function mayName(phrase: string): boolean {
  const words = subjectOf(phrase.toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.some((word) => /\p{L}/u.test(word) && !nameless.has(word));
}
