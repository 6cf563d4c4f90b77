/**
 * How soon more occurrences of a word stop adding to the score of Okapi BM25 (Robertson and Zaragoza 2009). Both
 * parameters are below the usual 1.2 and 0.75, because remarks are short and repeat little.
 */
export const k1 = 0.9;
/** How much the length of a document counts, 0 to 1. */
export const b = 0.6;

/** One document: how often each word occurs, and how many words there are. */
export type WordCounts = { readonly counts: ReadonlyMap<string, number>; readonly length: number };

/** Counts the words of one document. */
export function countWords(words: readonly string[]): WordCounts {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, length: words.length };
}

/** The score of every document for the query, in the order of the documents; 0 when they share no word. */
export function bm25(query: readonly string[], documents: readonly WordCounts[]): number[] {
  const asked = new Set(query);
  const mean = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length);
  const scores = new Array<number>(documents.length).fill(0);
  for (const word of asked) {
    const found = documents.flatMap(({ counts }, at) => (counts.has(word) ? [at] : []));
    const rarity = Math.log(1 + (documents.length - found.length + 0.5) / (found.length + 0.5));
    for (const at of found) {
      const { counts, length } = documents[at] as WordCounts;
      const times = counts.get(word) ?? 0;
      scores[at] = (scores[at] ?? 0) + (rarity * times * (k1 + 1)) / (times + k1 * (1 - b + (b * length) / mean));
    }
  }
  return scores;
}
