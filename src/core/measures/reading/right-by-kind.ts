import type { ReadingKind } from './reading-kind.ts';

/** Answers of one kind that were compared with the right rows, and how many had them. */
type Count = { readonly answered: number; readonly right: number };

/**
 * Measured on 29 November 2026 with `npm run bench:measures -- --json` ("by_kind"): 2,316 questions of Spider's training
 * and development sets on 44 databases, each with the draft that `npm run sources -- draft` writes, untouched, and judged
 * by scripts/bench/measures-judge.ts. Gold queries that are themselves wrong count against us. Measure again when reading
 * or drafting changes: docs/decisions/0056-what-a-draft-may-answer.md.
 */
const rightByKind: Readonly<Record<ReadingKind, Count>> = {
  'one figure': { answered: 91, right: 91 },
  'one figure with filter': { answered: 82, right: 81 },
  'figure by group': { answered: 94, right: 89 },
  'figure by group with filter': { answered: 4, right: 4 },
  'several figures': { answered: 20, right: 19 },
  'top groups': { answered: 75, right: 73 },
  'top rows': { answered: 50, right: 50 },
  list: { answered: 124, right: 123 },
  'list with filter': { answered: 174, right: 161 },
  'list over tables': { answered: 26, right: 24 },
  'different values': { answered: 44, right: 42 },
  having: { answered: 64, right: 61 },
  with: { answered: 27, right: 26 },
  without: { answered: 44, right: 44 },
  'beside average': { answered: 20, right: 20 },
  contains: { answered: 6, right: 6 },
  series: { answered: 1, right: 1 },
  share: { answered: 0, right: 0 },
  ratio: { answered: 0, right: 0 },
  compare: { answered: 0, right: 0 },
  role: { answered: 0, right: 0 },
};

/** Fewer answers than this prove nothing. */
const fewest = 40;
/** Of a hundred answers, one may be wrong. */
const wanted = 0.99;

/** Readings of this kind were right often enough, on databases that nobody had seen, to be given without asking. */
export function isReadRight(kind: ReadingKind): boolean {
  const { answered, right } = rightByKind[kind];
  return answered >= fewest && right >= answered * wanted;
}
