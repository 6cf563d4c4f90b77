import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** What is leased, for how long, and how it is renewed. */
export type LeaseOptions = {
  /** Its name in the log. */
  readonly what: string;
  /** How long a holder may be silent before another takes over. Milliseconds. */
  readonly ms: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Takes or extends the lease until then. False when another holder has it. */
  readonly renew: (until: Date) => Promise<boolean>;
};

/** A lease that this process holds. */
export type Lease = {
  /** Aborted as soon as another holder has it: further writes could undo their work. */
  readonly lost: AbortSignal;
  /** Ends the heartbeats. It does not release the lease. */
  stop(): void;
};

/** Heartbeats in the life of a lease, so that two of them may fail. */
const beats = 3;

/** The end of a lease of `ms` milliseconds that begins now. */
export const leaseUntil = (clock: Clock, ms: number): Date => new Date(clock.now().getTime() + ms);

/** Takes the lease and keeps it alive. Undefined when another holder has it. Errors: those of `renew`. */
export async function takeLease(options: LeaseOptions): Promise<Lease | undefined> {
  const { renew, clock, ms } = options;
  return (await renew(leaseUntil(clock, ms))) ? keepLease(options) : undefined;
}

/** Keeps a lease alive that is already held. A failed heartbeat is logged; the next one may succeed. */
export function keepLease({ what, ms, clock, logger, renew }: LeaseOptions): Lease {
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    try {
      if (!(await renew(leaseUntil(clock, ms)))) lost.abort();
    } catch (error) {
      logger.warn('A lease could not be renewed.', { what, error });
    }
  };
  const heart = setInterval(() => void beat(), ms / beats);
  return { lost: lost.signal, stop: () => clearInterval(heart) };
}
