import { keepLease, type Lease, leaseUntil, takeLease } from '../base/lease.ts';
import type { Asked, Parts } from './lifecycle-deps.ts';

/** A question whose process is gone is taken over after this long. Milliseconds. */
const leaseMs = 20_000;
/** A claimed question: its lease, and the owner of the lease. */
export type Claimed = { readonly lease: Lease; readonly owner: string };

/**
 * Claims a question. Undefined when its id is claimed already, as by a retry or a double click. Errors: those of the
 * store.
 */
export async function claimTurn(
  { arrival, leftBehind }: Asked,
  { inbox, attempt, ops }: Parts,
): Promise<Claimed | undefined> {
  const { clock, logger } = ops;
  const { id } = arrival;
  const owner = attempt();
  const renew = (until: Date) => inbox.lease(id, owner, until, clock.now());
  const options = { what: id, ms: leaseMs, clock, logger, renew };
  const until = leaseUntil(clock, leaseMs);
  if (!leftBehind && !(await inbox.claim(arrival, clock.now(), { owner, until }))) return undefined;
  // A store that took its time to say so may have let the lease end.
  const isFresh = !leftBehind && until.getTime() - clock.now().getTime() > leaseMs / 2;
  const lease = isFresh ? keepLease(options) : await takeLease(options);
  return lease && { lease, owner };
}
