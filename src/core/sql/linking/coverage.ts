import type { CatalogueIndex } from './index-catalogue.ts';

/** How much of each word of a question each table accounts for. Tables and words are given by their places. */
export type Coverage = {
  /** Keeps the largest amount that a table accounts for of a word. */
  add(table: number, word: number, amount: number): void;
  /** What each table accounts for, summed over all words. */
  sums(): Float64Array;
  /** The same, together with tables up to two joins away; each word counts once. */
  sumsAround(index: CatalogueIndex): Float64Array;
  /** Words that a table accounts for, surest first. */
  placesOf(table: number): readonly number[];
};

/** Neighbours count for a table too, less the more joins away. */
const byDistance = [0.7, 0.5];

/** One array with a number for each table and word, because a warehouse has thousands of tables and all are visited. */
export function createCoverage(tables: number, words: number): Coverage {
  const amounts = new Float64Array(tables * words);
  /** Tables that account for anything. */
  const touched = new Uint8Array(tables);
  const sumOf = (values: Float64Array, from: number): number => {
    let sum = 0;
    for (let at = from; at < from + words; at += 1) sum += values[at] as number;
    return sum;
  };
  function keepMost(most: Float64Array, from: number, weight: number): void {
    for (let word = 0; word < words; word += 1) {
      const amount = (amounts[from + word] as number) * weight;
      if (amount > (most[word] as number)) most[word] = amount;
    }
  }
  return {
    add(table, word, amount) {
      const at = table * words + word;
      if (amount <= (amounts[at] ?? 0)) return;
      amounts[at] = amount;
      touched[table] = 1;
    },
    sums: () => Float64Array.from({ length: tables }, (_, table) => sumOf(amounts, table * words)),
    sumsAround(index) {
      const most = new Float64Array(words);
      return Float64Array.from({ length: tables }, (_, table) => {
        most.set(amounts.subarray(table * words, (table + 1) * words));
        for (const [distance, ring] of ringsOf(table, index).entries()) {
          const weight = byDistance[distance] ?? 0;
          for (const other of ring) if (touched[other]) keepMost(most, other * words, weight);
        }
        return sumOf(most, 0);
      });
    },
    placesOf(table) {
      const amountOf = (word: number): number => amounts[table * words + word] ?? 0;
      return Array.from({ length: words }, (_, word) => word)
        .filter((word) => amountOf(word) > 0)
        .sort((a, b) => amountOf(b) - amountOf(a));
    },
  };
}

type Rings = readonly (readonly number[])[];
const rings = new WeakMap<CatalogueIndex, Rings[]>();

/** The tables one join away and those two joins away; computed once for an index. */
function ringsOf(table: number, index: CatalogueIndex): Rings {
  const known = rings.get(index) ?? [];
  if (known.length === 0) rings.set(index, known);
  const own = known[table];
  if (own) return own;
  const seen = new Set([table]);
  let ring: readonly number[] = [table];
  const made = byDistance.map(() => {
    ring = [...new Set(ring.flatMap((one) => index.neighbours[one] ?? []))].filter((one) => !seen.has(one));
    for (const one of ring) seen.add(one);
    return ring;
  });
  known[table] = made;
  return made;
}
