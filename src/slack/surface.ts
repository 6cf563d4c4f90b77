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

/** What a surface uses. */
export type SurfaceParts = {
  readonly clients: SlackClients;
  readonly directory: Directory;
  readonly charts: ChartRenderer;
  readonly logger: Logger;
};

/** How this question arrived. */
export type SurfaceOptions = {
  /** Acknowledges the event or click. Left out when that happened long ago. */
  readonly acknowledge?: () => Promise<void>;
  readonly isLeftBehind?: boolean;
};

/** How long the first sign waits for the person's language, which is usually cached. Milliseconds. */
const firstSignMs = 150;

/** A thread in Slack as the core sees it. Slack is asked about the person after the question is stored. */
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
      // Possible outsiders see nothing until Slack has said who they are; members see a sign at once.
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
