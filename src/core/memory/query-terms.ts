import { b, k1 } from './bm25.ts';
import type { PassageIndex } from './passage-index.ts';

/** A word of a query, with its rarity (inverse document frequency) in each field. */
export type Term = { readonly word: string; readonly own: number; readonly window: number; readonly thread: number };

/** The denominator of BM25: its fixed part, and the factor of the document's length. */
export type Damping = { readonly fixed: number; readonly byLength: number };

/** The parts of a query's score that do not depend on the passage. */
export type Terms = {
  readonly terms: readonly Term[];
  readonly own: Damping;
  readonly windows: Damping;
  readonly threads: Damping;
};

/** Weighs the words of a query across several indexes. */
export function termsOf(indexes: readonly PassageIndex[], words: readonly string[]): Terms {
  const own = totalsOf(indexes, 'own');
  const windows = totalsOf(indexes, 'windows');
  const threads = totalsOf(indexes, 'threads');
  const terms = words.map((word): Term => {
    const found = foundIn(indexes, word);
    return {
      word,
      own: rarityOf(found.own, own.documents),
      window: rarityOf(found.alone + found.windows, windows.documents),
      thread: rarityOf(found.alone + found.threads, threads.documents),
    };
  });
  return { terms, own: dampingOf(own), windows: dampingOf(windows), threads: dampingOf(threads) };
}

type Totals = { readonly documents: number; readonly meanLength: number };

function totalsOf(indexes: readonly PassageIndex[], field: 'own' | 'windows' | 'threads'): Totals {
  let documents = 0;
  let length = 0;
  for (const index of indexes) {
    documents += index[field].live;
    length += index[field].totalLength;
    if (field === 'own') continue;
    // Passages without neighbours are in `own` only; the others together are as long as their threads.
    documents += index.own.live - index.windows.live;
    length += index.own.totalLength - index.threads.totalLength;
  }
  return { documents, meanLength: length / Math.max(1, documents) || 1 };
}

const dampingOf = ({ meanLength }: Totals): Damping => ({ fixed: k1 * (1 - b), byLength: (k1 * b) / meanLength });

/** The number of documents of each field with the word. `alone`: passages that are their own window and thread. */
function foundIn(indexes: readonly PassageIndex[], word: string) {
  const found = { own: 0, alone: 0, windows: 0, threads: 0 };
  for (const index of indexes) {
    const list = index.own.words.get(word);
    found.own += list?.live ?? 0;
    found.alone += (list?.live ?? 0) - (list?.neighboured ?? 0);
    found.windows += index.windows.words.get(word)?.length ?? 0;
    found.threads += index.threads.words.get(word)?.length ?? 0;
  }
  return found;
}

const rarityOf = (found: number, documents: number): number => Math.log(1 + (documents - found + 0.5) / (found + 0.5));
