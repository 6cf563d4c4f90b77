import type { Job } from './job.ts';

/** Answers the questions that a crash or a stop left behind, here or on another instance, once their lease has run out. */
export const recoverTurns = (recover: () => Promise<number>): Job => ({
  name: 'recover-turns',
  schedule: '*/15 * * * * *',
  atStart: true,
  run: async () => {
    await recover();
  },
});
