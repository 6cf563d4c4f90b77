/** Work that is done by the clock. Idempotent: a slot may be missed, or done by another instance as well. */
export type Job = {
  readonly name: string;
  /** Cron expression with seconds first, in UTC. */
  readonly schedule: string;
  run(signal: AbortSignal): Promise<void>;
};
