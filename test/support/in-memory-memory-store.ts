import { type Scope, scopeKey } from '../../src/core/base/namespace.ts';
import type { Memory, MemoryStores } from '../../src/core/memory/memory.ts';

type Kept = { readonly memory: Memory; readonly version: number };
type Gone = { readonly id: string; readonly version: number };
type Shelf = {
  readonly team: string;
  readonly scope: Scope;
  version: number;
  readonly kept: Map<string, Kept>;
  readonly gone: Gone[];
};

/** The ports in their plainest form, for runs of a million accesses; the engines have their own contract suite. */
export function createInMemoryMemoryStore(): MemoryStores {
  const shelves = new Map<string, Shelf>();
  const tombstones = new Map<string, Date>();
  const keyOf = (team: string, id: string) => `${team}/${id}`;
  const shelfOf = (team: string, scope: Scope) => {
    const key = keyOf(team, scopeKey(scope));
    const there = shelves.get(key);
    if (there !== undefined) return there;
    const shelf: Shelf = { team, scope, version: 0, kept: new Map(), gone: [] };
    shelves.set(key, shelf);
    return shelf;
  };
  const write = (memory: Memory): Memory => {
    const shelf = shelfOf(memory.team, memory.scope);
    shelf.version += 1;
    shelf.kept.set(memory.id, { memory, version: shelf.version });
    return memory;
  };
  const drop = (team: string, scope: Scope, id: string): number => {
    const shelf = shelfOf(team, scope);
    if (!shelf.kept.delete(id)) return 0;
    shelf.version += 1;
    shelf.gone.push({ id, version: shelf.version });
    return 1;
  };
  const find = (team: string, scopes: readonly Scope[], id: string): Memory | undefined =>
    scopes.map((scope) => shelfOf(team, scope).kept.get(id)?.memory).find((memory) => memory !== undefined);

  return {
    async put(memory) {
      const forgottenAt = tombstones.get(keyOf(memory.team, memory.id));
      if (forgottenAt && (memory.trust !== 'explicit' || memory.createdAt <= forgottenAt)) return undefined;
      const there = find(memory.team, [memory.scope], memory.id);
      if (there === undefined) return write(memory);
      const { usedAt, importance, expiresAt } = memory;
      const validTo = memory.trust === 'explicit' ? undefined : there.validTo;
      return write({
        ...there,
        proof: there.proof + 1,
        usedAt,
        importance: Math.max(importance, there.importance),
        expiresAt,
        validTo,
      });
    },
    async inScopes(team, scopes, at) {
      return scopes
        .flatMap((scope) => [...shelfOf(team, scope).kept.values()].map(({ memory }) => memory))
        .filter(({ validTo, expiresAt }) => (validTo ?? at) >= at && (!expiresAt || expiresAt > at))
        .filter(({ validFrom, validTo }) => validFrom <= at && (validTo === undefined || validTo > at))
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    },
    async touch(team, scopes, ids, at, until) {
      for (const id of ids) {
        const memory = find(team, scopes, id);
        if (!memory) continue;
        const expiresAt = memory.expiresAt && until && until > memory.expiresAt ? until : memory.expiresAt;
        write({ ...memory, hits: memory.hits + 1, usedAt: at, expiresAt });
      }
    },
    async supersede(team, scopes, id, at) {
      const memory = find(team, scopes, id);
      if (memory) write({ ...memory, validTo: at });
      return memory !== undefined;
    },
    async forget(team, scopes, ids, at) {
      const all = [...shelves.values()].filter((shelf) => shelf.team === team);
      const going = new Set(ids.flatMap((id) => find(team, scopes, id) ?? []));
      for (const one of going)
        for (const shelf of all)
          for (const { memory } of shelf.kept.values())
            if (memory.id === one.supersedes || memory.sources?.includes(one.id)) going.add(memory);
      for (const { scope, id } of going) {
        drop(team, scope, id);
        tombstones.set(keyOf(team, id), at);
      }
      return [...going].map(({ id }) => id);
    },
    versions: async (team, scopes) => scopes.map((scope) => shelfOf(team, scope).version),
    everything: async (team, scope) => [...shelfOf(team, scope).kept.values()],
    async changes(team, scope, versions) {
      const wanted = new Set(versions);
      const shelf = shelfOf(team, scope);
      return {
        written: [...shelf.kept.values()].filter(({ version }) => wanted.has(version)),
        gone: shelf.gone.filter(({ version }) => wanted.has(version)),
      };
    },
    threads: async (team, channel, limit) =>
      [...shelves.values()]
        .filter((shelf) => shelf.team === team && scopeKey(shelf.scope).startsWith(`thread:${channel}:`))
        .map(({ scope }) => scope)
        .slice(0, limit),
    async scopes(after, limit) {
      return [...shelves]
        .map(([key, { team, scope }]) => ({ key, team, scope }))
        .filter(({ key }) => key > after)
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, limit);
    },
    async amend(team, scope, id, changes) {
      const memory = find(team, [scope], id);
      if (memory) write({ ...memory, ...changes });
      return memory !== undefined;
    },
    remove: async (team, scope, ids) => ids.reduce((sum, id) => sum + drop(team, scope, id), 0),
  };
}
