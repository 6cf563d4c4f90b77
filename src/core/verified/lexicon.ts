import { normalise, tokenise } from '../language/tokens.ts';
import { englishCompounds, englishConcepts, weightlessEnglish } from './lexicon-en.ts';
import { chineseCompounds, chineseConcepts, weightlessChinese } from './lexicon-zh.ts';

/** A phrase as stems, and its meanings; none for a weightless phrase. */
type Entry = { readonly stems: readonly string[]; readonly concepts: readonly string[] };

/** A phrase of the lexicon in a text: its length in words, and its meanings. */
export type Phrase = { readonly length: number; readonly concepts: readonly string[] };

const stemsOf = (phrase: string): readonly string[] => tokenise(normalise(phrase)).map((token) => token.stem);

const entries: readonly Entry[] = [
  ...[...weightlessEnglish, ...weightlessChinese].map((phrase) => ({ stems: stemsOf(phrase), concepts: [] })),
  ...[englishConcepts, englishCompounds, chineseConcepts, chineseCompounds].flatMap((table) =>
    Object.entries(table).flatMap(([meaning, phrases]) =>
      phrases.map((phrase) => ({ stems: stemsOf(phrase), concepts: meaning.split(' ').filter(Boolean) })),
    ),
  ),
];

const byFirstStem = new Map<string, Entry[]>();
for (const entry of entries) {
  const first = entry.stems[0] ?? '';
  byFirstStem.set(first, [...(byFirstStem.get(first) ?? []), entry]);
}
for (const list of byFirstStem.values()) list.sort((a, b) => b.stems.length - a.stems.length);

/** The longest known phrase that begins at `at`; undefined when the word is not in the lexicon. */
export function phraseAt(stems: readonly string[], at: number): Phrase | undefined {
  const fits = byFirstStem
    .get(stems[at] ?? '')
    ?.find((entry) => entry.stems.every((stem, i) => stems[at + i] === stem));
  return fits === undefined ? undefined : { length: fits.stems.length, concepts: fits.concepts };
}

const longest = Math.max(...entries.map(({ stems }) => stems.length));

/**
 * Every meaning that the word at `at` could have, alone or in a phrase around it, whichever other words become slots.
 */
export function meaningsAt(stems: readonly string[], at: number): readonly (readonly string[])[] {
  const own = stems[at] ?? '';
  const found: (readonly string[])[] = [];
  let isAlone = false;
  for (let from = Math.max(0, at - longest + 1); from <= at; from++)
    for (const { stems: phrase, concepts } of byFirstStem.get(stems[from] ?? '') ?? []) {
      if (from + phrase.length <= at || !phrase.every((stem, i) => stems[from + i] === stem)) continue;
      found.push(concepts);
      if (phrase.length === 1) isAlone = true;
    }
  return isAlone ? found : [...found, [own]];
}

const words = new Set(entries.flatMap(({ stems }) => stems));

/** Whether the lexicon contains the word, alone or in a phrase. */
export const isLexiconWord = (stem: string): boolean => words.has(stem);
