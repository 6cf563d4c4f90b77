import { grown } from './postings.ts';

/**
 * Unit vectors of one length, packed: a byte for each dimension with a factor of its own for each vector (the cosine is
 * off by less than 0.005), and one bit for each dimension, its sign, to find what is near without reading all the bytes.
 */
export type PackedVectors = {
  readonly dimensions: number;
  bytes: Int8Array;
  /** 0 where there is no vector. */
  factors: Float32Array;
  signs: Int32Array;
};

export const createPackedVectors = (dimensions: number): PackedVectors => ({
  dimensions,
  bytes: new Int8Array(dimensions * 64),
  factors: new Float32Array(64),
  signs: new Int32Array(signWords(dimensions) * 64),
});

const signWords = (dimensions: number): number => Math.ceil(dimensions / 32);

export function setVector(packed: PackedVectors, slot: number, vector: Float32Array): void {
  const { dimensions } = packed;
  if ((slot + 1) * dimensions > packed.bytes.length) packed.bytes = grown(packed.bytes, (slot + 1) * dimensions);
  if (slot >= packed.factors.length) packed.factors = grown(packed.factors, slot);
  const words = signWords(dimensions);
  if ((slot + 1) * words > packed.signs.length) packed.signs = grown(packed.signs, (slot + 1) * words);
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  const factor = most / 127 || 1;
  packed.factors[slot] = factor;
  for (let at = 0; at < dimensions; at += 1)
    packed.bytes[slot * dimensions + at] = Math.round((vector[at] ?? 0) / factor);
  packed.signs.set(signsOf(vector, words), slot * words);
}

function signsOf(vector: Float32Array, words: number): Int32Array {
  const signs = new Int32Array(words);
  for (let at = 0; at < vector.length; at += 1)
    if ((vector[at] as number) > 0) signs[at >> 5] = (signs[at >> 5] as number) | (1 << (at & 31));
  return signs;
}

/** The cosine; 0 where there is no vector. Four sums, because they do not wait for each other. */
export function cosineOf(packed: PackedVectors, slot: number, query: Float32Array): number {
  const { bytes, dimensions } = packed;
  const factor = packed.factors[slot] ?? 0;
  if (factor === 0) return 0;
  const from = slot * dimensions;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = 0; at < dimensions; at += 4) {
    a += (query[at] as number) * (bytes[from + at] as number);
    b += (query[at + 1] as number) * (bytes[from + at + 1] as number);
    c += (query[at + 2] as number) * (bytes[from + at + 2] as number);
    d += (query[at + 3] as number) * (bytes[from + at + 3] as number);
  }
  const sum = a + b + c + d;
  return (Number.isNaN(sum) ? dotOfRest(packed, from, query) : sum) * factor;
}

/** For a number of dimensions that four does not divide. */
function dotOfRest({ bytes, dimensions }: PackedVectors, from: number, query: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < dimensions; at += 1) sum += (query[at] as number) * (bytes[from + at] as number);
  return sum;
}

/** Signs that the first look compares, in words of 32: with half of 384 dimensions it loses none of the nearest ten. */
const coarseWords = 6;
/** The first look leaves at least this many times what is asked for, and at least this part of all. */
const coarseTimes = 8;
const coarseShare = 1 / 64;

/** About `count` slots whose signs differ least from the query's, of the first `size`; of many, in two steps. */
export function nearestBySigns(packed: PackedVectors, size: number, query: Float32Array, count: number): Int32Array {
  const words = signWords(packed.dimensions);
  const asked = signsOf(query, words);
  const few = Math.max(coarseTimes * count, Math.ceil(size * coarseShare));
  if (words <= coarseWords || few >= size / 2) return leastDistant(packed, asked, words, count, size);
  const likely = leastDistant(packed, asked, coarseWords, few, size);
  return leastDistant(packed, asked, words, count, likely.length, likely);
}

/** About `count` of the first `size` slots, or of those given, by the first `upTo` words of signs. */
function leastDistant(
  { dimensions, signs, factors }: PackedVectors,
  asked: Int32Array,
  upTo: number,
  count: number,
  size: number,
  slots?: Int32Array,
): Int32Array {
  const words = signWords(dimensions);
  const distances = new Uint16Array(size);
  const histogram = new Uint32Array(upTo * 32 + 1);
  for (let place = 0; place < size; place += 1) {
    const slot = slots === undefined ? place : (slots[place] as number);
    if (factors[slot] === 0) {
      distances[place] = 65_535;
      continue;
    }
    const from = slot * words;
    let distance = 0;
    for (let at = 0; at < upTo; at += 1) {
      let bits = (signs[from + at] as number) ^ (asked[at] as number);
      bits -= (bits >>> 1) & 0x55555555;
      bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
      distance += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    distances[place] = distance;
    histogram[distance] = (histogram[distance] as number) + 1;
  }
  let within = 0;
  let found = 0;
  while (within < histogram.length && found < count) found += histogram[within++] as number;
  const nearest = new Int32Array(found);
  let next = 0;
  for (let place = 0; place < size; place += 1)
    if ((distances[place] as number) < within) nearest[next++] = slots === undefined ? place : (slots[place] as number);
  return nearest;
}
