import type { MemoriesOptions } from './memories-options.ts';
import type { Memory } from './memory.ts';
import { findNeighbours, findSame, findSuperseded } from './memory-neighbours.ts';
import type { MemoryReader } from './memory-reader.ts';
import { holdsAt } from './pool.ts';

/** Writes memories. One that exists already is confirmed; one that the new memory contradicts is superseded. */
export interface MemoryWriter {
  /** Stores something explicitly taught. Undefined when it was forgotten after it was said. */
  learn(memory: Memory): Promise<Memory | undefined>;
  /** Confirms or adds something merely observed; never replaces what was taught. False when it was forgotten before. */
  observe(memory: Memory): Promise<boolean>;
  /** Replaces `older` by `memory` and keeps it as a former version. */
  replace(memory: Memory, older: Memory | undefined): Promise<Memory | undefined>;
  /** Ends the validity of the memory of that id, if there is one. */
  retract(memory: Memory): Promise<void>;
  /**
   * Deletes memories with their former versions and everything derived from them, in every scope. Returns how many were
   * deleted.
   */
  forget(memories: readonly Memory[]): Promise<number>;
  /** Deletes a memory with its former versions; it may be learnt again. */
  remove(memory: Memory): Promise<void>;
}

type WriterOptions = Pick<MemoriesOptions, 'store' | 'clock' | 'metrics' | 'onForgotten'>;

/** How much each confirmation adds to a memory's importance. */
const confirmed = 0.05;

/** Creates the writer over the store. `reader` finds what a new memory is compared with. */
export function createMemoryWriter(options: WriterOptions, reader: MemoryReader): MemoryWriter {
  const { store, clock, metrics } = options;
  const count = (action: string, { kind }: Memory) => metrics.count('memori_memories_total', { action, kind });

  const confirm = async (memory: Memory, by: Memory): Promise<Memory | undefined> => {
    count('confirmed', memory);
    const importance = Math.min(1, Math.max(memory.importance, by.importance) + confirmed);
    return store.put({ ...memory, embedding: undefined, usedAt: by.usedAt, importance, expiresAt: by.expiresAt });
  };

  const remove: MemoryWriter['remove'] = async ({ team, scope, id }) => {
    const [pool] = await reader.pools.read(team, [scope]);
    const versions = new Set<string>();
    for (let next: string | undefined = id; next !== undefined && !versions.has(next); ) {
      versions.add(next);
      next = pool?.memories.get(next)?.supersedes;
    }
    await store.remove(team, scope, [...versions]);
  };

  const replace: MemoryWriter['replace'] = async (memory, older) => {
    const stored = await store.put({ ...memory, supersedes: older?.id });
    if (older === undefined || stored === undefined) return stored;
    count('superseded', older);
    if (stored.supersedes === older.id) {
      await store.supersede(older.team, [older.scope], older.id, clock.now());
      return stored;
    }
    // The new memory was a former version itself and is valid again. A circle of versions could not be followed when it
    // is forgotten, so the history is deleted.
    await remove(older);
    return store.put({ ...memory, supersedes: undefined });
  };

  return {
    replace,
    remove,

    async learn(memory) {
      const { embedding, pool, near } = await findNeighbours(memory, reader, clock);
      if (pool === undefined) return undefined;
      const same = findSame(memory, near);
      if (same !== undefined) {
        const stored = await confirm(same, { ...memory, expiresAt: undefined });
        if (stored !== undefined) return stored;
      }
      const stored = await replace({ ...memory, embedding }, findSuperseded(memory, pool, near, clock.now()));
      if (stored !== undefined) count('added', stored);
      return stored;
    },

    async observe(memory) {
      const { embedding, pool, near } = await findNeighbours(memory, reader, clock);
      const same = pool?.memories.get(memory.id) ?? findSame(memory, near);
      if (same !== undefined && holdsAt(same, clock.now())) {
        const confirmed = await confirm(same, memory);
        if (confirmed !== undefined) await addSources(same, memory);
        return confirmed !== undefined;
      }
      const stored = await store.put({ ...memory, embedding });
      if (stored !== undefined) count('added', stored);
      return stored !== undefined;
    },

    async retract(memory) {
      if (await store.supersede(memory.team, [memory.scope], memory.id, clock.now())) count('superseded', memory);
    },

    async forget(memories) {
      const [first] = memories;
      if (first === undefined) return 0;
      const { team } = first;
      const scopes = memories.map(({ scope }) => scope);
      const pools = await reader.pools.read(team, scopes);
      const ids = await store.forget(
        team,
        scopes,
        memories.map(({ id }) => id),
        clock.now(),
      );
      const gone = pools.flatMap((pool) => ids.flatMap((id) => pool.memories.get(id) ?? []));
      for (const scope of scopes) reader.pools.drop(team, scope);
      const messages = [...memories, ...gone].map(({ source }) => `${team}:${source.channel}:${source.ts}`);
      await options.onForgotten?.({ team, ids, messages: [...new Set(messages)] });
      return ids.length;
    },
  };

  /** Adds the sources of the confirming memory, since the confirmed one now depends on them too. */
  async function addSources({ team, scope, id, sources = [] }: Memory, by: Memory): Promise<void> {
    const all = new Set([...sources, ...(by.sources ?? [])]);
    if (all.size > sources.length) await store.amend(team, scope, id, { sources: [...all] });
  }
}
