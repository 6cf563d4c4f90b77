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

type Kept = { readonly result: ResultRows; readonly at: number; readonly bytes: number };

/** In the memory of this process: rows are never written anywhere. */
export function createResultCache({ ttlMs, maxBytes, clock }: ResultCacheOptions): ResultCache {
  /** A Map keeps the order of insertion: what is used again is put to its end. */
  const kept = new Map<string, Kept>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      drop(key);
      const ageMs = clock.now().getTime() - found.at;
      if (ageMs >= ttlMs) return undefined;
      kept.set(key, found);
      bytes += found.bytes;
      return { result: found.result, ageMs };
    },
    put(key, result) {
      drop(key);
      const size = sizeOf(result) + key.length;
      if (ttlMs <= 0 || size > maxBytes) return;
      kept.set(key, { result, at: clock.now().getTime(), bytes: size });
      bytes += size;
      for (const [oldest] of kept) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}

/** Two bytes a character and sixteen for a cell, about what V8 takes. */
const sizeOf = ({ rows }: ResultRows): number =>
  rows.reduce((sum, row) => row.reduce<number>((size, cell) => size + 16 + 2 * String(cell ?? '').length, sum), 64);
