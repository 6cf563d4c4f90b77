import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { sessionId } from '../../base/namespace.ts';
import type { Memories } from '../../memory/memories.ts';
import type { IdleThreads } from './idle-threads.ts';

/** Records each conversation that a person wrote in, so that it is read once it is quiet. Recording never throws. */
export const withIdleThreads = <T extends Memories>(
  memories: T,
  threads: IdleThreads,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): T => ({
  ...memories,
  async remember(question, used) {
    await memories.remember(question, used);
    if (question.origin !== 'message') return;
    const { person, place } = question;
    await threads
      .touched(sessionId(person, place), person.team, clock.now())
      .catch((error: unknown) => logger.error('a conversation could not be noted', { question: question.id, error }));
  },
});
