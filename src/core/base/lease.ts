import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

export type LeaseOptions = {
  /** What is held, for the log. */
  readonly what: string;
  /** A holder that is gone is followed by another one after this long. Milliseconds. */
  readonly ms: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Takes the lease or keeps it until then. False when somebody else holds it. */
  readonly renew: (until: Date) => Promise<boolean>;
};

export type Lease = {
  /** Aborted as soon as somebody else holds it: what is still written under it may undo their work. */
  readonly lost: AbortSignal;
  /** No more heartbeats. */
  stop(): void;
};

/** Heartbeats in the life of a lease: one may fail, and a second. */
const beats = 3;

export const leaseUntil = (clock: Clock, ms: number): Date => new Date(clock.now().getTime() + ms);

/** Takes the lease and keeps it alive. Undefined when somebody else holds it. Errors: those of `renew`. */
export async function takeLease(options: LeaseOptions): Promise<Lease | undefined> {
  const { renew, clock, ms } = options;
  return (await renew(leaseUntil(clock, ms))) ? keepLease(options) : undefined;
}

/** Keeps a lease alive that is held already. A heartbeat that fails is logged: the next one may come through. */
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
