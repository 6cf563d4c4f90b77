import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

/** A yes or no that this browser remembers, shared by every component that names the same key. */
export function useStoredFlag(name: string): readonly [boolean, (on: boolean) => void] {
  const key = `playground.${name}`;
  const on = useSyncExternalStore(listen, () => localStorage.getItem(key) === 'yes');
  const set = (next: boolean) => {
    localStorage.setItem(key, next ? 'yes' : 'no');
    for (const notify of listeners) notify();
  };
  return [on, set];
}

function listen(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}
