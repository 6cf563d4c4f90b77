import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { TurnStore } from './turns-store.ts';

/** A turn whose process is gone is taken over after this long. */
const leaseMs = 30_000;
const heartbeatMs = 10_000;

export type Lease = {
  readonly inbox: TurnStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Unique to this attempt, so that two attempts in one process exclude each other as well. */
  readonly owner: string;
  /** The turn. */
  readonly id: string;
};

/** Does the work while holding the turn's lease, and marks it done. Does nothing when another process holds it. */
export async function leased(lease: Lease, work: () => Promise<void>): Promise<void> {
  const { inbox, clock, owner, id, logger } = lease;
  const renew = (): Promise<boolean> => inbox.lease(id, owner, new Date(clock.now().getTime() + leaseMs), clock.now());
  if (!(await renew())) return;
  const heartbeat = setInterval(
    () => void renew().catch((error: unknown) => logger.warn('A lease could not be renewed.', { id, error })),
    heartbeatMs,
  );
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
  }
  // The person has the answer: a store that fails now must not take it away again.
  await inbox
    .finish(id, 'done', clock.now())
    .catch((error: unknown) => logger.error('A turn could not be closed; it will be done again.', { id, error }));
}
