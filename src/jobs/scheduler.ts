import { type Logger as CronLogger, schedule } from 'node-cron';
import type { Logger } from '../core/base/logger.ts';
import type { Job } from './job.ts';

/** The running schedule of all jobs. */
export type Scheduler = {
  /** Starts nothing more, and waits for the runs under way. */
  stop(): Promise<void>;
};

/** Runs each job on its schedule, never twice at once. A failed run is logged; the next one happens as planned. */
export function startScheduler(jobs: readonly Job[], logger: Logger): Scheduler {
  const abort = new AbortController();
  const running = new Set<Promise<void>>();
  const runOnce = (job: Job): Promise<void> => {
    const run = job
      .run(abort.signal)
      .catch((error: unknown) => void logger.error('A job failed.', { job: job.name, error }))
      .finally(() => running.delete(run));
    running.add(run);
    return run;
  };
  const tasks = jobs.map((job) =>
    schedule(job.schedule, () => runOnce(job), {
      name: job.name,
      timezone: 'UTC',
      noOverlap: true,
      logger: cronLogger(job.name, logger),
    }),
  );
  for (const job of jobs.filter(({ atStart }) => atStart)) void runOnce(job);
  return {
    async stop() {
      abort.abort();
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.allSettled(running);
    },
  };
}

/** Sends node-cron's warnings, such as a run missed while the process was busy, to our log instead of the console. */
const cronLogger = (job: string, logger: Logger): CronLogger => ({
  info: () => undefined,
  debug: () => undefined,
  warn: (detail) => void logger.warn('The scheduler warns of a job.', { job, detail }),
  error: (detail, error) =>
    void logger.error('The scheduler failed with a job.', { job, detail: String(detail), error }),
});
