import { dateTerm, type IndexDefinition } from './index-terms.ts';
import type { Storage } from './storage.ts';

/** Documents in one transaction, so that a sweep never delays a question for long. */
const batchSize = 200;

/** Removes the documents whose date is past, as MongoDB's TTL monitor does. Returns how many. */
export async function sweepExpired(storage: Storage, now: Date): Promise<number> {
  let removed = 0;
  for (const [collection, index] of storage.expiryIndexes())
    removed += await sweepIndex(storage, collection, index, now);
  return removed;
}

async function sweepIndex(storage: Storage, collection: string, index: IndexDefinition, now: Date): Promise<number> {
  const deadline = new Date(now.getTime() - (index.expireAfterSeconds ?? 0) * 1_000);
  for (let removed = 0; ; ) {
    const ids = storage.range(collection, index, 'd:', dateTerm(deadline), batchSize);
    const gone =
      ids.length === 0 ? 0 : await storage.write(() => removeExpired(storage, collection, index, ids, deadline));
    removed += gone;
    if (ids.length < batchSize || gone === 0) return removed;
  }
}

/** Checks each date again: it may have been extended, and years beyond 9999 sort first. */
function removeExpired(
  storage: Storage,
  collection: string,
  index: IndexDefinition,
  ids: readonly string[],
  deadline: Date,
): number {
  const expired = ids
    .map((id) => storage.get(collection, id))
    .filter((document) => document !== undefined)
    .filter((document) => {
      const date: unknown = Reflect.get(document, index.fields[0] ?? '');
      return date instanceof Date && date <= deadline;
    });
  for (const document of expired) storage.replace(collection, document, undefined);
  return expired.length;
}
