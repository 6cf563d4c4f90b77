import { neighbourWords, wordsIn } from './embedding-text.ts';
import { createPackedVectors, type PackedVectors, setVector } from './packed-vectors.ts';

/** What of an index the vectors of texts with their neighbours are made of, and where they go. */
type Threads = {
  readonly passages: readonly ({ readonly text: string } | undefined)[];
  readonly threadOf: Int32Array;
  readonly members: readonly (readonly number[])[];
  readonly vectors: PackedVectors | undefined;
  windowVectors: PackedVectors | undefined;
};

/**
 * Makes the vectors of a text with its neighbours, and of its neighbours with it, out of their own: nothing is embedded
 * for it and nothing of a neighbour is kept, so that what was forgotten leaves no trace in what was said beside it.
 */
export function setWindows(index: Threads, slot: number): void {
  const { vectors } = index;
  const members = index.members[index.threadOf[slot] as number] ?? [];
  if (vectors === undefined || members.length < 2) return;
  const place = members.lastIndexOf(slot);
  for (const at of [place - 1, place, place + 1]) {
    const window = windowOf(index, vectors, members, at);
    if (window === undefined) continue;
    index.windowVectors ??= createPackedVectors(vectors.dimensions);
    setVector(index.windowVectors, members[at] as number, window);
  }
}

/** Of unit length; each text counts by its words, a neighbour by those that stand nearest. */
function windowOf({ passages }: Threads, vectors: PackedVectors, members: readonly number[], at: number) {
  const own = members[at];
  if (own === undefined || !hasVector(vectors, own)) return undefined;
  const sum = new Float32Array(vectors.dimensions);
  for (const slot of members.slice(Math.max(0, at - 1), at + 2)) {
    if (!hasVector(vectors, slot)) continue;
    const words = wordsIn(passages[slot]?.text ?? '').length;
    add(sum, vectors, slot, slot === own ? words : Math.min(neighbourWords, words));
  }
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}

const hasVector = ({ factors }: PackedVectors, slot: number): boolean => (factors[slot] ?? 0) !== 0;

function add(sum: Float32Array, { bytes, factors, dimensions }: PackedVectors, slot: number, times: number): void {
  const by = times * (factors[slot] as number);
  for (let at = 0; at < dimensions; at += 1)
    sum[at] = (sum[at] as number) + by * (bytes[slot * dimensions + at] as number);
}
