/** Work on a schedule. It must be idempotent: a run may be missed, or happen on another instance as well. */
export type Job = {
  readonly name: string;
  /** Cron expression with seconds first, in UTC. */
  readonly schedule: string;
  /** Run once at the start too. */
  readonly atStart: boolean;
  run(signal: AbortSignal): Promise<void>;
};
