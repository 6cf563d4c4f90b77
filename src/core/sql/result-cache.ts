import { LRUCache } from 'lru-cache';
import type { Clock } from '../base/clock.ts';
import type { ResultRows } from '../data/database.ts';

/** Keeps results for a while, so that the same question does not ask the database again. */
export interface ResultCache {
  /** Undefined when there is none, or it is too old. */
  get(key: string): { readonly result: ResultRows; readonly ageMs: number } | undefined;
  put(key: string, result: ResultRows): void;
}

/** How long and how much to keep. */
export type ResultCacheOptions = {
  readonly ttlMs: number;
  /** Approximate size of all results; the least recently used are dropped first. */
  readonly maxBytes: number;
  readonly clock: Clock;
};

type Kept = { readonly result: ResultRows; readonly at: number };

/** Keeps results in this process; rows are never written to disk. */
export function createResultCache({ ttlMs, maxBytes, clock }: ResultCacheOptions): ResultCache {
  const kept = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: ({ result }, key) => sizeOf(result) + key.length,
  });
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      const ageMs = clock.now().getTime() - found.at;
      if (ageMs < ttlMs) return { result: found.result, ageMs };
      kept.delete(key);
      return undefined;
    },
    put(key, result) {
      // A result larger than the whole cache is dropped, together with the former one under this key.
      if (ttlMs > 0) kept.set(key, { result, at: clock.now().getTime() });
    },
  };
}

/** Two bytes for each character and sixteen for each cell, about what V8 takes. */
const sizeOf = ({ rows }: ResultRows): number =>
  rows.reduce((sum, row) => row.reduce<number>((size, cell) => size + 16 + 2 * String(cell ?? '').length, sum), 64);
