import { phraseAt } from './lexicon.ts';

/**
 * The meanings of a text in its order. Words become their concept, weightless words are dropped, slots stay. An unknown
 * word is its own concept, so that nothing is lost.
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
