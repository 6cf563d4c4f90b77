import type { Clock } from '../core/base/clock.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Arrival } from '../core/base/question.ts';
import type { ChartRenderer } from '../core/charts/chart.ts';
import type { Surface } from '../core/conversation/surface.ts';
import { createClients } from './clients.ts';
import { createDirectory } from './directory.ts';
import { createSlackLogger } from './slack-logger.ts';
import { createSurface } from './surface.ts';

/** What surfaces outside of listeners use. */
export type SurfacesOptions = {
  readonly botToken: string;
  readonly slackApiUrl: string;
  readonly charts: ChartRenderer;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Surfaces outside of a listener, for questions that are resumed after a crash or a failure. */
export function createSurfaces({
  botToken,
  slackApiUrl,
  charts,
  clock,
  logger,
}: SurfacesOptions): (arrival: Arrival) => Surface {
  const clients = createClients({ slackApiUrl, logger: createSlackLogger(logger) })(botToken);
  const directory = createDirectory(clock, logger);
  return (arrival) => createSurface({ clients, directory, charts, logger }, arrival, { isLeftBehind: true });
}
