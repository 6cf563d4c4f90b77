import { scopeKey } from '../../core/base/namespace.ts';
import type { Memory, MemoryStores } from '../../core/memory/memory.ts';
import { type Db, type Filter, isDuplicateKey, type Update } from './collection.ts';
import { forgetMemories } from './forget-memories.ts';
import { createMemoryCollections, within } from './memory-collections.ts';
import { type MemoryDocument, toDocument, toMemory, toStoredEmbedding, type VectorFormat } from './memory-document.ts';
import { createMemoryFeed } from './memory-feed.ts';
import { requireId } from './require-id.ts';
import { createTombstones } from './tombstones.ts';

/** Stores memories. Every query carries a team and a scope. */
export function createMemoryStore(db: Db, format: VectorFormat = 'bytes'): MemoryStores {
  const collections = createMemoryCollections(db, format);
  const tombstones = createTombstones(db);
  const { memories, next, markGone } = collections;

  /** Repeats an existing memory, or inserts it. With two writers at once the second insert becomes a repetition. */
  const upsert = async (memory: Memory): Promise<MemoryDocument> => {
    const version = await next(memory.team, scopeKey(memory.scope));
    const repeat = (): Promise<MemoryDocument | null> =>
      memories.findOneAndUpdate(oneOf(memory), repetition(memory, version, format), { returnDocument: 'after' });
    const repeated = await repeat();
    if (repeated) return repeated;
    const document = toDocument(memory, version, format);
    try {
      await memories.insertOne(document);
      return document;
    } catch (error) {
      const meanwhile = isDuplicateKey(error) ? await repeat() : null;
      if (meanwhile) return meanwhile;
      throw error;
    }
  };

  return {
    async put(memory) {
      requireId(memory.id, 'memory id');
      if (await tombstones.forbid(memory)) return undefined;
      const stored = await upsert(memory);
      // It may have been forgotten meanwhile. `forget` leaves its tombstone first, so one of the two sees the other.
      if (await tombstones.forbid(memory)) {
        await markGone(memory.team, scopeKey(memory.scope), [memory.id]);
        await memories.deleteMany(oneOf(memory));
        return undefined;
      }
      return toMemory(stored);
    },

    async inScopes(team, scopes, at) {
      const holding = {
        validFrom: { $lte: at },
        $and: [stillOpen('validTo', at), stillOpen('expiresAt', at)],
      };
      const found = await memories
        .find({ ...within(team, scopes), ...holding }, { sort: { createdAt: -1, _id: -1 } })
        .toArray();
      return found.map(toMemory);
    },

    async touch(team, scopes, ids, at, expiresAt) {
      const filter = { ...within(team, scopes), _id: { $in: ids.map((id) => requireId(id, 'memory id')) } };
      const found = await memories.find(filter).toArray();
      for (const scope of new Set(found.map((memory) => memory.scope))) {
        const version = await next(team, scope);
        const used = { $inc: { hits: 1 }, $max: { usedAt: at }, $set: { version } };
        await memories.updateMany({ ...filter, scope }, used);
        if (expiresAt === undefined) continue;
        await memories.updateMany({ ...filter, scope, expiresAt: { $exists: true } }, { $max: { expiresAt } });
      }
    },

    async supersede(team, scopes, id, at) {
      const filter = { ...within(team, scopes), _id: requireId(id, 'memory id') };
      const memory = await memories.findOne(filter);
      if (memory === null) return false;
      // The earliest end counts: superseding twice does not extend it.
      const version = await next(team, memory.scope);
      const closed = await memories.updateOne(filter, { $min: { validTo: at }, $set: { version } });
      return closed.matchedCount === 1;
    },

    async forget(team, scopes, ids, at) {
      const chosen = { ...within(team, scopes), _id: { $in: ids.map((id) => requireId(id, 'memory id')) } };
      return forgetMemories(collections, tombstones, chosen, at);
    },

    ...createMemoryFeed(collections),
  };
}

/**
 * A memory that is said again: it becomes more certain, holds again if a person says so, and lasts as long as the
 * newest statement.
 */
function repetition(memory: Memory, version: number, format: VectorFormat): Update {
  const { trust, conscious, expiresAt, embedding } = memory;
  const taughtAgain = trust === 'explicit';
  const gone = {
    ...(taughtAgain && { validTo: '' as const }),
    ...(expiresAt === undefined && { expiresAt: '' as const }),
  };
  return {
    $inc: { proof: 1 },
    $max: { usedAt: memory.usedAt, importance: memory.importance },
    $set: {
      version,
      text: memory.text,
      ...(taughtAgain && { trust }),
      ...(conscious && { conscious }),
      ...(expiresAt && { expiresAt }),
      ...(embedding && { embedding: toStoredEmbedding(embedding, format) }),
    },
    // Some servers refuse an operator with nothing in it.
    ...(Object.keys(gone).length > 0 && { $unset: gone }),
  };
}

const oneOf = ({ id, team, scope }: Memory): Filter => ({ ...within(team, [scope]), _id: id });

const stillOpen = (field: string, at: Date): Filter => ({
  $or: [{ [field]: { $exists: false } }, { [field]: { $gt: at } }],
});
