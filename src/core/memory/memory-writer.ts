import { termKey } from './definitions.ts';
import { contradicts, saysTheSame } from './likeness.ts';
import type { MemoriesOptions } from './memories-options.ts';
import type { Memory, MemoryKind } from './memory.ts';
import type { MemoryReader } from './memory-reader.ts';
import { holdsAt, type Pool, shelfOf } from './pool.ts';
import { rank } from './rank.ts';

/** Writes memories: what is there already is confirmed, what is contradicted is superseded. */
export interface MemoryWriter {
  /** Something explicitly taught. Undefined when it was forgotten after it was said. */
  learn(memory: Memory): Promise<Memory | undefined>;
  /** Something merely observed: confirmed or added, never in place of what was taught. False when it was forgotten before. */
  observe(memory: Memory): Promise<boolean>;
  /** Puts `memory` in the place of `older`, which stays as its former version. */
  replace(memory: Memory, older: Memory | undefined): Promise<Memory | undefined>;
  /** Closes a memory of that id, if there is one. */
  retract(memory: Memory): Promise<void>;
  /** Deletes them with their former versions and what was made of them, everywhere. Returns how many went. */
  forget(memories: readonly Memory[]): Promise<number>;
  /** Takes it away with its former versions; it may be learnt again. */
  remove(memory: Memory): Promise<void>;
}

type WriterOptions = Pick<MemoriesOptions, 'store' | 'clock' | 'metrics' | 'onForgotten'>;

/** How many near ones are compared. */
const compared = 20;
/** Each confirmation makes a memory a little more important. */
const confirmed = 0.05;

/** What holds in the scope and may say the same. */
type Neighbour = { readonly near: Memory; readonly cosine: number };

const instructions: readonly MemoryKind[] = ['correction', 'rule', 'preference', 'fact'];

export function createMemoryWriter(options: WriterOptions, reader: MemoryReader): MemoryWriter {
  const { store, clock, metrics } = options;
  const count = (action: string, { kind }: Memory) => metrics.count('memori_memories_total', { action, kind });

  /** Its vector and its scope, and what holds there and is nearest to it, nearest first. */
  const neighboursOf = async (memory: Memory) => {
    const embedding = await reader.embed(memory.text);
    const vector = embedding?.vector;
    const { views, near: stored } = await reader.comparedIn(memory.team, memory.scope, vector);
    const pool = views[0]?.pool;
    const shelf = pool && shelfOf(pool, memory);
    const fits = shelf ? rank([shelf.index], { text: memory.text, vector, near: stored }, compared) : [];
    const near = fits.flatMap(({ slot, cosine }) => {
      const one = pool?.memories.get(shelf?.ids[slot] ?? '');
      return one && one.id !== memory.id && holdsAt(one, clock.now()) ? [{ near: one, cosine }] : [];
    });
    return { embedding, pool, near };
  };

  /** The one that says the same already. */
  const sameAs = (memory: Memory, near: readonly Neighbour[]): Memory | undefined =>
    near.find(
      (one) =>
        one.near.kind === memory.kind &&
        (memory.term === undefined
          ? one.near.term === undefined && saysTheSame(memory.text, one.near.text, one.cosine)
          : sameTerm(one.near, memory) && saysTheSame(memory.meaning ?? '', one.near.meaning ?? '', 0)),
    )?.near;

  const confirm = async (memory: Memory, by: Memory): Promise<Memory | undefined> => {
    count('confirmed', memory);
    const importance = Math.min(1, Math.max(memory.importance, by.importance) + confirmed);
    return store.put({ ...memory, embedding: undefined, usedAt: by.usedAt, importance, expiresAt: by.expiresAt });
  };

  /** A term has one meaning in one scope, and a subject one rule: the newest. */
  const supersededBy = (memory: Memory, pool: Pool, near: readonly Neighbour[]): Memory | undefined => {
    if (memory.term !== undefined)
      return [...pool.definitions]
        .flatMap((id) => pool.memories.get(id) ?? [])
        .find((one) => one.id !== memory.id && holdsAt(one, clock.now()) && sameTerm(one, memory));
    if (!instructions.includes(memory.kind)) return undefined;
    return near.find(
      ({ near: one }) =>
        instructions.includes(one.kind) &&
        one.term === undefined &&
        one.namespace === memory.namespace &&
        contradicts(memory.text, one.text, memory.kind === 'correction'),
    )?.near;
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
    // It was a former version itself and holds again. Versions in a circle could not all be found when it is forgotten,
    // so the history goes.
    await remove(older);
    return store.put({ ...memory, supersedes: undefined });
  };

  return {
    replace,
    remove,

    async learn(memory) {
      const { embedding, pool, near } = await neighboursOf(memory);
      if (pool === undefined) return undefined;
      const same = sameAs(memory, near);
      if (same !== undefined) {
        const stored = await confirm(same, { ...memory, expiresAt: undefined });
        if (stored !== undefined) return stored;
      }
      const stored = await replace({ ...memory, embedding }, supersededBy(memory, pool, near));
      if (stored !== undefined) count('added', stored);
      return stored;
    },

    async observe(memory) {
      const { embedding, pool, near } = await neighboursOf(memory);
      const same = pool?.memories.get(memory.id) ?? sameAs(memory, near);
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

  /** A pattern that is confirmed by another answer was made of the memories that this one used as well. */
  async function addSources({ team, scope, id, sources = [] }: Memory, by: Memory): Promise<void> {
    const all = new Set([...sources, ...(by.sources ?? [])]);
    if (all.size > sources.length) await store.amend(team, scope, id, { sources: [...all] });
  }
}

const sameTerm = (one: Memory, other: Memory): boolean =>
  one.term !== undefined && other.term !== undefined && termKey(one.term) === termKey(other.term);
