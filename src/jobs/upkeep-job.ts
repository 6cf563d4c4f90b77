import type { Clock } from '../core/base/clock.ts';
import type { JobRuns } from '../core/base/job-runs.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Metrics } from '../core/base/metrics.ts';
import type { MemoryStores, ScopePlace } from '../core/memory/memory.ts';
import type { UpkeepTask } from '../core/memory/upkeep/upkeep.ts';
import type { Embedder } from '../core/vectors/embedder.ts';
import type { Job } from './job.ts';
import { withLease } from './with-lease.ts';

/** What the upkeep of memories needs. */
export type UpkeepDeps = {
  readonly store: MemoryStores;
  readonly embedder: Embedder;
  readonly runs: JobRuns;
  readonly retentionDays: number;
  /** Removes deleted bytes from the engine's files. */
  readonly scrub: () => Promise<void>;
  readonly ops: { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };
};

/** Scopes read, and memories removed and changed. */
export type UpkeepReport = {
  readonly scopes: number;
  readonly removed: number;
  readonly changed: number;
};

/** Scopes read from the store at once. */
const page = 100;

/** Runs a task on its schedule, on one instance at a time, continuing where an interrupted run stopped. */
export const upkeepJob = (task: UpkeepTask, deps: UpkeepDeps): Job => ({
  name: task.name,
  schedule: task.schedule,
  atStart: false,
  run: (signal) =>
    withLease(task.name, deps.runs, deps.ops, async (lease) => {
      return runUpkeep(task, deps, { signal, dryRun: false, from: await lease.cursor(), saveCursor: lease.saveCursor });
    }),
});

/** How to run a task. */
export type UpkeepRun = {
  readonly signal: AbortSignal;
  /** Count what would change, and change nothing. */
  readonly dryRun: boolean;
  /** The cursor to continue from; empty to start from the beginning. */
  readonly from: string;
  saveCursor(cursor: string): Promise<void>;
};

/** Plans and carries out one task, scope by scope. */
export async function runUpkeep(task: UpkeepTask, deps: UpkeepDeps, run: UpkeepRun): Promise<UpkeepReport> {
  const { store, ops, scrub } = deps;
  const report = { scopes: 0, removed: 0, changed: 0 };
  let cursor = run.from;
  for (;;) {
    const scopes = await store.scopes(cursor, page);
    for (const place of scopes) {
      if (run.signal.aborted) return report;
      await tidy(task, place, deps, run, report);
      cursor = place.key;
      await run.saveCursor(cursor);
    }
    if (scopes.length < page) break;
  }
  if (report.removed > 0 && !run.dryRun) await scrub();
  const { metrics, logger } = ops;
  logger.info('A memory job is done.', { job: task.name, dryRun: run.dryRun, ...report });
  if (!run.dryRun) {
    for (const change of ['removed', 'changed'] as const)
      if (report[change] > 0) metrics.count('memori_job_changes_total', { job: task.name, change }, report[change]);
  }
  return report;
}

async function tidy(
  task: UpkeepTask,
  { team, scope }: ScopePlace,
  { store, embedder, retentionDays, ops }: UpkeepDeps,
  { dryRun }: UpkeepRun,
  report: { scopes: number; removed: number; changed: number },
): Promise<void> {
  const memories = (await store.everything(team, scope)).map(({ memory }) => memory);
  const plan = await task.plan(memories, { now: ops.clock.now(), retentionDays, embedder });
  report.scopes += 1;
  report.removed += plan.remove.length;
  report.changed += plan.amend.length;
  if (dryRun) return;
  // Changes before removals, so that an interruption leaves too much rather than too little.
  for (const { id, changes } of plan.amend) await store.amend(team, scope, id, changes);
  await store.remove(team, scope, plan.remove);
}
