import { grown } from './postings.ts';
import { createSigns, leastDiffering, type Signs, setSigns } from './sign-bits.ts';

/**
 * Packed unit vectors of one length: a byte for each dimension with a factor for each vector (the cosine is off by less
 * than 0.005), and one sign bit for each dimension, which finds near vectors without reading all the bytes.
 */
export type PackedVectors = {
  readonly dimensions: number;
  bytes: Int8Array;
  /** 0 where there is no vector. */
  factors: Float32Array;
  readonly signs: Signs;
};

/** An empty set of vectors; it grows as slots are filled. */
export const createPackedVectors = (dimensions: number): PackedVectors => ({
  dimensions,
  bytes: new Int8Array(dimensions * 64),
  factors: new Float32Array(64),
  signs: createSigns(dimensions),
});

/** Puts a unit vector into a slot, replacing what was there. */
export function setVector(packed: PackedVectors, slot: number, vector: Float32Array): void {
  const { dimensions } = packed;
  const from = slot * dimensions;
  if (from + dimensions > packed.bytes.length) packed.bytes = grown(packed.bytes, from + dimensions);
  if (slot >= packed.factors.length) packed.factors = grown(packed.factors, slot);
  let most = 0;
  for (let at = 0; at < dimensions; at += 1) most = Math.max(most, Math.abs(vector[at] as number));
  const factor = most / 127 || 1;
  packed.factors[slot] = factor;
  for (let at = 0; at < dimensions; at += 1) packed.bytes[from + at] = Math.round((vector[at] as number) / factor);
  setSigns(packed.signs, slot, vector);
}

/** Empties a slot. */
export function dropVector({ factors }: PackedVectors, slot: number): void {
  if (slot < factors.length) factors[slot] = 0;
}

/** The cosine of a slot and a query; 0 for an empty slot. Four sums, because they do not wait for each other. */
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

/** About the `count` nearest of the first `size` slots: those whose sign bits differ least from the query's. */
export const nearestBySigns = (
  { signs, factors }: PackedVectors,
  size: number,
  query: Float32Array,
  count: number,
): Int32Array => leastDiffering(signs, factors, Math.min(size, factors.length), query, count);
