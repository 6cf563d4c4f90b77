import type { PageEvent } from '../page-api.ts';

/** Tells open pages, and whoever waits for a change, what happened. Each event goes to the people named, nobody else. */
export type Live = {
  publish(people: readonly string[], event: PageEvent): void;
  /** Events for one person. Returns the way to stop. */
  subscribe(person: string, listener: (event: PageEvent) => void): () => void;
  /** Called after every change, whoever may see it. Returns the way to stop. */
  watch(listener: () => void): () => void;
  /** Something changed that no page needs to know. */
  touch(): void;
};

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
