import { LRUCache } from 'lru-cache';
import type { Clock } from '../base/clock.ts';
import type { ResultRows } from '../data/database.ts';

/** Rows kept for a while, so that the same question does not ask the database again. */
export interface ResultCache {
  /** Undefined when there are none or they are too old. */
  get(key: string): { readonly result: ResultRows; readonly ageMs: number } | undefined;
  put(key: string, result: ResultRows): void;
}

export type ResultCacheOptions = {
  readonly ttlMs: number;
  /** Of all kept rows together, about. The least recently used go first. */
  readonly maxBytes: number;
  readonly clock: Clock;
};

type Kept = { readonly result: ResultRows; readonly at: number };

/** In the memory of this process: rows are never written anywhere. */
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
      // What is larger than the whole cache is not kept, and what was there under the key goes.
      if (ttlMs > 0) kept.set(key, { result, at: clock.now().getTime() });
    },
  };
}

/** Two bytes a character and sixteen for a cell, about what V8 takes. */
const sizeOf = ({ rows }: ResultRows): number =>
  rows.reduce((sum, row) => row.reduce<number>((size, cell) => size + 16 + 2 * String(cell ?? '').length, sum), 64);
