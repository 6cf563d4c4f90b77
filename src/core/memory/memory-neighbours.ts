import type { Clock } from '../base/clock.ts';
import { termKey } from './definitions.ts';
import { contradicts, saysTheSame } from './likeness.ts';
import type { Embedding, Memory, MemoryKind } from './memory.ts';
import type { MemoryReader } from './memory-reader.ts';
import { holdsAt, type Pool, shelfOf } from './pool.ts';
import { rank } from './rank.ts';

/** How many of the nearest memories a new one is compared with. */
const compared = 20;

const instructions: readonly MemoryKind[] = ['correction', 'rule', 'preference', 'fact'];

/** A valid memory of the same scope that may say the same. */
export type Neighbour = { readonly near: Memory; readonly cosine: number };

/** A memory's vectors, its scope, and the valid memories there that are nearest to it, nearest first. */
export type Neighbourhood = {
  readonly embedding: Embedding | undefined;
  readonly pool: Pool | undefined;
  readonly near: readonly Neighbour[];
};

/** Embeds a memory and finds what is nearest to it in its own scope. Errors: those of the store. */
export async function findNeighbours(memory: Memory, reader: MemoryReader, clock: Clock): Promise<Neighbourhood> {
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
}

/** The neighbour that already says the same. */
export const findSame = (memory: Memory, near: readonly Neighbour[]): Memory | undefined =>
  near.find(
    (one) =>
      one.near.kind === memory.kind &&
      (memory.term === undefined
        ? one.near.term === undefined && saysTheSame(memory.text, one.near.text, one.cosine)
        : isSameTerm(one.near, memory) && saysTheSame(memory.meaning ?? '', one.near.meaning ?? '', 0)),
  )?.near;

/** The memory that a new one replaces. A term has one meaning in a scope, and a subject one rule: the newest. */
export function findSuperseded(memory: Memory, pool: Pool, near: readonly Neighbour[], now: Date): Memory | undefined {
  if (memory.term !== undefined)
    return [...pool.definitions]
      .flatMap((id) => pool.memories.get(id) ?? [])
      .find((one) => one.id !== memory.id && holdsAt(one, now) && isSameTerm(one, memory));
  if (!instructions.includes(memory.kind)) return undefined;
  return near.find(
    ({ near: one }) =>
      instructions.includes(one.kind) &&
      one.term === undefined &&
      one.namespace === memory.namespace &&
      contradicts(memory.text, one.text, memory.kind === 'correction'),
  )?.near;
}

const isSameTerm = (one: Memory, other: Memory): boolean =>
  one.term !== undefined && other.term !== undefined && termKey(one.term) === termKey(other.term);
