import { ExpressReceiver } from '@slack/bolt';
import type { SlackConfig } from '../config.ts';
import type { Clock } from '../core/base/clock.ts';
import type { Documents } from '../core/base/documents.ts';
import type { Logger } from '../core/base/logger.ts';
import type { HttpServer } from '../http/server.ts';
import type { Welcome } from '../playground/page-api.ts';
import { createPlayground, type Playground } from '../playground/playground.ts';
import type { Guests } from '../playground/state/cast.ts';
import type { BoltApp, BoltAppSettings, SlackConnection } from '../slack/bolt-app.ts';
import { explainTokenError } from '../slack/slack-error.ts';
import { createSlackLogger } from '../slack/slack-logger.ts';
import type { Closing } from './closing.ts';

type SlackAccess = { readonly botToken: string; readonly slackApiUrl: string };
type OpenSlack = {
  /** For every client of our own. */
  readonly access: SlackAccess;
  /** For Bolt. */
  readonly bolt: Omit<BoltAppSettings, 'deps'>;
  readonly playground: Playground | undefined;
};
type SlackParts = {
  readonly http: HttpServer;
  /** Where the playground keeps its workspace. */
  readonly documents: () => Documents;
  /** What the first screen shows below its greeting. */
  readonly welcome: () => Promise<Pick<Welcome, 'questions' | 'parts'>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly reset: boolean;
  readonly guests: Guests | undefined;
};

/**
 * The Slack to connect to: a real one by Socket Mode or HTTP, or the playground. Errors: those of the playground's
 * store.
 */
export async function openSlack(config: SlackConfig, parts: SlackParts): Promise<OpenSlack> {
  switch (config.kind) {
    case 'playground':
      return openPlayground(parts);
    case 'socket':
      return slackAt(config, { kind: 'socket', appToken: config.appToken });
    case 'http': {
      // Bolt's own receiver on our server, so that events, /health and /metrics share a port. It never listens itself.
      const receiver = new ExpressReceiver({
        signingSecret: config.signingSecret,
        app: parts.http.app,
        logger: createSlackLogger(parts.logger),
      });
      return slackAt(config, {
        kind: 'receiver',
        receiver: { init: (app) => receiver.init(app), start: async () => {}, stop: async () => {} },
      });
    }
  }
}

function slackAt(
  { botToken, apiUrl }: { readonly botToken: string; readonly apiUrl: string },
  connection: SlackConnection,
): OpenSlack {
  const access = { botToken, slackApiUrl: apiUrl };
  return {
    access,
    bolt: { connection, authorization: { kind: 'token', botToken }, slackApiUrl: apiUrl },
    playground: undefined,
  };
}

async function openPlayground({
  http,
  documents,
  welcome,
  clock,
  logger,
  reset,
  guests,
}: SlackParts): Promise<OpenSlack> {
  const playground = createPlayground({
    documents: documents(),
    clock,
    logger,
    appName: 'Memori',
    welcome: async () => ({ ...greeting, ...(await welcome()) }),
    commands: [memoriCommand],
    shortcuts: [rememberShortcut],
    ...(guests ? { guests } : {}),
  });
  http.app.use(playground.router);
  await playground.open(http.url);
  if (reset) await playground.reset();
  const access = { botToken: playground.botToken, slackApiUrl: playground.slackApiUrl(http.url) };
  return {
    ...slackAt(
      { botToken: access.botToken, apiUrl: access.slackApiUrl },
      { kind: 'receiver', receiver: playground.receiver },
    ),
    playground,
  };
}

const greeting = {
  title: 'Ask your data in plain words',
  text: 'Memori answers from a database: a sentence, the rows, a chart, the SQL, a CSV. It remembers what your team teaches it and cannot write to the database. This is a playground: a Slack in your browser, driven by the same code as the real one.',
};

/** The page and `/memori` offer the same command. */
const memoriCommand = {
  command: '/memori',
  description: 'Budget, memory, data sources, status',
  usage_hint:
    '[help | budget | memory list | memory add <text> | memory forget <number> | sources [show|refresh|verified|approve] | status]',
};

/** The message shortcut of `manifest.yml`. */
const rememberShortcut = {
  type: 'message',
  callback_id: 'remember_this',
  name: 'Remember this',
  description: 'Keep what this message says as a memory',
} as const;

/** Connects last, when everything that a listener needs is ready, and stops first, so that nothing new comes in. */
export async function startBolt({ app, intake }: BoltApp, closing: Closing): Promise<void> {
  const refused =
    (variable: string) =>
    (error: unknown): never => {
      throw explainTokenError(error, variable);
    };
  await app.init().catch(refused('SLACK_BOT_TOKEN'));
  closing.stopFirst(async () => {
    intake.close();
    await app.stop();
  });
  await app.start().catch(refused('SLACK_APP_TOKEN'));
}
