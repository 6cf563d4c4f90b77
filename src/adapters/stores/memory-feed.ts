import { type Scope, type ScopeType, scopeTypes } from '../../core/base/namespace.ts';
import type { FeedOptions, MemoryFeed, MemoryUpkeep, Written } from '../../core/memory/memory.ts';
import type { FindOptions } from './collection.ts';
import { type MemoryCollections, numberId, requiredKey, within } from './memory-collections.ts';
import { type MemoryDocument, toMemory, toStoredEmbedding } from './memory-document.ts';
import { requireId } from './require-id.ts';

/** Reads a scope by its running numbers, and applies the changes that jobs and people make. */
export function createMemoryFeed(collections: MemoryCollections): MemoryFeed & MemoryUpkeep {
  const { memories, format, numbers, gone, next, markGone } = collections;
  return {
    async versions(team, scopes) {
      const ids = scopes.map((scope) => numberId(requireId(team, 'team'), requiredKey(scope)));
      const found = await numbers.find({ _id: { $in: ids } }).toArray();
      const byId = new Map(found.map(({ _id, version }) => [_id, version]));
      return ids.map((id) => byId.get(id) ?? 0);
    },

    async everything(team, scope, options) {
      return (await memories.find(within(team, [scope]), leavingOut(options)).toArray()).map(written);
    },

    async changes(team, scope, versions, options) {
      const filter = { team: requireId(team, 'team'), scope: requiredKey(scope), version: { $in: [...versions] } };
      const [changed, went] = await Promise.all([
        memories.find(filter, leavingOut(options)).toArray(),
        gone.find(filter).toArray(),
      ]);
      return { written: changed.map(written), gone: went.map(({ memory, version }) => ({ id: memory, version })) };
    },

    async threads(team, channel, limit) {
      const first = numberId(requireId(team, 'team'), requiredKey({ type: 'thread', id: `${channel}:` }));
      // `;` comes right after `:`.
      const within = { $gte: first, $lt: `${first.slice(0, -1)};` };
      const found = await numbers.find({ _id: within }, { sort: { _id: -1 }, limit }).toArray();
      return found.flatMap(({ scope }) => scopeOf(scope) ?? []);
    },

    async scopes(after, limit) {
      const found = await numbers.find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit }).toArray();
      return found.flatMap(({ _id, team, scope }) => {
        const parsed = scopeOf(scope);
        return parsed ? [{ key: _id, team, scope: parsed }] : [];
      });
    },

    async amend(team, scope, id, changes) {
      const filter = { ...within(team, [scope]), _id: requireId(id, 'memory id') };
      const { embedding, ...rest } = changes;
      const fields = Object.entries({ ...rest, ...(embedding && { embedding: toStoredEmbedding(embedding, format) }) });
      const set = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
      const unset = fields.filter(([, value]) => value === undefined).map(([name]) => [name, '' as const]);
      if ((await memories.findOne(filter)) === null) return false;
      const version = await next(team, requiredKey(scope));
      const { matchedCount } = await memories.updateOne(filter, {
        $set: { ...set, version },
        ...(unset.length > 0 && { $unset: Object.fromEntries(unset) }),
      });
      return matchedCount === 1;
    },

    async remove(team, scope, ids) {
      if (ids.length === 0) return 0;
      const all = ids.map((id) => requireId(id, 'memory id'));
      await markGone(team, requiredKey(scope), all);
      return (await memories.deleteMany({ ...within(team, [scope]), _id: { $in: all } })).deletedCount;
    },
  };
}

const leavingOut = (options: FeedOptions | undefined): FindOptions =>
  options?.vectors === false ? { projection: { embedding: 0 } } : {};

/** A memory from before numbers were introduced counts as the first. */
const written = (document: MemoryDocument): Written => ({ memory: toMemory(document), version: document.version ?? 0 });

/** The inverse of `scopeKey`. */
function scopeOf(key: string): Scope | undefined {
  const colon = key.indexOf(':');
  const type = key.slice(0, colon) as ScopeType;
  return scopeTypes.includes(type) ? { type, id: key.slice(colon + 1) } : undefined;
}
