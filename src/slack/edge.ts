import { randomUUID } from 'node:crypto';
import { isMemoriError } from '../core/base/errors.ts';
import type { Locale } from '../core/base/namespace.ts';
import type { Arrival } from '../core/base/question.ts';
import type { Surface } from '../core/conversation/surface.ts';
import { errorTextsFor } from '../core/texts/texts-for.ts';
import type { ClientsFor, SlackClients } from './clients.ts';
import type { Directory } from './directory.ts';
import type { SlackDeps } from './slack-deps.ts';
import { createSurface } from './surface.ts';

/** What every listener and command uses. */
export type SlackEdge = {
  readonly deps: SlackDeps;
  readonly clients: ClientsFor;
  readonly directory: Directory;
};

/** The surface for a question that a listener received. `acknowledge`: acknowledges the event or the click to Slack. */
export const surfaceFor = (
  { deps, directory }: SlackEdge,
  clients: SlackClients,
  arrival: Arrival,
  acknowledge: () => Promise<void>,
): Surface => {
  const { files, ops } = deps;
  return createSurface({ clients, directory, charts: files.charts, logger: ops.logger }, arrival, { acknowledge });
};

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
