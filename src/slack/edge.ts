import { randomUUID } from 'node:crypto';
import { isMemoriError } from '../core/base/errors.ts';
import type { Locale, Place } from '../core/base/namespace.ts';
import type { Question } from '../core/base/question.ts';
import type { Reply } from '../core/conversation/reply.ts';
import { errorTextsFor } from '../core/texts/texts-for.ts';
import type { ClientsFor, SlackClients } from './clients.ts';
import type { Directory } from './directory.ts';
import { directPlace, isDirect } from './namespaces.ts';
import { createReply, type ReplyContext } from './reply.ts';
import type { SlackDeps } from './slack-deps.ts';

/** What every listener and command uses. */
export type SlackEdge = {
  readonly deps: SlackDeps;
  readonly clients: ClientsFor;
  readonly directory: Directory;
};

/**
 * The place of an event. Asks Slack whether the channel is private; a direct message always is, and a view has no
 * channel.
 */
export async function placeOf(
  edge: SlackEdge,
  clients: SlackClients,
  team: string,
  channel: string,
  thread: string,
): Promise<Place> {
  if (channel === '' || isDirect(channel)) return directPlace(channel, thread);
  const isPrivate = await edge.directory.isPrivate(team, channel, clients.reads);
  return { kind: 'channel', channel, isPrivate, thread };
}

/** The reply to a question, in its thread. `asked`: the line above the answer when a click asked it. */
export function replyTo(
  edge: SlackEdge,
  clients: SlackClients,
  question: Question,
  asked?: ReplyContext['asked'],
): Reply {
  const { files, ops } = edge.deps;
  return createReply({ clients, question, asked, charts: files.charts, logger: ops.logger });
}

/**
 * The text that a person reads about an error: the localised text of an expected one; for a bug a reference id, with
 * the details in the log and an alert.
 */
export function explain({ deps }: SlackEdge, error: unknown, locale: Locale, where: string): string {
  const texts = errorTextsFor(locale);
  if (isMemoriError(error)) return texts[error.code]({ message: error.message, ...error.details });
  const reference = randomUUID().slice(0, 8);
  const { logger, alerts } = deps.ops;
  logger.error(`Unexpected error in ${where}`, {
    reference,
    error: error instanceof Error ? error.stack : String(error),
  });
  alerts
    ?.raise({ key: `slack:${where}`, title: `Unexpected error in ${where}`, detail: String(error), reference })
    .catch((failure: unknown) => logger.error('The alert could not be raised', { reference, error: String(failure) }));
  return texts.internal({ reference });
}
