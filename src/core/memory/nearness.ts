import { cosineOf } from '../vectors/packed-vectors.ts';
import type { PassageIndex } from './passage-index.ts';

/**
 * Share of the cosine that comes from the text with its neighbours; the rest comes from the nearest piece of the text.
 */
const windowShare = 0.6;
/** A thread's nearness is the mean of this many of its nearest texts. */
const nearestOfThread = 3;

/** Cosine of a passage and a query: -1 to 1; 0 without vectors. */
export function nearnessTo(index: PassageIndex, slot: number, query: Float32Array): number {
  const { vectors, windowVectors } = index;
  if (vectors === undefined || vectors.dimensions !== query.length) return 0;
  const own = nearestPiece(index, slot, query) ?? cosineOf(vectors, slot, query);
  const window = windowVectors === undefined ? 0 : cosineOf(windowVectors, slot, query);
  return window === 0 ? own : (1 - windowShare) * own + windowShare * window;
}

function nearestPiece({ pieces, pieceVectors }: PassageIndex, slot: number, query: Float32Array): number | undefined {
  const range = pieces.get(slot);
  if (range === undefined || pieceVectors === undefined) return undefined;
  let nearest = -1;
  for (let at = range.from; at < range.to; at += 1) nearest = Math.max(nearest, cosineOf(pieceVectors, at, query));
  return nearest;
}

/** A passage with its cosine to the query. */
export type Near = { readonly index: PassageIndex; readonly slot: number; readonly cosine: number };

/** How near the thread of each passage is. A passage without neighbours is its own thread. */
export function threadNearness(passages: readonly Near[]): number[] {
  const threads = new Map<PassageIndex, Map<number, number[]>>();
  for (const { index, slot, cosine } of passages) {
    if (index.states[slot] === 1) continue;
    const ofIndex = threads.get(index) ?? new Map<number, number[]>();
    threads.set(index, ofIndex);
    const thread = index.threadOf[slot] as number;
    const cosines = ofIndex.get(thread);
    if (cosines === undefined) ofIndex.set(thread, [cosine]);
    else cosines.push(cosine);
  }
  const means = new Map(
    [...threads].map(([index, all]) => [index, new Map([...all].map(([at, some]) => [at, meanOfNearest(some)]))]),
  );
  return passages.map(({ index, slot, cosine }) => means.get(index)?.get(index.threadOf[slot] as number) ?? cosine);
}

function meanOfNearest(cosines: number[]): number {
  const nearest = cosines.sort((one, other) => other - one).slice(0, nearestOfThread);
  return nearest.reduce((sum, cosine) => sum + cosine, 0) / nearest.length;
}
