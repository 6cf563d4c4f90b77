import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/base/clock.ts';

const mostEntries = 5_000;

/**
 * Caches what `ask` returns for a key, for `ttlMs` milliseconds. Concurrent callers share one call; failures are not
 * cached. When the cache is full, the least recently used entries are dropped.
 */
export function createMemo<T>(clock: Clock, ttlMs: number): (key: string, ask: () => Promise<T>) => Promise<T> {
  const entries = new LRUCache<string, { readonly value: Promise<T>; readonly until: number }>({ max: mostEntries });
  return (key, ask) => {
    const now = clock.now().getTime();
    const known = entries.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const value = ask();
    entries.set(key, { value, until: now + ttlMs });
    value.catch(() => entries.get(key)?.value === value && entries.delete(key));
    return value;
  };
}
