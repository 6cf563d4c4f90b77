import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { HeldUntil, TurnStore } from './turn-store.ts';

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

/** From now on. */
export const heldBy = (owner: string, clock: Clock): HeldUntil => ({
  owner,
  until: new Date(clock.now().getTime() + leaseMs),
});

/** Half of it is left: no other process can have taken it. */
export const isFresh = ({ until }: HeldUntil, clock: Clock): boolean =>
  until.getTime() - clock.now().getTime() > leaseMs / 2;

/** Takes the lease, or keeps it. False when another process holds it. */
export function hold({ inbox, clock, owner, id }: Lease): Promise<boolean> {
  return inbox.lease(id, owner, heldBy(owner, clock).until, clock.now());
}

/** Does the work of a turn whose lease is held, keeps the lease meanwhile, and marks the turn done. */
export async function leased(lease: Lease, work: () => Promise<void>): Promise<void> {
  const { inbox, clock, id, logger } = lease;
  const heartbeat = setInterval(
    () => void hold(lease).catch((error: unknown) => logger.warn('A lease could not be renewed.', { id, error })),
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
