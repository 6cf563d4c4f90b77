import { createHash } from 'node:crypto';
import type { Memory, MemoryStores } from '../../core/memory/memory.ts';
import { scopeKey } from '../../core/namespace.ts';
import { type Db, type Filter, isDuplicateKey, type Update } from './collection.ts';
import { createMemoryCollections, type MemoryCollections, within } from './memory-collections.ts';
import { type MemoryDocument, toDocument, toMemory, toStoredEmbedding, type VectorFormat } from './memory-document.ts';
import { createMemoryFeed } from './memory-feed.ts';
import { requireId } from './require-id.ts';

/**
 * Memories, each behind its team and scope: there is no query without them. `scrub` is called after a deletion that must
 * leave nothing behind in the files of the engine.
 */
export function createMemoryStore(
  db: Db,
  scrub: () => Promise<void> = async () => undefined,
  format: VectorFormat = 'bytes',
): MemoryStores {
  const collections = createMemoryCollections(db, format);
  const { memories, tombstones, next, markGone } = collections;

  /** What was forgotten is not picked up again by itself; a person may teach it again, later and in so many words. */
  const isForbidden = async (memory: Memory): Promise<boolean> => {
    const tombstone = await tombstones.findOne({ _id: tombstoneId(memory.team, memory.id) });
    return tombstone !== null && (memory.trust !== 'explicit' || memory.createdAt <= tombstone.at);
  };

  /** Says again what is there, or inserts it. Two writers at once: the second one's insert becomes a repetition. */
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
      if (await isForbidden(memory)) return undefined;
      const stored = await upsert(memory);
      // Forgotten while it was written: `forget` leaves the tombstone first, so one of the two sees the other.
      if (await isForbidden(memory)) {
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
      // The earliest end stands: superseding twice does not prolong it.
      const version = await next(team, memory.scope);
      const closed = await memories.updateOne(filter, { $min: { validTo: at }, $set: { version } });
      return closed.matchedCount === 1;
    },

    async forget(team, scopes, id, at) {
      const visible = within(team, scopes);
      const versions = await withOlderVersions(memories, visible, requireId(id, 'memory id'));
      const ids = versions.map(({ _id }) => _id);
      for (const forgotten of ids) {
        const _id = tombstoneId(team, forgotten);
        await tombstones.replaceOne({ _id }, { _id, team, at }, { upsert: true });
      }
      for (const scope of new Set(versions.map((memory) => memory.scope)))
        await markGone(
          team,
          scope,
          versions.filter((memory) => memory.scope === scope).map(({ _id }) => _id),
        );
      const { deletedCount } = await memories.deleteMany({ ...visible, _id: { $in: ids } });
      if (deletedCount > 0) await scrub();
      return deletedCount;
    },

    ...createMemoryFeed(collections),
  };
}

/** Follows `supersedes` down from one memory, within the scopes. Empty when that one is not in them. */
async function withOlderVersions(
  memories: MemoryCollections['memories'],
  visible: Filter,
  id: string,
): Promise<readonly MemoryDocument[]> {
  const versions = new Map<string, MemoryDocument>();
  for (let next: string | undefined = id; next !== undefined && !versions.has(next); ) {
    const memory: MemoryDocument | null = await memories.findOne({ ...visible, _id: next });
    if (memory) versions.set(memory._id, memory);
    next = memory?.supersedes;
  }
  return [...versions.values()];
}

/** Said again: it counts as more certain, it holds again if a person says so, and it lasts as long as the newest says. */
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

const tombstoneId = (team: string, id: string): string =>
  createHash('sha256')
    .update(JSON.stringify([team, id]))
    .digest('hex');
