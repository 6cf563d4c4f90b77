import { MemoriError } from '../../core/base/errors.ts';
import { type Scope, scopeKey, scopeTypes } from '../../core/base/namespace.ts';
import { type Collection, type Db, type Filter, isDuplicateKey } from './collection.ts';
import { type MemoryDocument, toEmbedding, toStoredEmbedding, type VectorFormat } from './memory-document.ts';
import { requireId } from './require-id.ts';

/** A scope's counter: every write in the scope takes its next value. */
export type ScopeNumber = {
  readonly _id: string;
  readonly team: string;
  readonly scope: string;
  readonly version: number;
};

/** For a day, tells other instances that a memory was deleted, so that they drop it from what they hold in memory. */
export type GoneMark = {
  readonly _id: string;
  readonly team: string;
  readonly scope: string;
  readonly version: number;
  readonly memory: string;
  readonly expiresAt: Date;
};

/** The collections behind memories, and the counter of each scope. */
export type MemoryCollections = {
  readonly memories: Collection<MemoryDocument>;
  readonly format: VectorFormat;
  readonly numbers: Collection<ScopeNumber>;
  readonly gone: Collection<GoneMark>;
  /** Takes the next number of a scope, given by its key. */
  next(team: string, scope: string): Promise<number>;
  /** Leaves a `GoneMark` for each of the ids. */
  markGone(team: string, scope: string, ids: readonly string[]): Promise<void>;
};

const markMs = 24 * 60 * 60 * 1000;

/** The collection that vector search reads. */
export const memoryCollectionName = 'memori_memories';

const memoriesOf = (db: Db): Collection<MemoryDocument> => db.collection<MemoryDocument>(memoryCollectionName);
const goneOf = (db: Db): Collection<GoneMark> => db.collection<GoneMark>('memori_memory_gone');
const numbersOf = (db: Db): Collection<ScopeNumber> => db.collection<ScopeNumber>('memori_memory_scopes');

/** Creates the indexes of memories, and converts vectors to `format` where the engine can search them. */
export async function ensureMemoryIndexes(db: Db, format: VectorFormat = 'bytes'): Promise<void> {
  await memoriesOf(db).createIndex({ team: 1, scope: 1 });
  await memoriesOf(db).createIndex({ team: 1, scope: 1, version: 1 });
  await memoriesOf(db).createIndex({ team: 1, hash: 1 });
  await memoriesOf(db).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  await goneOf(db).createIndex({ team: 1, scope: 1, version: 1 });
  await goneOf(db).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  if (format === 'bytes') return;
  await memoriesOf(db).createIndex({ team: 1, scope: 1, 'embedding.at': 1 });
  await makeSearchable(memoriesOf(db));
}

const pageSize = 200;

/** Converts vectors that were stored by an engine without vector search. */
async function makeSearchable(memories: Collection<MemoryDocument>): Promise<void> {
  const plain = { 'embedding.model': { $exists: true }, 'embedding.at': { $exists: false } };
  for (let read = pageSize; read === pageSize; ) {
    const page = await memories.find(plain, { limit: pageSize }).toArray();
    for (const { _id, team, embedding } of page) {
      if (embedding === undefined) continue;
      const stored = toStoredEmbedding(toEmbedding(embedding), 'bson');
      await memories.updateOne({ _id, team, ...plain }, { $set: { embedding: stored } });
    }
    read = page.length;
  }
}

/** Opens the collections. `format`: how vectors are written. */
export function createMemoryCollections(db: Db, format: VectorFormat): MemoryCollections {
  const numbers = numbersOf(db);
  const gone = goneOf(db);

  const next: MemoryCollections['next'] = async (team, scope) => {
    const _id = numberId(team, scope);
    const raise = () => numbers.findOneAndUpdate({ _id }, { $inc: { version: 1 } }, { returnDocument: 'after' });
    const raised = await raise();
    if (raised) return raised.version;
    try {
      await numbers.insertOne({ _id, team, scope, version: 1 });
      return 1;
    } catch (error) {
      const meanwhile = isDuplicateKey(error) ? await raise() : null;
      if (meanwhile) return meanwhile.version;
      throw error;
    }
  };

  return {
    memories: memoriesOf(db),
    format,
    numbers,
    gone,
    next,
    async markGone(team, scope, ids) {
      if (ids.length === 0) return;
      const version = await next(team, scope);
      const expiresAt = new Date(Date.now() + markMs);
      for (const memory of ids)
        await gone.insertOne({ _id: `${team}/${version}/${memory}`, team, scope, version, memory, expiresAt });
    },
  };
}

/** The id of a scope's counter. */
export const numberId = (team: string, scope: string): string => `${team}/${scope}`;

/**
 * The part of every filter that keeps it inside a team and some scopes. Throws `invalid_input` for a malformed scope,
 * so that no object gets into a query.
 */
export function within(team: string, scopes: readonly Scope[]): { readonly team: string; readonly scope: Filter } {
  return { team: requireId(team, 'team'), scope: { $in: scopes.map(requiredKey) } };
}

/** The key of a scope. Throws `invalid_input` for a malformed one. */
export function requiredKey(scope: Scope): string {
  if (!scopeTypes.includes(scope.type))
    throw new MemoriError('invalid_input', 'A memory scope of an unknown type was asked for.');
  return scopeKey({ type: scope.type, id: requireId(scope.id, 'scope id') });
}
