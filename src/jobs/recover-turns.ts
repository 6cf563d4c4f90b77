import type { Job } from './job.ts';

/**
 * Answers questions that a crash or a stop interrupted, here or on another instance, once their lease has expired or
 * was released.
 */
export const recoverTurns = (recover: () => Promise<number>): Job => ({
  name: 'recover-turns',
  schedule: '* * * * * *',
  atStart: true,
  run: async () => {
    await recover();
  },
});
