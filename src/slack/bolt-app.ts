import { App, type AppOptions, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { createClients } from './clients.ts';
import { createDirectory } from './directory.ts';
import { createIntake, type Intake } from './intake.ts';
import { allListeners } from './listeners/all-listeners.ts';
import type { SlackDeps } from './slack-deps.ts';
import { createSlackLogger } from './slack-logger.ts';

/** How Slack reaches us. */
export type SlackConnection =
  /** Any implementation of Bolt's three-method interface: the playground's, or Bolt's own for HTTP on a shared port. */
  { readonly kind: 'receiver'; readonly receiver: Receiver } | { readonly kind: 'socket'; readonly appToken: string };

/** The identity that the bot uses: one workspace's bot token, or an authorisation for the workspace of each request. */
export type SlackAuthorization =
  | { readonly kind: 'token'; readonly botToken: string }
  | { readonly kind: 'authorize'; readonly authorize: NonNullable<AppOptions['authorize']> };

/** How to connect, and what the listeners use. */
export type BoltAppSettings = {
  readonly connection: SlackConnection;
  readonly authorization: SlackAuthorization;
  /** A Web API other than Slack's own. Ends in a slash. */
  readonly slackApiUrl?: string;
  readonly deps: SlackDeps;
};

/** `intake`: the door in front of the app, to be closed before it stops. */
export type BoltApp = { readonly app: App; readonly intake: Pick<Intake, 'close'> };

/**
 * The Bolt app with every listener registered. It does no I/O yet: `await app.init()` checks the token, `app.start()`
 * opens the connection, and `app.stop()` closes it without waiting for running listeners.
 */
export function createBoltApp({ connection, authorization, slackApiUrl, deps }: BoltAppSettings): BoltApp {
  const { clock, logger, alerts } = deps.ops;
  const slackLogger = createSlackLogger(logger);
  const clientOptions = { timeout: 10_000, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) };
  const intake = createIntake(
    connection.kind === 'receiver'
      ? connection.receiver
      : new SocketModeReceiver({
          appToken: connection.appToken,
          logger: slackLogger,
          installerOptions: { clientOptions },
        }),
  );
  const app = new App({
    receiver: intake.receiver,
    ...(authorization.kind === 'token' ? { token: authorization.botToken } : { authorize: authorization.authorize }),
    clientOptions,
    logger: slackLogger,
    convoStore: false,
    deferInitialization: true,
  });
  const clients = createClients({ logger: slackLogger, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) });
  const edge = { deps, clients, directory: createDirectory(clock, logger) };
  for (const listen of allListeners) listen(app, edge);
  app.error(async (error) => {
    logger.error('A Slack listener failed', { error: error.stack ?? error.message, code: error.code });
    await alerts?.raise({
      key: 'slack:listener',
      title: 'A Slack listener failed',
      detail: error.message,
      reference: undefined,
    });
  });
  return { app, intake };
}
