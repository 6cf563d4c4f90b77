import type { Clock } from '../core/base/clock.ts';
import type { JobRuns } from '../core/base/job-runs.ts';
import { takeLease } from '../core/base/lease.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Metrics } from '../core/base/metrics.ts';

/** All runs due within the same hour count as one. Milliseconds. */
const slotMs = 60 * 60 * 1000;
/** How long an instance may be silent before another takes its run over. Milliseconds. */
const leaseMs = 60_000;

/** The run that this instance holds. */
export type HeldSlot = {
  /** Where an earlier attempt of this run stopped; empty for a new one. */
  cursor(): Promise<string>;
  saveCursor(cursor: string): Promise<void>;
};

type Ops = { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };

/**
 * Does the work of this hour's run unless another instance does it or has done it. Rejects with the error of the work.
 */
export async function withLease(
  job: string,
  runs: JobRuns,
  { clock, logger, metrics }: Ops,
  work: (slot: HeldSlot) => Promise<Readonly<Record<string, number>>>,
): Promise<void> {
  const now = clock.now().getTime();
  const slot = { job, slot: new Date(now - (now % slotMs)).toISOString() };
  const owner = crypto.randomUUID();
  const renew = (until: Date) => runs.lease(slot, owner, until, clock.now());
  const lease = await takeLease({ what: job, ms: leaseMs, clock, logger, renew });
  if (lease === undefined) return;
  try {
    const report = await work({
      cursor: () => runs.cursor(slot),
      saveCursor: (cursor) => runs.saveCursor(slot, cursor),
    });
    await runs.finish(slot, report, clock.now());
    metrics.count('memori_jobs_total', { job, result: 'ok' });
  } catch (error) {
    metrics.count('memori_jobs_total', { job, result: 'error' });
    throw error;
  } finally {
    lease.stop();
  }
}
