import type { Collection, Db, Stored } from './collection.ts';

/**
 * The one place where an engine's errors become ours. Every call passes its error to `explain`, which returns the error
 * to throw. A duplicate key (code 11000) is an answer, not a failure, and must be returned unchanged.
 */
export function withStoreErrors(db: Db, explain: (error: unknown) => unknown): Db {
  const explained = async <R>(call: () => Promise<R>): Promise<R> => {
    try {
      return await call();
    } catch (error) {
      throw explain(error);
    }
  };
  return {
    collection: <T extends Stored>(name: string): Collection<T> => {
      const inner = db.collection<T>(name);
      return {
        collectionName: name,
        insertOne: (document) => explained(() => inner.insertOne(document)),
        findOne: (filter) => explained(() => inner.findOne(filter)),
        find: (filter, options) => ({ toArray: () => explained(() => inner.find(filter, options).toArray()) }),
        updateOne: (filter, update, options) => explained(() => inner.updateOne(filter, update, options)),
        updateMany: (filter, update) => explained(() => inner.updateMany(filter, update)),
        findOneAndUpdate: (filter, update, options) => explained(() => inner.findOneAndUpdate(filter, update, options)),
        replaceOne: (filter, document, options) => explained(() => inner.replaceOne(filter, document, options)),
        deleteMany: (filter) => explained(() => inner.deleteMany(filter)),
        countDocuments: (filter) => explained(() => inner.countDocuments(filter)),
        createIndex: (keys, options) => explained(() => inner.createIndex(keys, options)),
      };
    },
  };
}
