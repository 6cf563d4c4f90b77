import type { Embedder } from '../../vectors/embedder.ts';
import type { Amendment, Memory } from '../memory.ts';

/** What is to be done in one scope. A plan that was carried out in part gives the rest when it is made again. */
export type UpkeepPlan = {
  readonly remove: readonly string[];
  readonly amend: readonly { readonly id: string; readonly changes: Amendment }[];
};

export type UpkeepContext = { readonly now: Date; readonly retentionDays: number; readonly embedder: Embedder };

/** One kind of tidying up, made of nothing but the memories of a scope. */
export type UpkeepTask = {
  readonly name: string;
  /** Cron expression with seconds first, in UTC. */
  readonly schedule: string;
  plan(memories: readonly Memory[], context: UpkeepContext): UpkeepPlan | Promise<UpkeepPlan>;
};

export const planOf = (plan: Partial<UpkeepPlan>): UpkeepPlan => ({ remove: [], amend: [], ...plan });

export const dayMs = 24 * 60 * 60 * 1000;

/** Nobody said in so many words that it be kept, and nobody pinned it. */
export const isObserved = ({ trust, pinned, conscious }: Memory): boolean =>
  trust === 'observed' && pinned !== true && !conscious;

/** What is worth keeping longest comes first. */
export const byWorth = (a: Memory, b: Memory): number =>
  Number(isObserved(a)) - Number(isObserved(b)) ||
  Number(a.validTo !== undefined) - Number(b.validTo !== undefined) ||
  b.importance * Math.log2(1 + b.proof + b.hits) - a.importance * Math.log2(1 + a.proof + a.hits) ||
  b.usedAt.getTime() - a.usedAt.getTime() ||
  (a.id < b.id ? -1 : 1);
