import type { Memory, MemoryStore } from '../../src/core/memory/memory.ts';
import { type Scope, scopeKey } from '../../src/core/namespace.ts';

/** The port in its plainest form, for runs of a hundred thousand accesses; the engines have their own contract suite. */
export function createInMemoryMemoryStore(): MemoryStore {
  const memories = new Map<string, Memory>();
  const tombstones = new Map<string, Date>();
  const keyOf = (team: string, id: string) => `${team}/${id}`;
  const find = (team: string, scopes: readonly Scope[], id: string): Memory | undefined => {
    const memory = memories.get(keyOf(team, id));
    return memory && scopes.map(scopeKey).includes(scopeKey(memory.scope)) ? memory : undefined;
  };
  return {
    async put(memory) {
      const key = keyOf(memory.team, memory.id);
      const forgottenAt = tombstones.get(key);
      if (forgottenAt && (memory.trust !== 'explicit' || memory.createdAt <= forgottenAt)) return undefined;
      const there = memories.get(key);
      const stored = there ? { ...there, proof: there.proof + 1, usedAt: memory.usedAt, validTo: undefined } : memory;
      memories.set(key, stored);
      return stored;
    },
    async inScopes(team, scopes, at) {
      const keys = new Set(scopes.map(scopeKey));
      return [...memories.values()]
        .filter((memory) => memory.team === team && keys.has(scopeKey(memory.scope)))
        .filter(
          ({ validTo, expiresAt }) =>
            (validTo === undefined || validTo > at) && (expiresAt === undefined || expiresAt > at),
        )
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    },
    async touch(team, scopes, ids, at) {
      for (const id of ids) {
        const memory = find(team, scopes, id);
        if (memory) memories.set(keyOf(team, id), { ...memory, hits: memory.hits + 1, usedAt: at });
      }
    },
    async supersede(team, scopes, id, at) {
      const memory = find(team, scopes, id);
      if (memory) memories.set(keyOf(team, id), { ...memory, validTo: at });
      return memory !== undefined;
    },
    async forget(team, scopes, id, at) {
      let deleted = 0;
      for (
        let next = find(team, scopes, id);
        next;
        next = next.supersedes ? find(team, scopes, next.supersedes) : undefined
      ) {
        memories.delete(keyOf(team, next.id));
        tombstones.set(keyOf(team, next.id), at);
        deleted += 1;
      }
      return deleted;
    },
  };
}
