import { type Scope, scopeKey } from '../base/namespace.ts';
import { setVector } from '../vectors/packed-vectors.ts';
import type { Embedding, Memory, Written } from './memory.ts';
import { addPassage, createPassageIndex, type PassageIndex, removePassage } from './passage-index.ts';
import { setWindows } from './window-vectors.ts';

/** Memories that are compared with each other: an index, and which memory stands in which slot. */
export type Shelf = { readonly index: PassageIndex; readonly ids: string[]; readonly slots: Map<string, number> };

/** One scope in memory, kept from turn to turn. */
export type Pool = {
  readonly team: string;
  readonly scope: Scope;
  /** Everything, former versions included, without the vectors: those are packed in the shelves. */
  readonly memories: Map<string, Memory>;
  /** The number of the write that each was last seen with: what is older is no news. */
  readonly versions: Map<string, number>;
  /** What holds. Preferences stand apart, because of a person's own memories a channel may see those only. */
  readonly others: Shelf;
  readonly preferences: Shelf;
  /** Ids that may be conscious, and that define a term: few among many. */
  readonly prominent: Set<string>;
  readonly definitions: Set<string>;
  /** The model whose vectors the shelves hold. */
  readonly model: string;
  /** The newest question of each channel: what follows soon belongs to the same conversation. */
  readonly lastQuestions: Map<string, Memory & { readonly conversation: string }>;
};

/** What is asked within this time in one place is one conversation. */
const sessionGapMs = 30 * 60 * 1000;

const createShelf = (): Shelf => ({ index: createPassageIndex(), ids: [], slots: new Map() });

export function createPool(team: string, scope: Scope, model: string, written: readonly Written[]): Pool {
  const pool: Pool = {
    team,
    scope,
    memories: new Map(),
    versions: new Map(),
    others: createShelf(),
    preferences: createShelf(),
    prominent: new Set(),
    definitions: new Set(),
    model,
    lastQuestions: new Map(),
  };
  const inTime = [...written].sort((a, b) => a.memory.createdAt.getTime() - b.memory.createdAt.getTime());
  for (const one of inTime) keepInPool(pool, one);
  return pool;
}

export const shelfOf = (pool: Pool, { kind }: Memory): Shelf =>
  kind === 'preference' ? pool.preferences : pool.others;

/** Takes in what was written. False when the pool has to be reread. */
export function keepInPool(pool: Pool, { memory, version }: Written): boolean {
  if (version < (pool.versions.get(memory.id) ?? 0)) return true;
  pool.versions.set(memory.id, version);
  const { embedding, ...rest } = memory;
  const shelf = shelfOf(pool, memory);
  const slot = shelf.slots.get(memory.id);
  const before = pool.memories.get(memory.id);
  pool.memories.set(memory.id, { ...rest, embedding: undefined });
  note(pool, memory);
  const current = embedding?.model === pool.model ? embedding : undefined;
  const vector = current?.vector;
  if (memory.validTo !== undefined) return takeOut(shelf, memory.id);
  if (slot !== undefined && before?.text === memory.text)
    return current === undefined || revector(shelf, slot, current);
  if (!takeOut(shelf, memory.id)) return false;
  const placed = addPassage(shelf.index, {
    text: memory.text,
    // What was taught holds whoever taught it, whenever.
    ...(memory.kind === 'episode'
      ? { speaker: memory.source.author, at: memory.createdAt }
      : { speaker: undefined, at: undefined }),
    thread: conversationOf(pool, memory),
    vector,
    pieceVectors: current?.pieces,
  });
  shelf.ids[placed] = memory.id;
  shelf.slots.set(memory.id, placed);
  return true;
}

/** Takes out what is gone. False when the pool has to be reread. */
export function dropFromPool(pool: Pool, id: string, version: number): boolean {
  const memory = pool.memories.get(id);
  if (memory === undefined || version < (pool.versions.get(id) ?? 0)) return true;
  pool.versions.delete(id);
  pool.memories.delete(id);
  pool.prominent.delete(id);
  pool.definitions.delete(id);
  for (const [channel, last] of pool.lastQuestions) if (last.id === id) pool.lastQuestions.delete(channel);
  return takeOut(shelfOf(pool, memory), id);
}

function note(pool: Pool, { id, conscious, pinned, importance, term, validTo }: Memory): void {
  const keep = (set: Set<string>, belongs: boolean) => (belongs ? set.add(id) : set.delete(id));
  keep(pool.prominent, validTo === undefined && (conscious || pinned === true || importance >= promotedImportance));
  keep(pool.definitions, validTo === undefined && term !== undefined);
}

function takeOut({ index, slots }: Shelf, id: string): boolean {
  const slot = slots.get(id);
  if (slot === undefined) return true;
  slots.delete(id);
  // A quarter of empty slots costs more than reading the scope again.
  return removePassage(index, slot) && index.texts.length <= 64 + index.live * 1.25;
}

function revector({ index }: Shelf, slot: number, { vector, pieces = [] }: Embedding): boolean {
  if (index.vectors === undefined || index.vectors.dimensions !== vector.length) return false;
  if (pieces.length > 0 && !index.pieces.has(slot)) return false;
  setVector(index.vectors, slot, vector);
  setWindows(index, slot);
  return true;
}

/** Questions of one place that follow each other soon are each other's neighbours; all else stands alone. */
function conversationOf(pool: Pool, memory: Memory): string {
  if (memory.kind !== 'episode') return memory.id;
  const { channel } = memory.source;
  const last = pool.lastQuestions.get(channel);
  const gap = last === undefined ? Number.POSITIVE_INFINITY : memory.createdAt.getTime() - last.createdAt.getTime();
  if (gap < 0) return memory.id;
  const conversation = last !== undefined && gap <= sessionGapMs ? last.conversation : memory.id;
  pool.lastQuestions.set(channel, { ...memory, embedding: undefined, conversation });
  return conversation;
}

/** A memory that mattered this much, was confirmed this often and is this old is kept in mind without being asked for. */
const promotedImportance = 0.8;
const promotedProof = 3;
const promotedAgeMs = 24 * 60 * 60 * 1000;

/** Kept in mind in every session: pinned, explicitly taught, or promoted; never against a person's own word. */
export const isConscious = ({ pinned, conscious, importance, proof, createdAt }: Memory, now: Date): boolean =>
  pinned ??
  (conscious ||
    (importance >= promotedImportance &&
      proof >= promotedProof &&
      now.getTime() - createdAt.getTime() >= promotedAgeMs));

/** It had been said and was neither superseded nor expired. Any time may be asked about. */
export const holdsAt = ({ validFrom, validTo, expiresAt }: Memory, at: Date): boolean =>
  validFrom <= at && (validTo === undefined || validTo > at) && (expiresAt === undefined || expiresAt > at);

/** A team's id has no space. */
export const poolKey = (team: string, scope: Scope): string => `${team} ${scopeKey(scope)}`;
