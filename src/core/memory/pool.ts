import { type Scope, scopeKey } from '../base/namespace.ts';
import { setVector } from '../vectors/packed-vectors.ts';
import type { Embedding, Memory, Written } from './memory.ts';
import { addPassage, createPassageIndex, type PassageIndex, removePassage } from './passage-index.ts';
import { setWindows } from './window-vectors.ts';

/** Memories that are compared with each other: an index, and the memory of each slot. */
export type Shelf = { readonly index: PassageIndex; readonly ids: string[]; readonly slots: Map<string, number> };

/** One scope, held in memory between turns. */
export type Pool = {
  readonly team: string;
  readonly scope: Scope;
  /** All memories, including former versions, without vectors: those are packed in the shelves. */
  readonly memories: Map<string, Memory>;
  /** The version number of each memory's last known write. Older writes are ignored. */
  readonly versions: Map<string, number>;
  /** Valid memories. Preferences are separate, because a channel may see only those of a person's own memories. */
  readonly others: Shelf;
  readonly preferences: Shelf;
  /** Ids of the few memories that may be conscious, and of those that define a term. */
  readonly prominent: Set<string>;
  readonly definitions: Set<string>;
  /** The model whose vectors the shelves hold. */
  readonly model: string;
  /** The newest question of each channel. What follows soon belongs to the same conversation. */
  readonly lastQuestions: Map<string, Memory & { readonly conversation: string }>;
};

/** Questions in one place within this time are one conversation. */
const sessionGapMs = 30 * 60 * 1000;

const createShelf = (): Shelf => ({ index: createPassageIndex(), ids: [], slots: new Map() });

/** Builds the pool of a scope from everything that was read of it. `model`: the model whose vectors count. */
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

/** The shelf that a memory belongs to. */
export const shelfOf = (pool: Pool, { kind }: Memory): Shelf =>
  kind === 'preference' ? pool.preferences : pool.others;

/** Adds or updates a written memory. False when the pool must be reread. */
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
    // Only for questions does it matter who said it and when.
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

/** Removes a deleted memory. False when the pool must be reread. */
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
  // With a quarter of the slots empty, rereading the scope is cheaper.
  return removePassage(index, slot) && index.texts.length <= 64 + index.live * 1.25;
}

function revector({ index }: Shelf, slot: number, { vector, pieces = [] }: Embedding): boolean {
  if (index.vectors === undefined || index.vectors.dimensions !== vector.length) return false;
  if (pieces.length > 0 && !index.pieces.has(slot)) return false;
  setVector(index.vectors, slot, vector);
  setWindows(index, slot);
  return true;
}

/** Questions that follow each other soon in one place are neighbours; every other memory has none. */
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

/** A memory of this importance, confirmed this often and this old becomes conscious by itself. */
const promotedImportance = 0.8;
const promotedProof = 3;
const promotedAgeMs = 24 * 60 * 60 * 1000;

/** Whether a memory goes into every prompt: pinned, explicitly taught, or promoted, unless a person took it out. */
export const isConscious = ({ pinned, conscious, importance, proof, createdAt }: Memory, now: Date): boolean =>
  pinned ??
  (conscious ||
    (importance >= promotedImportance &&
      proof >= promotedProof &&
      now.getTime() - createdAt.getTime() >= promotedAgeMs));

/** Whether a memory was valid at a time: already said, not superseded, not expired. */
export const holdsAt = ({ validFrom, validTo, expiresAt }: Memory, at: Date): boolean =>
  validFrom <= at && (validTo === undefined || validTo > at) && (expiresAt === undefined || expiresAt > at);

/** The key of a scope of a team. A team's id has no space, so keys are unique. */
export const poolKey = (team: string, scope: Scope): string => `${team} ${scopeKey(scope)}`;
