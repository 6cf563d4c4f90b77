import { randomBytes } from 'node:crypto';
import type { Receiver } from '@slack/bolt';
import express, { type Router } from 'express';
import type { Clock } from '../core/base/clock.ts';
import type { Documents } from '../core/base/documents.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Stage } from './actions/stage.ts';
import { createDelivery, type DeliveryTimings } from './events/delivery.ts';
import { createEvents } from './events/events.ts';
import { createHarness, type Harness } from './harness.ts';
import { createLiveEvents } from './page/live-events.ts';
import { createPageRoutes } from './page/page-routes.ts';
import { createStaticPage } from './page/static-page.ts';
import type { PagePerson, Shortcut, SlashCommand, Welcome } from './page-api.ts';
import { createSlackRoutes } from './slack-routes.ts';
import { type Channel, createCast, type Guests } from './state/cast.ts';
import { createFiles } from './state/files.ts';
import { createIds } from './state/ids.ts';
import { createLive } from './state/live.ts';
import { createMessages, type StoredMessage } from './state/messages.ts';
import { createReads } from './state/reads.ts';
import { createSaves } from './state/saves.ts';
import { createThreads } from './state/threads.ts';
import { createTickets } from './state/tickets.ts';
import { createViews } from './state/views.ts';
import { createFaults, type Faults } from './web-api/faults.ts';
import { createWebApi, type LoggedCall } from './web-api/web-api.ts';
import type { Workspace } from './workspace.ts';

/** Slack's own time limits, in milliseconds. Tests shorten them. */
export type Timings = DeliveryTimings & {
  /** How long a trigger_id can open a modal. */
  readonly triggerLifetimeMs: number;
  /** How long a stream can be appended to. */
  readonly streamLifetimeMs: number;
};

const slackTimings: Timings = {
  ackTimeoutMs: 3_000,
  retryDelaysMs: [0, 60_000, 300_000],
  triggerLifetimeMs: 3_000,
  streamLifetimeMs: 5 * 60_000,
};

/** What the local Slack consists of. */
export type PlaygroundOptions = {
  /** Where the workspace is stored between restarts. */
  readonly documents: Documents;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The bot's display name; `@name` mentions it. */
  readonly appName: string;
  /** People and channels in addition to the built-in ones. */
  readonly guests?: Guests;
  /** The first screen, fetched each time a page loads. */
  readonly welcome: () => Promise<Welcome>;
  /** What the app's manifest offers. Slack knows no other commands and shortcuts. */
  readonly commands: readonly SlashCommand[];
  readonly shortcuts?: readonly Shortcut[];
  readonly timings?: Partial<Timings>;
};

/** A local Slack: the page with its endpoints, the Web API, event delivery to the app, and a harness to act in it. */
export type Playground = Harness & {
  /** Mount at `/`, before any body parser: it serves `/`, `/playground`, `/slack` and `/archives`. */
  readonly router: Router;
  /** For `new App({ receiver })`. */
  readonly receiver: Receiver;
  /** The `slackApiUrl` of the app's clients. */
  slackApiUrl(baseUrl: string): string;
  /** New in each process; the Web API accepts no other. */
  readonly botToken: string;
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly botUser: PagePerson;
  readonly appId: string;
  readonly botId: string;
  readonly people: readonly PagePerson[];
  readonly channels: readonly Channel[];
  /** Calls of the Web API, oldest first. */
  readonly log: readonly LoggedCall[];
  readonly faults: Faults;
  /** Loads the state. `baseUrl` is where the server listens, e.g. `http://localhost:3000`; call it before the app starts. */
  open(baseUrl: string): Promise<void>;
  /** Deletes everything that happened, also in the documents. */
  reset(): Promise<void>;
  /** Ends event streams and retries, and saves pending changes. */
  close(): Promise<void>;
};

/** Nothing is loaded until `open`. */
export function createPlayground(options: PlaygroundOptions): Playground {
  const { documents, clock, logger } = options;
  const timings = { ...slackTimings, ...options.timings };
  const server = { baseUrl: 'http://localhost' };
  const baseUrl = () => server.baseUrl;

  const cast = createCast(options.appName, options.guests);
  const ids = createIds(clock);
  const live = createLive();
  const saves = createSaves(documents, logger);
  const delivery = createDelivery({ logger, timings, onChange: live.touch });
  const messages = createMessages({ cast, saves, live });
  const reads = createReads({ cast, messages, saves, live });
  const workspace: Workspace = {
    cast,
    ids,
    messages,
    files: createFiles({ ids, saves }),
    views: createViews({ ids, saves, live }),
    threads: createThreads({ cast, saves, live }),
    tickets: createTickets({ clock, ids, triggerLifetimeMs: timings.triggerLifetimeMs }),
    events: createEvents({ cast, ids, clock, delivery, baseUrl }),
  };
  const { commands, shortcuts = [] } = options;
  const stage: Stage = { workspace, delivery, live, reads, baseUrl, commands, shortcuts };

  const botToken = `xoxb-playground-${randomBytes(12).toString('hex')}`;
  const log: LoggedCall[] = [];
  const faults = createFaults();
  const call = { workspace, clock, streamLifetimeMs: timings.streamLifetimeMs };
  const webApi = createWebApi({ call, baseUrl, botToken, faults, log, logger });
  const liveEvents = createLiveEvents(stage);
  const router = express.Router();
  router.use('/slack', createSlackRoutes({ workspace, webApi, botToken }));
  router.use('/playground', createPageRoutes({ stage, liveEvents, welcome: options.welcome, logger }));
  router.use(createStaticPage());

  function forget(): void {
    for (const store of [messages, reads, workspace.files, workspace.views, workspace.threads, workspace.tickets]) {
      store.clear();
    }
    log.length = 0;
    faults.clear();
  }

  async function open(address: string): Promise<void> {
    server.baseUrl = address.replace(/\/$/, '');
    load(workspace, reads, await documents.all());
  }

  async function reset(): Promise<void> {
    forget();
    await saves.clear();
    live.publish(
      cast.people.map((person) => person.id),
      { type: 'reset' },
    );
  }

  async function close(): Promise<void> {
    delivery.stop();
    liveEvents.close();
    await saves.flush();
  }

  return {
    ...createHarness(stage),
    router,
    receiver: delivery.receiver,
    slackApiUrl: (address) => `${address.replace(/\/$/, '')}/slack/api/`,
    botToken,
    team: cast.team,
    botUser: cast.bot,
    appId: cast.appId,
    botId: cast.botId,
    people: cast.people,
    channels: cast.channels,
    log,
    faults,
    open,
    reset,
    close,
  };
}

type Saved = readonly { readonly id: string; readonly value: unknown }[];

/** Restores saved documents, messages in the order of their timestamps. */
function load(workspace: Workspace, reads: { load(id: string, value: unknown): void }, saved: Saved): void {
  const { messages, files, views, threads, ids } = workspace;
  const byId = [...saved].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, value } of byId) {
    if (id.startsWith('message/')) {
      messages.load(value as StoredMessage);
      ids.after(id.split('/').at(-1) ?? '0.0');
    }
    if (id.startsWith('read/')) reads.load(id, value);
    if (id.startsWith('file/')) files.load(id, value);
    if (id.startsWith('home/')) views.load(id, value);
    if (/^(session|prompts|title)\//.test(id)) threads.load(id, value);
  }
}
