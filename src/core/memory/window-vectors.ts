import { createPackedVectors, type PackedVectors, setVector } from '../vectors/packed-vectors.ts';
import { neighbourWords, wordsIn } from './embedding-text.ts';

/** The parts of an index that window vectors are computed from and stored in. */
type Threads = {
  readonly texts: readonly (string | undefined)[];
  readonly beforeOf: Int32Array;
  readonly vectors: PackedVectors | undefined;
  windowVectors: PackedVectors | undefined;
};

/**
 * Computes the window vectors of a thread's last text and of the one before it from the texts' own vectors. Nothing is
 * embedded or stored for a window, so a forgotten text leaves no trace in its neighbours.
 */
export function setWindows(index: Threads, slot: number): void {
  const { vectors, beforeOf } = index;
  const before = (beforeOf[slot] ?? 0) - 1;
  if (vectors === undefined || before < 0) return;
  setWindow(index, vectors, slot, [before, slot]);
  setWindow(index, vectors, before, [(beforeOf[before] ?? 0) - 1, before, slot]);
}

/** A vector of unit length. Each text counts by its number of words, a neighbour by those within the window. */
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
