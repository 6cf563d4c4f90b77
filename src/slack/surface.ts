import type { Logger } from '../core/base/logger.ts';
import type { Person } from '../core/base/namespace.ts';
import { pause } from '../core/base/pause.ts';
import type { Arrival, Question } from '../core/base/question.ts';
import type { ChartRenderer } from '../core/charts/chart.ts';
import type { Surface } from '../core/conversation/surface.ts';
import { textsFor } from '../core/texts/texts-for.ts';
import type { SlackClients } from './clients.ts';
import type { Directory } from './directory.ts';
import { createReply } from './reply.ts';

export type SurfaceParts = {
  readonly clients: SlackClients;
  readonly directory: Directory;
  readonly charts: ChartRenderer;
  readonly logger: Logger;
};

export type SurfaceOptions = {
  /** To whoever brought the question. Absent when it was acknowledged long ago. */
  readonly acknowledge?: () => Promise<void>;
  readonly isLeftBehind?: boolean;
};

/** The first sign waits this long for the person's language, which mostly is known. Milliseconds. */
const firstSignMs = 150;

/** A thread in Slack, as the core sees it. Slack is asked about the person when the question is kept, not before. */
export function createSurface(
  { clients, directory, charts, logger }: SurfaceParts,
  arrival: Arrival,
  { acknowledge = async () => {}, isLeftBehind = false }: SurfaceOptions = {},
): Surface {
  const { id, text, origin, caller, channel, thread, arrivedAt } = arrival;
  let person: Person | undefined;
  let asking: Promise<Question> | undefined;

  async function ask(): Promise<Question> {
    const [who, place] = await Promise.all([
      directory.person(caller, clients.reads),
      directory.place(caller.team, channel, thread, clients.reads),
    ]);
    person = who;
    return { id, text, origin, person: who, place, askedAt: arrivedAt };
  }
  const question = (): Promise<Question> => {
    asking ??= ask();
    return asking;
  };

  return {
    acknowledge,
    question,
    async admit() {
      // Whoever may come from another company sees nothing until it is known; a member sees a sign at once.
      await (caller.maybeExternal ? question() : Promise.race([question(), pause(firstSignMs)]));
      if (person?.external !== true) return true;
      const told = textsFor(person.locale).click.external;
      await clients.posting.chat
        .postEphemeral({ channel, user: caller.user, thread_ts: thread, text: told })
        .catch((error: unknown) => logger.warn('A stranger could not be told.', { question: id, error }));
      return false;
    },
    reply: createReply({ arrival, clients, charts, logger, isLeftBehind, person: () => person }),
  };
}
