import { cosineOf } from '../vectors/packed-vectors.ts';
import type { PassageIndex } from './passage-index.ts';

/** Of the cosine, the part that the text with its neighbours has; the nearest piece of the text has the rest. */
const windowShare = 0.6;
/** The mean of the nearest three texts of a thread speaks for all of it. */
const nearestOfThread = 3;

/** From -1 to 1; 0 without vectors. */
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

export type Near = { readonly index: PassageIndex; readonly slot: number; readonly cosine: number };

/** For each passage, how near its thread is. One that stands alone is its own thread. */
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
