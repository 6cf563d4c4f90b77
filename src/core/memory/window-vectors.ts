import { createPackedVectors, type PackedVectors, setVector } from '../vectors/packed-vectors.ts';
import { neighbourWords, wordsIn } from './embedding-text.ts';

/** What of an index the vectors of texts with their neighbours are made of, and where they go. */
type Threads = {
  readonly texts: readonly (string | undefined)[];
  readonly beforeOf: Int32Array;
  readonly vectors: PackedVectors | undefined;
  windowVectors: PackedVectors | undefined;
};

/**
 * Makes the vector of a thread's last text with the one before it, and of that one with both its neighbours, out of their
 * own: nothing is embedded for it and nothing of a neighbour is kept, so that what was forgotten leaves no trace in what
 * was said beside it.
 */
export function setWindows(index: Threads, slot: number): void {
  const { vectors, beforeOf } = index;
  const before = (beforeOf[slot] ?? 0) - 1;
  if (vectors === undefined || before < 0) return;
  setWindow(index, vectors, slot, [before, slot]);
  setWindow(index, vectors, before, [(beforeOf[before] ?? 0) - 1, before, slot]);
}

/** Of unit length; each text counts by its words, a neighbour by those that stand nearest. */
function setWindow(index: Threads, vectors: PackedVectors, own: number, members: readonly number[]): void {
  if (!hasVector(vectors, own)) return;
  const sum = new Float32Array(vectors.dimensions);
  for (const slot of members) {
    if (!hasVector(vectors, slot)) continue;
    const words = wordsIn(index.texts[slot] ?? '').length;
    add(sum, vectors, slot, slot === own ? words : Math.min(neighbourWords, words));
  }
  const length = Math.hypot(...sum) || 1;
  index.windowVectors ??= createPackedVectors(vectors.dimensions);
  setVector(
    index.windowVectors,
    own,
    sum.map((value) => value / length),
  );
}

const hasVector = ({ factors }: PackedVectors, slot: number): boolean => (factors[slot] ?? 0) !== 0;

function add(sum: Float32Array, { bytes, factors, dimensions }: PackedVectors, slot: number, times: number): void {
  const by = times * (factors[slot] as number);
  for (let at = 0; at < dimensions; at += 1)
    sum[at] = (sum[at] as number) + by * (bytes[slot * dimensions + at] as number);
}
