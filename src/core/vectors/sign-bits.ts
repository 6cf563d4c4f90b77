import { grown } from './postings.ts';

/**
 * The sign of each dimension of each vector as one bit, in planes of 96 bits: three numbers for each vector. A search goes
 * plane by plane, so that most vectors are dropped after a quarter of 384 dimensions.
 */
export type Signs = { readonly planes: Int32Array[] };

const planeWords = 3;
const planeBits = 32 * planeWords;

/** Room for the sign bits of vectors of this length; it grows as slots are filled. */
export const createSigns = (dimensions: number): Signs => ({
  planes: Array.from({ length: Math.ceil(dimensions / planeBits) }, () => new Int32Array(planeWords * 64)),
});

/** Stores the sign bits of a vector in a slot. */
export function setSigns({ planes }: Signs, slot: number, vector: Float32Array): void {
  const from = slot * planeWords;
  for (let plane = 0; plane < planes.length; plane += 1) {
    let words = planes[plane] as Int32Array;
    if (from + planeWords > words.length) {
      words = grown(words, from + planeWords - 1);
      planes[plane] = words;
    }
    for (let word = 0; word < planeWords; word += 1) words[from + word] = signsAt(vector, plane, word);
  }
}

/** The 32 sign bits of one word of a plane. */
function signsAt(vector: Float32Array, plane: number, word: number): number {
  const from = plane * planeBits + word * 32;
  const until = Math.min(32, vector.length - from);
  let signs = 0;
  for (let at = 0; at < until; at += 1) if ((vector[from + at] as number) > 0) signs |= 1 << at;
  return signs;
}

/** Each pass keeps this share of what the one before kept, but at least `leavesTimes` the number asked for. */
const leaves = 1 / 6;
const leavesTimes = 32;
/** The limit of the first pass is estimated from this many vectors. */
const sampled = 8_192;

/** The remaining candidates and how many bits of each differ so far. Reused by every query, which runs without waiting. */
const room = { slots: new Int32Array(0), differing: new Uint16Array(0) };

/**
 * The `count` of the first `size` slots whose sign bits differ least from the query's; among equals the first. Slots with
 * factor 0 have no vector.
 */
export function leastDiffering(
  { planes }: Signs,
  factors: Float32Array,
  size: number,
  query: Float32Array,
  count: number,
): Int32Array {
  makeRoom(size);
  const enough = (looks: number) => Math.max(leavesTimes * count, Math.ceil(size * leaves ** looks));
  let left = 0;
  planes.forEach((plane, at) => {
    const asked = [signsAt(query, at, 0), signsAt(query, at, 1), signsAt(query, at, 2)] as const;
    if (at === 0) left = firstLook(plane, asked, factors, size, enough(1));
    else {
      lookAgain(plane, asked, left);
      left = sieve(left, enough(at + 1), planeBits * planes.length);
    }
  });
  return room.slots.slice(0, sieve(left, count, planeBits * planes.length));
}

function makeRoom(size: number): void {
  if (size <= room.slots.length) return;
  room.slots = grown(room.slots, size);
  room.differing = new Uint16Array(room.slots.length);
}

type Asked = readonly [number, number, number];

/** About the `count` that differ least. */
function firstLook(plane: Int32Array, asked: Asked, factors: Float32Array, size: number, count: number): number {
  const { slots, differing } = room;
  const [a, b, c] = asked;
  const limit = count < size ? limitOfSample(plane, asked, size, count) : planeBits;
  let left = 0;
  for (let slot = 0, at = 0; slot < size; slot += 1, at += planeWords) {
    const bits = bitsIn((plane[at] as number) ^ a, (plane[at + 1] as number) ^ b, (plane[at + 2] as number) ^ c);
    if (bits > limit || factors[slot] === 0) continue;
    slots[left] = slot;
    differing[left++] = bits;
  }
  return left;
}

/** Estimates from a sample in how many bits the `count` nearest differ at most. */
function limitOfSample(plane: Int32Array, [a, b, c]: Asked, size: number, count: number): number {
  const step = Math.max(1, Math.floor(size / sampled));
  const histogram = new Int32Array(planeBits + 1);
  for (let slot = 0; slot < size; slot += step) {
    const at = slot * planeWords;
    const bits = bitsIn((plane[at] as number) ^ a, (plane[at + 1] as number) ^ b, (plane[at + 2] as number) ^ c);
    histogram[bits] = (histogram[bits] as number) + step;
  }
  return limitOf(histogram, count).limit;
}

/** Adds how many bits of one more plane differ for each remaining candidate. */
function lookAgain(plane: Int32Array, [a, b, c]: Asked, left: number): void {
  const { slots, differing } = room;
  for (let place = 0; place < left; place += 1) {
    const at = (slots[place] as number) * planeWords;
    const bits = bitsIn((plane[at] as number) ^ a, (plane[at + 1] as number) ^ b, (plane[at + 2] as number) ^ c);
    differing[place] = (differing[place] as number) + bits;
  }
}

/** Moves the `count` candidates that differ least, in at most `most` bits, to the front, in their order. */
function sieve(left: number, count: number, most: number): number {
  if (left <= count) return left;
  const { slots, differing } = room;
  const histogram = new Int32Array(most + 1);
  for (let place = 0; place < left; place += 1)
    histogram[differing[place] as number] = (histogram[differing[place] as number] as number) + 1;
  const { limit, below } = limitOf(histogram, count);
  let kept = 0;
  for (let place = 0, ties = count - below; place < left; place += 1) {
    const bits = differing[place] as number;
    if (bits > limit || (bits === limit && ties-- <= 0)) continue;
    slots[kept] = slots[place] as number;
    differing[kept++] = bits;
  }
  return kept;
}

/** The limit that lets `count` pass: everything `below` it, and some of those at it. */
function limitOf(histogram: Int32Array, count: number): { limit: number; below: number } {
  let limit = 0;
  let below = 0;
  while (limit < histogram.length - 1 && below + (histogram[limit] as number) < count)
    below += histogram[limit++] as number;
  return { limit, below };
}

/**
 * How many bits are set in three numbers. They are first added to ones and twos, so that two numbers are counted, not
 * three.
 */
function bitsIn(a: number, b: number, c: number): number {
  const either = a ^ b;
  let ones = either ^ c;
  let twos = (a & b) | (either & c);
  ones -= (ones >>> 1) & 0x55555555;
  twos -= (twos >>> 1) & 0x55555555;
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  twos = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333);
  const nibbles = (ones + (twos << 1)) | 0;
  return Math.imul((nibbles & 0x0f0f0f0f) + ((nibbles >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24;
}
