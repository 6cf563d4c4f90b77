import type { Clock } from '../core/base/clock.ts';

const mostEntries = 5_000;

/**
 * Remembers what `ask` gave for a key, for `ttlMs` milliseconds. Callers at the same time share one call; a failure is
 * not remembered. The oldest entry goes when there are too many.
 */
export function createMemo<T>(clock: Clock, ttlMs: number): (key: string, ask: () => Promise<T>) => Promise<T> {
  const entries = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
  return (key, ask) => {
    const now = clock.now().getTime();
    const known = entries.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const value = ask();
    entries.delete(key);
    entries.set(key, { value, until: now + ttlMs });
    value.catch(() => entries.get(key)?.value === value && entries.delete(key));
    const [oldest] = entries.keys();
    if (entries.size > mostEntries && oldest !== undefined) entries.delete(oldest);
    return value;
  };
}
