import { LRUCache } from 'lru-cache';
import type { Clock } from '../base/clock.ts';
import type { Scope } from '../base/namespace.ts';
import type { MemoryFeed } from './memory.ts';
import { createPool, dropFromPool, keepInPool, type Pool, poolKey } from './pool.ts';

/** The most scopes held in memory; the least recently read one is dropped first. */
const maxPools = 2_000;
/** With more missing version numbers than this, the scope is reread. */
const maxMissing = 500;
/** A version number is taken before its write: it is asked for again during this time. Milliseconds. */
const pendingMs = 60_000;
/** How many of the newest numbers of a scope may still be waiting for their write. */
const recentNumbers = 50;
/** Deletions are recorded for a day: a pool that was not read for longer than this is reread. Milliseconds. */
const maxIdleMs = 12 * 60 * 60 * 1000;

/** Scopes held in memory and kept current. */
export interface Pools {
  /** The current state of the scopes, in their order. */
  read(team: string, scopes: readonly Scope[]): Promise<readonly Pool[]>;
  /** Drops a scope from memory. */
  drop(team: string, scope: Scope): void;
}

type Kept = {
  readonly pool: Pool;
  version: number;
  readonly pending: Map<number, number>;
  readAt: number;
  /** Whether its vectors were read. */
  readonly vectors: boolean;
};

/**
 * Holds scopes in memory between turns. Each read asks the store for one version number per scope and then only for
 * what any instance has written since. Vectors are not read while `needsVectors` is false.
 */
export function createPools(feed: MemoryFeed, clock: Clock, model: string, needsVectors: () => boolean): Pools {
  const kept = new LRUCache<string, Kept>({ max: maxPools });
  const reading = new Map<string, Promise<Kept>>();

  const load = async (team: string, scope: Scope, version: number): Promise<Kept> => {
    const vectors = needsVectors();
    const written = await feed.everything(team, scope, { vectors });
    const seen = new Set(written.map((one) => one.version));
    const now = clock.now().getTime();
    const pending = new Map<number, number>();
    for (let number = Math.max(1, version - recentNumbers); number <= version; number += 1)
      if (!seen.has(number)) pending.set(number, now);
    return { pool: createPool(team, scope, model, written), version, pending, readAt: now, vectors };
  };

  /** False when the scope must be reread. */
  const catchUp = async (one: Kept, version: number): Promise<boolean> => {
    if (one.vectors !== needsVectors()) return false;
    const now = clock.now().getTime();
    for (const [number, since] of one.pending) if (now - since > pendingMs) one.pending.delete(number);
    if (now - one.readAt > maxIdleMs || Math.abs(version - one.version) > maxMissing) return false;
    // A read that another one overtook sees an older number; only a store that was emptied goes back to 0.
    if (version === 0 && one.version > 0) return false;
    one.readAt = now;
    const from = one.version + 1;
    const missing = [
      ...one.pending.keys(),
      ...Array.from({ length: Math.max(0, version - one.version) }, (_, at) => from + at),
    ];
    if (missing.length === 0) return true;
    const { written, gone } = await feed.changes(one.pool.team, one.pool.scope, missing, one);
    for (let number = from; number <= version; number += 1) if (!one.pending.has(number)) one.pending.set(number, now);
    one.version = Math.max(one.version, version);
    for (const { version: number } of [...written, ...gone]) one.pending.delete(number);
    const inTime = [...written].sort((a, b) => a.memory.createdAt.getTime() - b.memory.createdAt.getTime());
    return (
      inTime.every((changed) => keepInPool(one.pool, changed)) &&
      gone.every(({ id, version: number }) => dropFromPool(one.pool, id, number))
    );
  };

  const refreshed = (team: string, scope: Scope, version: number, key: string): Promise<Kept> => {
    const before = reading.get(key);
    const next = (async () => {
      await before?.catch(() => undefined);
      const one = kept.get(key);
      const fresh = one !== undefined && (await catchUp(one, version)) ? one : await load(team, scope, version);
      kept.set(key, fresh);
      return fresh;
    })().finally(() => {
      if (reading.get(key) === next) reading.delete(key);
    });
    reading.set(key, next);
    return next;
  };

  /** The pool, when nothing is new, without waiting. */
  const current = (key: string, version: number): Kept | undefined => {
    const one = kept.get(key);
    if (
      one === undefined ||
      one.version !== version ||
      one.vectors !== needsVectors() ||
      one.pending.size > 0 ||
      reading.has(key)
    )
      return undefined;
    const now = clock.now().getTime();
    if (now - one.readAt > maxIdleMs) return undefined;
    one.readAt = now;
    return one;
  };

  return {
    async read(team, scopes) {
      const versions = await feed.versions(team, scopes);
      const found = scopes.map((scope, at) => {
        const [key, version] = [poolKey(team, scope), versions[at] ?? 0];
        return current(key, version) ?? refreshed(team, scope, version, key);
      });
      const ready = found.some((one) => one instanceof Promise) ? await Promise.all(found) : (found as Kept[]);
      return ready.map(({ pool }) => pool);
    },
    drop: (team, scope) => void kept.delete(poolKey(team, scope)),
  };
}
