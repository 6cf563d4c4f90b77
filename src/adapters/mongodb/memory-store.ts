import { createHash } from 'node:crypto';
import { MemoriError } from '../../core/errors.ts';
import type { Memory, MemoryStore } from '../../core/memory/memory.ts';
import { type Scope, scopeKey, scopeTypes } from '../../core/namespace.ts';
import { type Collection, type Db, type Filter, isDuplicateKey, type Update } from './collection.ts';
import { type MemoryDocument, toDocument, toMemory, toStoredEmbedding } from './memory-document.ts';
import { requireId } from './require-id.ts';

/** What is left of a forgotten memory: a hash and a date, nothing that could be read. */
type Tombstone = { readonly _id: string; readonly team: string; readonly at: Date };

const memoriesOf = (db: Db): Collection<MemoryDocument> => db.collection<MemoryDocument>('memori_memories');

export async function ensureMemoryIndexes(db: Db): Promise<void> {
  await memoriesOf(db).createIndex({ team: 1, scope: 1 });
  await memoriesOf(db).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}

/** Memories, each behind its team and scope: there is no query without them. */
export function createMemoryStore(db: Db): MemoryStore {
  const memories = memoriesOf(db);
  const tombstones = db.collection<Tombstone>('memori_tombstones');

  /** What was forgotten is not picked up again by itself; a person may teach it again, later and in so many words. */
  const isForbidden = async (memory: Memory): Promise<boolean> => {
    const tombstone = await tombstones.findOne({ _id: tombstoneId(memory.team, memory.id) });
    return tombstone !== null && (memory.trust !== 'explicit' || memory.createdAt <= tombstone.at);
  };

  /** Says again what is there, or inserts it. Two writers at once: the second one's insert becomes a repetition. */
  const upsert = async (memory: Memory): Promise<MemoryDocument> => {
    const repeat = (): Promise<MemoryDocument | null> =>
      memories.findOneAndUpdate(oneOf(memory), repetition(memory), { returnDocument: 'after' });
    const repeated = await repeat();
    if (repeated) return repeated;
    const document = toDocument(memory);
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

    async touch(team, scopes, ids, at) {
      const filter = { ...within(team, scopes), _id: { $in: ids.map((id) => requireId(id, 'memory id')) } };
      await memories.updateMany(filter, { $inc: { hits: 1 }, $max: { usedAt: at } });
    },

    async supersede(team, scopes, id, at) {
      const filter = { ...within(team, scopes), _id: requireId(id, 'memory id') };
      // The earliest end stands: superseding twice does not prolong it.
      const closed = await memories.updateOne(filter, { $min: { validTo: at } });
      return closed.matchedCount === 1;
    },

    async forget(team, scopes, id, at) {
      const visible = within(team, scopes);
      const ids = await withOlderVersions(memories, visible, requireId(id, 'memory id'));
      for (const forgotten of ids) {
        const _id = tombstoneId(team, forgotten);
        await tombstones.replaceOne({ _id }, { _id, team, at }, { upsert: true });
      }
      const { deletedCount } = await memories.deleteMany({ ...visible, _id: { $in: ids } });
      return deletedCount;
    },
  };
}

/** Follows `supersedes` down from one memory, within the scopes. Empty when that one is not in them. */
async function withOlderVersions(
  memories: Collection<MemoryDocument>,
  visible: Filter,
  id: string,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = id; next !== undefined && !ids.includes(next); ) {
    const memory: MemoryDocument | null = await memories.findOne({ ...visible, _id: next });
    if (memory) ids.push(memory._id);
    next = memory?.supersedes;
  }
  return ids;
}

/** Said again: it counts as more certain, it holds again if a person says so, and it lasts as long as the newest says. */
function repetition(memory: Memory): Update {
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
      text: memory.text,
      ...(taughtAgain && { trust }),
      ...(conscious && { conscious }),
      ...(expiresAt && { expiresAt }),
      ...(embedding && { embedding: toStoredEmbedding(embedding) }),
    },
    // Some servers refuse an operator with nothing in it.
    ...(Object.keys(gone).length > 0 && { $unset: gone }),
  };
}

const oneOf = ({ id, team, scope }: Memory): Filter => ({ ...within(team, [scope]), _id: id });

/** The part of every filter. Throws `invalid_input` when a scope is not one: no object gets into a query. */
function within(team: string, scopes: readonly Scope[]): { readonly team: string; readonly scope: Filter } {
  const keys = scopes.map((scope) => {
    if (!scopeTypes.includes(scope.type))
      throw new MemoriError('invalid_input', 'A memory scope of an unknown type was asked for.');
    return scopeKey({ type: scope.type, id: requireId(scope.id, 'scope id') });
  });
  return { team: requireId(team, 'team'), scope: { $in: keys } };
}

const stillOpen = (field: string, at: Date): Filter => ({
  $or: [{ [field]: { $exists: false } }, { [field]: { $gt: at } }],
});

const tombstoneId = (team: string, id: string): string =>
  createHash('sha256')
    .update(JSON.stringify([team, id]))
    .digest('hex');
