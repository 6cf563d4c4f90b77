import type { PassageIndex } from './passage-index.ts';
import type { Terms } from './terms.ts';
import { type Most, places, type Sums, threadPlace, windowPlace, withSums } from './word-sums.ts';

const threadWeight = 0.95;

/** How well some passages of an index fit a query's words; the arrays go together. */
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

/** Those that are `wanted` and the `best` by words; without `best` all that count. */
export function scoreWords(
  index: PassageIndex,
  terms: Terms,
  most: Most,
  wanted: Iterable<number>,
  best: number | undefined,
): Scored {
  return withSums(index, terms, most, (sums) => {
    if (best === undefined) return readSums(sums, index, liveSlots(index));
    return readSums(sums, index, [...new Set([...bestOf(sums, best, most.near), ...wanted])]);
  });
}

/** The scale that tells which scores are best without sorting them. */
const steps = 1_024;

/** Of the slots with a word about the `count` best: all above a step of the scale, and of those on it the first. */
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

function liveSlots({ texts, states }: PassageIndex): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < texts.length; slot += 1) if (states[slot] !== 0) slots.push(slot);
  return slots;
}

function readSums({ bySlot }: Sums, { threadOf }: PassageIndex, slots: readonly number[]): Scored {
  const read = (place: number, of = (slot: number) => slot) =>
    Float32Array.from(slots, (slot) => bySlot[places * of(slot) + place] as number);
  const thread = read(threadPlace, (slot) => threadOf[slot] as number);
  return { slots, own: read(0), near: read(windowPlace), thread };
}
