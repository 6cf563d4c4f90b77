/** Work that is done by the clock. Idempotent: a slot may be missed, or done by another instance as well. */
export type Job = {
  readonly name: string;
  /** Cron expression with seconds first, in UTC. */
  readonly schedule: string;
  /** Run once at the start as well, not only when its time comes. */
  readonly atStart: boolean;
  run(signal: AbortSignal): Promise<void>;
};
