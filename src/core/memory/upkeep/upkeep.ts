import type { Embedder } from '../../vectors/embedder.ts';
import type { Amendment, Memory } from '../memory.ts';

/** The changes that a task plans for one scope. After a partial run, planning again gives the rest. */
export type UpkeepPlan = {
  readonly remove: readonly string[];
  readonly amend: readonly { readonly id: string; readonly changes: Amendment }[];
};

/** What a task plans with. `retentionDays`: how long unused observed memories are kept. */
export type UpkeepContext = { readonly now: Date; readonly retentionDays: number; readonly embedder: Embedder };

/** One kind of upkeep, planned from the memories of a scope. */
export type UpkeepTask = {
  readonly name: string;
  /** Cron expression with seconds first, in UTC. */
  readonly schedule: string;
  plan(memories: readonly Memory[], context: UpkeepContext): UpkeepPlan | Promise<UpkeepPlan>;
};

/** A plan; what is absent is empty. */
export const planOf = (plan: Partial<UpkeepPlan>): UpkeepPlan => ({ remove: [], amend: [], ...plan });

/** Milliseconds of a day. */
export const dayMs = 24 * 60 * 60 * 1000;

/** Nobody taught or pinned it. */
export const isObserved = ({ trust, pinned, conscious }: Memory): boolean =>
  trust === 'observed' && pinned !== true && !conscious;

/** Orders memories by worth, the most worth keeping first. */
export const byWorth = (a: Memory, b: Memory): number =>
  Number(isObserved(a)) - Number(isObserved(b)) ||
  Number(a.validTo !== undefined) - Number(b.validTo !== undefined) ||
  b.importance * Math.log2(1 + b.proof + b.hits) - a.importance * Math.log2(1 + a.proof + a.hits) ||
  b.usedAt.getTime() - a.usedAt.getTime() ||
  (a.id < b.id ? -1 : 1);
