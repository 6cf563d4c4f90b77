import type { Job } from './job.ts';

/**
 * Answers the questions that a crash or a stop left behind, here or on another instance, once their lease has run out or
 * was given back.
 */
export const recoverTurns = (recover: () => Promise<number>): Job => ({
  name: 'recover-turns',
  schedule: '* * * * * *',
  atStart: true,
  run: async () => {
    await recover();
  },
});
