import type { PageEvent } from '../page-api.ts';

/** Tells open pages and waiting callers what changed. Each event goes only to the people it names. */
export type Live = {
  publish(people: readonly string[], event: PageEvent): void;
  /** Receives the events for one person. Returns a function that stops. */
  subscribe(person: string, listener: (event: PageEvent) => void): () => void;
  /** Called after every change, regardless of who may see it. Returns a function that stops. */
  watch(listener: () => void): () => void;
  /** Reports a change that no page shows. */
  touch(): void;
};

/** Starts without listeners. */
export function createLive(): Live {
  const listeners = new Map<string, Set<(event: PageEvent) => void>>();
  const watchers = new Set<() => void>();

  function touch(): void {
    for (const watcher of [...watchers]) watcher();
  }

  return {
    publish(people, event) {
      for (const person of people) for (const listener of listeners.get(person) ?? []) listener(event);
      touch();
    },
    subscribe(person, listener) {
      const own = listeners.get(person) ?? new Set();
      listeners.set(person, own.add(listener));
      return () => own.delete(listener);
    },
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    touch,
  };
}
