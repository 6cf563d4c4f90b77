import { MemoriError } from '../../core/base/errors.ts';
import type { Filter } from './collection.ts';
import type { MemoryCollections } from './memory-collections.ts';
import type { MemoryDocument } from './memory-document.ts';
import type { Tombstones } from './tombstones.ts';

/**
 * Deletes what matches and everything that holds its words, and leaves tombstones. Returns the ids. Errors:
 * `store_unavailable`.
 */
export async function forgetMemories(
  { memories, markGone }: MemoryCollections,
  tombstones: Tombstones,
  chosen: Filter & { readonly team: string },
  at: Date,
): Promise<readonly string[]> {
  const { team } = chosen;
  const going = await withAllOfIt(memories, team, await memories.find(chosen, withoutVectors).toArray());
  const ids = going.map(({ _id }) => _id);
  if (ids.length === 0) return ids;
  // Tombstones first, so that a concurrent writer of the same memory finds one or the other.
  await tombstones.leave(going, at);
  for (const scope of new Set(going.map((document) => document.scope)))
    await markGone(
      team,
      scope,
      going.filter((document) => document.scope === scope).map(({ _id }) => _id),
    );
  await memories.deleteMany({ team, _id: { $in: ids } });
  if ((await memories.countDocuments({ team, _id: { $in: ids } })) === 0) return ids;
  throw new MemoriError('store_unavailable', 'A memory was still there after it had been deleted.', {
    next: 'Try again; the store may have been written to at the same time.',
  });
}

const withoutVectors = { projection: { embedding: 0 } } as const;

/**
 * Adds former versions, what was made from any of them (merged memories, patterns of answers that used them), and what
 * was observed of the same words in the same channel, in any scope.
 */
async function withAllOfIt(
  memories: MemoryCollections['memories'],
  team: string,
  chosen: readonly MemoryDocument[],
): Promise<readonly MemoryDocument[]> {
  const all = new Map(chosen.map((document) => [document._id, document]));
  for (let fresh = chosen; fresh.length > 0; ) {
    const ids = fresh.map(({ _id }) => _id);
    const older = fresh.flatMap(({ supersedes }) => supersedes ?? []);
    const words = fresh.flatMap(({ hash }) => hash ?? []);
    const found = await Promise.all([
      memories.find({ team, _id: { $in: older } }, withoutVectors).toArray(),
      memories.find({ team, sources: { $in: ids } }, withoutVectors).toArray(),
      memories.find({ team, hash: { $in: words }, trust: 'observed' }, withoutVectors).toArray(),
    ]);
    fresh = found.flat().filter(({ _id }) => !all.has(_id));
    for (const document of fresh) all.set(document._id, document);
  }
  return [...all.values()];
}
