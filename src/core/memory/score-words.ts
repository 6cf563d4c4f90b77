import type { PassageIndex } from './passage-index.ts';
import type { Terms } from './query-terms.ts';
import { type Most, type Sums, sumWords } from './sum-words.ts';

const threadWeight = 0.95;

/** Word scores of some passages of an index, as parallel arrays. */
export type Scored = {
  readonly slots: readonly number[];
  /** Okapi BM25 of the text alone. */
  readonly own: Float32Array;
  /** The text and its window. */
  readonly near: Float32Array;
  readonly thread: Float32Array;
};

/** From 0 to 1 for the text with its window, and at most `threadWeight` for its thread. */
export function lexicalScore({ near, thread }: Scored, at: number, most: Most): number {
  const byText = most.near > 0 ? (near[at] as number) / most.near : 0;
  return byText + (most.thread > 0 ? (threadWeight * (thread[at] as number)) / most.thread : 0);
}

/** Scores the slots in `wanted` and the `best` by words; without `best`, all live slots. */
export function scoreWords(
  index: PassageIndex,
  terms: Terms,
  most: Most,
  wanted: Iterable<number>,
  best: number | undefined,
): Scored {
  const sums = sumWords(index, terms, most, best === undefined);
  const slots = bestOf(sums, best ?? sums.count, most.near);
  return readSums(sums, index, best === undefined ? slots : [...new Set([...slots, ...wanted])]);
}

/** Steps of the histogram that finds the best scores without sorting. */
const steps = 1_024;

/**
 * About the `count` best slots that share a word: all above one step of the histogram, and the first ones on that step.
 */
function bestOf(sums: Sums, count: number, most: number): number[] {
  const { slots, near } = sums;
  if (sums.count <= count) return [...slots.subarray(0, sums.count)];
  const perStep = new Int32Array(steps + 1);
  const scale = steps / most;
  for (let place = 0; place < sums.count; place += 1) {
    const step = Math.floor((near[place] as number) * scale);
    perStep[step] = (perStep[step] as number) + 1;
  }
  let least = steps;
  let above = 0;
  while (above + (perStep[least] as number) < count) above += perStep[least--] as number;
  const best: number[] = [];
  for (let place = 0, ties = count - above; best.length < count; place += 1) {
    const step = Math.floor((near[place] as number) * scale);
    if (step > least || (step === least && ties-- > 0)) best.push(slots[place] as number);
  }
  return best;
}

function readSums(sums: Sums, { threadOf }: PassageIndex, slots: readonly number[]): Scored {
  const places = slots.map((slot) => placeOf(sums, slot));
  const read = (scores: Float32Array) =>
    Float32Array.from(places, (place) => (place < 0 ? 0 : (scores[place] as number)));
  const thread = Float32Array.from(slots, (slot) => sums.threads[threadOf[slot] as number] as number);
  return { slots, own: read(sums.own), near: read(sums.near), thread };
}

/** -1 for a slot without a word. */
function placeOf({ slots, count }: Sums, slot: number): number {
  let [from, until] = [0, count];
  while (from < until) {
    const middle = (from + until) >> 1;
    if ((slots[middle] as number) < slot) from = middle + 1;
    else until = middle;
  }
  return from < count && slots[from] === slot ? from : -1;
}
