import { MemoriError } from '../errors.ts';
import type { MemoriesOptions } from './create-memories.ts';
import { termKey } from './definitions.ts';
import { contradicts, saysTheSame } from './likeness.ts';
import type { Memory, MemoryKind } from './memory.ts';
import type { MemoryReader } from './memory-reader.ts';
import { holdsAt, type Pool, shelfOf } from './pool.ts';
import { rank } from './rank.ts';

/** Writes memories: what is there already is confirmed, what is contradicted is superseded. */
export interface MemoryWriter {
  /** Something explicitly taught. Undefined when it was forgotten after it was said. */
  learn(memory: Memory): Promise<Memory | undefined>;
  /** Something merely observed: confirmed or added, never in place of what was taught. */
  observe(memory: Memory): Promise<void>;
  /** Puts `memory` in the place of `older`, which stays as its former version. */
  replace(memory: Memory, older: Memory | undefined): Promise<Memory | undefined>;
  /** Closes a memory of that id, if there is one. */
  retract(memory: Memory): Promise<void>;
  /** Deletes it with its former versions, everywhere. Returns how many went. */
  forget(memory: Memory): Promise<number>;
}

type WriterOptions = Pick<MemoriesOptions, 'store' | 'embedder' | 'clock' | 'metrics' | 'onForgotten'>;

/** How many near ones are compared. */
const compared = 20;
/** Each confirmation makes a memory a little more important. */
const confirmed = 0.05;

/** What holds in the scope and may say the same. */
type Neighbour = { readonly near: Memory; readonly cosine: number };

const instructions: readonly MemoryKind[] = ['correction', 'rule', 'preference', 'fact'];

export function createMemoryWriter(options: WriterOptions, reader: MemoryReader): MemoryWriter {
  const { store, embedder, clock, metrics } = options;
  const count = (action: string, { kind }: Memory) => metrics.count('memori_memories_total', { action, kind });

  /** Its vector and its scope, and what holds there and is nearest to it, nearest first. */
  const neighboursOf = async (memory: Memory) => {
    const vector = await reader.embed(memory.text);
    const { views, near: stored } = await reader.comparedIn(memory.team, memory.scope, vector);
    const pool = views[0]?.pool;
    const shelf = pool && shelfOf(pool, memory);
    const fits = shelf ? rank([shelf.index], { text: memory.text, vector, near: stored }, compared) : [];
    const near = fits.flatMap(({ slot, cosine }) => {
      const one = pool?.memories.get(shelf?.ids[slot] ?? '');
      return one && one.id !== memory.id && holdsAt(one, clock.now()) ? [{ near: one, cosine }] : [];
    });
    return { vector, pool, near };
  };

  const withVector = (memory: Memory, vector: Float32Array | undefined): Memory =>
    vector === undefined ? memory : { ...memory, embedding: { model: embedder.model, vector } };

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

  const replace: MemoryWriter['replace'] = async (memory, older) => {
    const stored = await store.put({ ...memory, supersedes: older?.id });
    if (older === undefined || stored === undefined) return stored;
    count('superseded', older);
    if (stored.supersedes === older.id) {
      await store.supersede(older.team, [older.scope], older.id, clock.now());
      return stored;
    }
    // It was a former version itself and holds again. Versions in a circle could not all be found when it is forgotten,
    // so the history goes; dated before this message, so that the message may still teach.
    await store.forget(older.team, [older.scope], older.id, new Date(memory.createdAt.getTime() - 1));
    return store.put({ ...memory, supersedes: undefined });
  };

  return {
    replace,

    async learn(memory) {
      const { vector, pool, near } = await neighboursOf(memory);
      if (pool === undefined) return undefined;
      const same = sameAs(memory, near);
      if (same !== undefined) {
        const stored = await confirm(same, { ...memory, expiresAt: undefined });
        if (stored !== undefined) return stored;
      }
      const stored = await replace(withVector(memory, vector), supersededBy(memory, pool, near));
      if (stored !== undefined) count('added', stored);
      return stored;
    },

    async observe(memory) {
      const { vector, pool, near } = await neighboursOf(memory);
      const same = pool?.memories.get(memory.id) ?? sameAs(memory, near);
      if (same !== undefined && holdsAt(same, clock.now())) return void (await confirm(same, memory));
      const stored = await store.put(withVector(memory, vector));
      if (stored !== undefined) count('added', stored);
    },

    async retract(memory) {
      if (await store.supersede(memory.team, [memory.scope], memory.id, clock.now())) count('superseded', memory);
    },

    async forget(memory) {
      const derived = await derivedFrom(memory);
      let deleted = await store.forget(memory.team, [memory.scope], memory.id, clock.now());
      for (const { id } of derived) deleted += await store.forget(memory.team, [memory.scope], id, clock.now());
      reader.pools.drop(memory.team, memory.scope);
      await options.onForgotten?.(memory);
      const left = await store.inScopes(memory.team, [memory.scope], clock.now());
      const ids = new Set([memory, ...derived].map(({ id }) => id));
      if (left.some(({ id }) => ids.has(id))) {
        throw new MemoriError('store_unavailable', 'The memory was still there after it had been deleted.', {
          next: 'Try again; the store may have been written to at the same time.',
        });
      }
      return deleted;
    },
  };

  /** What a job made of it and others: it holds words of the forgotten one. */
  async function derivedFrom({ team, scope, id }: Memory): Promise<readonly Memory[]> {
    const [pool] = await reader.pools.read(team, [scope]);
    return [...(pool?.memories.values() ?? [])].filter(({ sources }) => sources?.includes(id));
  }
}

const sameTerm = (one: Memory, other: Memory): boolean =>
  one.term !== undefined && other.term !== undefined && termKey(one.term) === termKey(other.term);
