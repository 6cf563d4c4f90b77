import { askingEnglish, functionWords } from './closed-words-en.ts';
import { askingChinese } from './closed-words-zh.ts';
import { subjectOf } from './intents.ts';

const nameless = new Set(
  [...functionWords, ...askingEnglish, ...askingChinese, 'many', 'much', 'several', 'else'].flatMap((phrase) =>
    phrase.split(' '),
  ),
);

/**
 * Whether a phrase could be a name: at least one word is not a function word, a verb of asking or changing, or a
 * number. Only such a phrase may be taught, or suggested for teaching.
 */
export function mayName(phrase: string): boolean {
  const words = subjectOf(phrase.toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.some((word) => /\p{L}/u.test(word) && !nameless.has(word));
}
