import { phraseAt } from './lexicon.ts';

/**
 * The meanings of a text in its order: words become the concept they stand for, words without weight disappear, slots
 * stay. An unknown word is a concept of its own, so that nothing gets lost.
 */
export function conceptsOf(stems: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let i = 0; i < stems.length; ) {
    const phrase = phraseAt(stems, i);
    found.push(...(phrase?.concepts ?? [stems[i] ?? '']));
    i += phrase?.length ?? 1;
  }
  return found;
}
