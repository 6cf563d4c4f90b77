import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App as BoltApp, ExpressReceiver } from '@slack/bolt';
import { createCsvWriter } from './adapters/csv/csv-writer.ts';
import { withDatabaseMetrics } from './adapters/databases/with-database-metrics.ts';
import { createChronoDates } from './adapters/dates/chrono-dates.ts';
import { openEmbedded } from './adapters/embedded/open-embedded.ts';
import { scrub } from './adapters/logging/scrub.ts';
import { createPrometheusMetrics } from './adapters/metrics/prometheus-metrics.ts';
import { type OpenStore, openMongoDb } from './adapters/mongodb/open-mongodb.ts';
import { openStores, type Stores } from './adapters/mongodb/open-stores.ts';
import { openSemanticFile } from './adapters/semantics/open-semantic-file.ts';
import { readSourceFile } from './adapters/sources/read-source-file.ts';
import { openTransformersEmbedder } from './adapters/transformers/embedder.ts';
import { openVerifiedFile } from './adapters/verified/open-verified-file.ts';
import type { Config, ModelConfig, SlackConfig, SourceConfig, StoreConfig } from './config.ts';
import type { Alerts } from './core/alerts.ts';
import type { ReadLimits } from './core/answers/read.ts';
import { type BudgetLimits, createBudgets } from './core/budget/accounts.ts';
import { type Price, priceFromPer1k, priceOf } from './core/budget/prices.ts';
import { withBudget } from './core/budget/with-budget.ts';
import type { ChartRenderer } from './core/charts/chart.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { createConversation } from './core/create-conversation.ts';
import { createLifecycle } from './core/create-lifecycle.ts';
import { isMemoriError } from './core/errors.ts';
import { createFailures } from './core/failures.ts';
import type { Logger } from './core/logger.ts';
import { createMemories } from './core/memory/create-memories.ts';
import { upkeepTasks } from './core/memory/upkeep/tasks.ts';
import type { Metrics } from './core/metrics.ts';
import type { LanguageModel } from './core/model.ts';
import type { Locale } from './core/namespace.ts';
import { createRoutedModel } from './core/routed-model.ts';
import { createSource, type Source } from './core/source.ts';
import { createDataSource } from './core/sql/create-data-source.ts';
import { createResultCache } from './core/sql/result-cache.ts';
import type { StatusReport } from './core/status.ts';
import { createTurns } from './core/turns.ts';
import type { AnswerRecord } from './core/turns-store.ts';
import { createSavedQueries } from './core/verified/saved-queries.ts';
import { withModelMetrics } from './core/with-model-metrics.ts';
import { operationsRoutes } from './http/operations-routes.ts';
import { type HttpServer, openHttpServer } from './http/server.ts';
import { recoverTurns } from './jobs/recover-turns.ts';
import { startScheduler } from './jobs/scheduler.ts';
import { upkeepJob } from './jobs/upkeep-job.ts';
import { createSyntax, openDatabase } from './open-database.ts';
import type { Welcome } from './playground/page-api.ts';
import { createPlayground, type Playground } from './playground/playground.ts';
import type { Guests } from './playground/state/cast.ts';
import { type BoltAppSettings, createBoltApp, type SlackConnection } from './slack/bolt-app.ts';
import { createReplies } from './slack/replies.ts';
import { createSlackAlerts } from './slack/slack-alerts.ts';
import { refusedToken } from './slack/slack-error.ts';
import { statusOf } from './status.ts';

export type AppOptions = {
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Forget what happened in the playground before. */
  readonly reset?: boolean;
  /** People and channels that join the playground for this process, by name. Known names are left alone. */
  readonly guests?: Guests;
  /** Told each answer with its rows, when it is kept. */
  readonly onAnswer?: (record: AnswerRecord) => void;
};

/** A running Memori. */
export type Memori = {
  /** Where the playground, `/health` and `/metrics` are. */
  readonly url: string;
  /** Set when the playground is the Slack. */
  readonly playground: Playground | undefined;
  readonly stores: Stores;
  readonly status: StatusReport;
  /** Takes no more questions, finishes the running ones (at most 20 s), closes everything. */
  stop(): Promise<void>;
};

/** The repository, from `src/` and from `dist/` alike: bundled model and demo live there. */
export const repository = fileURLToPath(new URL('..', import.meta.url));

/** A stop lets running questions finish for this long; orchestrators kill after 30 s. Milliseconds. */
const graceMs = 20_000;

/** Opens every part in the configured kind and joins them. Errors: `MemoriError`s of the parts; what was opened is closed again. */
export async function startApp(config: Config, options: AppOptions): Promise<Memori> {
  const { logger, clock = systemClock } = options;
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse())
      await close().catch((error: unknown) => logger.error('A part did not close.', { error }));
  };
  const opened = <T extends { close(): Promise<unknown> }>(part: T): T => {
    closers.push(() => part.close());
    return part;
  };

  try {
    const metrics = createPrometheusMetrics();
    const http = opened(await openHttpServer({ ...config.http, otherPorts: config.http.portIsFixed ? 0 : 20 }));
    const store = opened(await openStore(config.store, logger));
    const stores = withListener(await openStores(store.db, store.scrub), options.onAnswer);
    // The two slow parts side by side: the weights and the databases.
    const [embedder, sources] = await Promise.all([
      openTransformersEmbedder({
        model: config.embeddings.model,
        modelsFolder: resolve(repository, config.embeddings.folder),
        logger,
        cacheSize: 2000,
      }).then(opened),
      Promise.all(config.sources.map((source) => openSource(source, config, logger, metrics, opened))),
    ]);

    const budgetLimits: BudgetLimits = { ...config.budget, timeZone: config.timeZone };
    const model = await openModel(config.model, stores, budgetLimits, { clock, logger, metrics });
    const memories = createMemories({
      store: stores.memories,
      embedder,
      clock,
      logger,
      metrics,
      dataSources: sources.map(({ name }) => name),
      retentionDays: config.retentionDays,
      settings: stores.memorySettings,
      onForgotten: async ({ id, team, source }) => {
        const erased = await stores.answers.erase(team, id, `${team}:${source.channel}:${source.ts}`);
        if (erased > 0) await store.scrub?.();
      },
    });
    const turns = createTurns(
      { total: config.concurrency.total, perPerson: config.concurrency.perUser, waiting: 200 },
      (running, waiting) => {
        metrics.gauge('memori_turns_running', running);
        metrics.gauge('memori_turns_waiting', waiting);
      },
    );

    const status: StatusReport = () => statusOf(config, store, sources);
    http.app.use(operationsRoutes(status, metrics, await version()));
    const examples = await examplesOf(sources, logger);
    const welcome = async (): Promise<Welcome> => ({
      ...welcomeText,
      questions: examples('en').slice(0, 3),
      parts: await status(),
    });
    const slack = await openSlack(config.slack, {
      http,
      stores,
      welcome,
      clock,
      logger,
      reset: options.reset ?? false,
      guests: options.guests,
    });
    const alerts = scrubbed(createSlackAlerts({ ...slack.access, channel: config.alertsChannel, logger, clock }));

    const failures = createFailures({ alerts, logger, metrics, reference: () => randomBytes(4).toString('hex') });
    const { turns: inbox, answers, audit } = stores;
    const ops = { clock, logger, metrics };
    const lifecycle = createLifecycle({ inbox, answers, turns, memories, audit, failures, ops, attempt: randomUUID });
    const saved = createSavedQueries(stores.documents('saved_queries'));
    const conversation = createConversation({
      answering: {
        memories,
        sources,
        saved,
        model,
        candidates: config.candidates,
        limits: readLimits(config, clock),
      },
      exportLimits: { ...queryLimits(config), maxRows: config.query.exportMaxRows, maxBytes: exportBytes },
      lifecycle,
      inbox,
      answers,
      turns,
      clock,
      logger,
    });
    const files = { csv: createCsvWriter(), charts: lazyCharts() };
    const bolt = createBoltApp({
      ...slack.bolt,
      deps: {
        conversation,
        answers: stores.answers,
        memories: { ...memories, settings: stores.memorySettings },
        budgets: createBudgets(stores.ledger, budgetLimits, clock),
        data: { sources: () => sources, saved, examples },
        status,
        files,
        ops: { audit: stores.audit, clock, logger, alerts },
      },
    });
    if (slack.playground) opened(slack.playground);
    const replies = createReplies({ ...slack.access, charts: files.charts, logger });
    const upkeep = upkeepTasks.map((task) =>
      upkeepJob(task, {
        store: stores.memories,
        embedder,
        runs: stores.jobs,
        retentionDays: config.retentionDays,
        scrub: store.scrub ?? (async () => undefined),
        ops: { clock, logger, metrics },
      }),
    );
    const scheduler = startScheduler([recoverTurns(() => conversation.recover(replies)), ...upkeep], logger);
    closers.push(() => Promise.all([scheduler.stop(), conversation.drain(graceMs)]));
    await startBolt(bolt, closers);

    return { url: http.url, playground: slack.playground, stores, status, stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

export function openStore(config: StoreConfig, logger: Logger): Promise<OpenStore> {
  switch (config.kind) {
    case 'embedded':
      return openEmbedded({ folder: config.folder, logger });
    case 'mongodb':
      return openMongoDb({ uri: config.uri, logger });
  }
}

type Ops = { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };

/** Most charts are Slack's own blocks: the drawing library (0.4 s to load) waits for the first that is not. */
function lazyCharts(): ChartRenderer {
  let renderer: Promise<ChartRenderer> | undefined;
  return {
    async png(chart, theme) {
      renderer ??= import('./adapters/charts/chart-renderer.ts').then(({ createChartRenderer }) =>
        createChartRenderer(),
      );
      return (await renderer).png(chart, theme);
    },
  };
}

/** The model with its budget around it; there is no other way to it. Its SDK is loaded only where it is used. */
async function openModel(
  config: ModelConfig,
  { ledger }: Stores,
  limits: BudgetLimits,
  { clock, logger, metrics }: Ops,
): Promise<LanguageModel | undefined> {
  const calls = { timeoutMs: 60_000, retries: 2, logger };
  const budgeted = (model: LanguageModel, price: Price): LanguageModel =>
    withModelMetrics(withBudget(model, ledger, limits, price, clock), metrics, clock);
  switch (config.kind) {
    case 'none':
      return undefined;
    case 'claude': {
      const { createAnthropicModel } = await import('./adapters/anthropic/anthropic-model.ts');
      const claude = (model: string, price = priceOf(model)): LanguageModel =>
        budgeted(createAnthropicModel({ ...config, ...calls, model }), price);
      const standard = claude(config.model, configuredPrice(config));
      if (!config.routing) return standard;
      return createRoutedModel({ small: claude(smallClaude), standard, large: claude(largeClaude) }, logger);
    }
    case 'openai': {
      const { createOpenAiModel } = await import('./adapters/openai/openai-model.ts');
      return budgeted(createOpenAiModel({ ...config, ...calls }), configuredPrice(config));
    }
  }
}

/** What lookups, and what is hard, are routed to. */
const smallClaude = 'claude-haiku-5-5';
const largeClaude = 'claude-opus-5-5';

const configuredPrice = ({ model, price }: Exclude<ModelConfig, { kind: 'none' }>): Price =>
  price ? priceFromPer1k(price.input, price.output) : priceOf(model);

type Opened = <T extends { close(): Promise<unknown> }>(part: T) => T;

/** A database with what people wrote about it: its source file and its verified queries. */
async function openSource(
  source: SourceConfig,
  config: Config,
  logger: Logger,
  metrics: Metrics,
  opened: Opened,
): Promise<Source> {
  const folder = source.kind === 'demo' ? join(repository, 'demo') : resolve(config.sourcesFolder);
  const name = source.kind === 'demo' ? 'shop' : source.name;
  const file = await readSourceFile(join(folder, source.kind === 'demo' ? 'source.yaml' : `${name}.yaml`));
  const verifiedFile = join(folder, file.verified ?? `${name}.verified.yaml`);
  const queries = file.verified || existsSync(verifiedFile) ? await openVerifiedFile(verifiedFile) : [];
  const semanticFile = join(folder, file.semantic ?? `${name}.semantic.yaml`);
  const [semantic] =
    file.semantic || existsSync(semanticFile) ? (await openSemanticFile(semanticFile)).semantic_model : [];
  const database = opened(await openDatabase(source, config, logger, file.schemas));
  const policy = { hiddenColumns: file.hidden_columns, approvedFunctions: file.approved_functions };
  const data = createDataSource({
    name,
    description: file.description || name,
    database: withDatabaseMetrics(database, metrics),
    syntax: createSyntax(database.dialect),
    policy,
    today: () => file.today ?? new Date().toISOString().slice(0, 10),
    ttlMs: config.catalogueTtlMs,
  });
  return createSource({ data, policy, queries, examples: file.examples, dates: createChronoDates(), semantic });
}

/** Rows of answers that are kept to be given again, bytes; about a hundred large ones. */
const keptBytes = 64_000_000;

const readLimits = (config: Config, clock: Clock): ReadLimits => ({
  ...queryLimits(config),
  maxRows: config.query.maxRows,
  plan: config.planCaps,
  cache:
    config.resultTtlMs > 0 ? createResultCache({ ttlMs: config.resultTtlMs, maxBytes: keptBytes, clock }) : undefined,
});

/** What the rows of one CSV may weigh, bytes. */
const exportBytes = 50_000_000;

const queryLimits = ({ query }: Config) => ({ timeoutMs: query.timeoutMs, maxBytes: 5_000_000, maxCellLength: 5_000 });

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
  readonly stores: Stores;
  readonly welcome: () => Promise<Welcome>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly reset: boolean;
  readonly guests: Guests | undefined;
};

async function openSlack(config: SlackConfig, parts: SlackParts): Promise<OpenSlack> {
  switch (config.kind) {
    case 'playground':
      return openPlayground(parts);
    case 'socket':
      return slackAt(config, { kind: 'socket', appToken: config.appToken });
    case 'http': {
      // Bolt's own receiver on our server, so that events, /health and /metrics share a port. It never listens itself.
      const receiver = new ExpressReceiver({ signingSecret: config.signingSecret, app: parts.http.app });
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

async function openPlayground({ http, stores, welcome, clock, logger, reset, guests }: SlackParts): Promise<OpenSlack> {
  const documents = stores.documents('playground');
  const playground = createPlayground({
    documents,
    clock,
    logger,
    appName: 'Memori',
    welcome,
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

/** An alert quotes errors of others, which may quote what they were sent: nothing secret goes to a channel. */
const scrubbed = (alerts: Alerts): Alerts => ({ raise: (alert) => alerts.raise(scrub(alert)) });

/** Rows are not kept, so whoever wants them listens. */
function withListener(stores: Stores, onAnswer: AppOptions['onAnswer']): Stores {
  if (!onAnswer) return stores;
  const put = async (record: AnswerRecord): Promise<void> => {
    await stores.answers.put(record);
    onAnswer(record);
  };
  return { ...stores, answers: { ...stores.answers, put } };
}

/** The page and `/memori` offer the same command. */
const memoriCommand = {
  command: '/memori',
  description: 'Budget, memory, data sources, status',
  usage_hint:
    '[help | budget | memory list | memory add <text> | memory forget <number> | sources [show|refresh|verified] | status]',
};

/** The message shortcut of `manifest.yml`. */
const rememberShortcut = {
  type: 'message',
  callback_id: 'remember_this',
  name: 'Remember this',
  description: 'Keep what this message says as a memory',
} as const;

const welcomeText = {
  title: 'Ask your data in plain words',
  text: 'Memori answers from a database: a sentence, the rows, a chart, the SQL, a CSV. It remembers what your team teaches it and cannot write to the database. This is a playground: a Slack in your browser, driven by the same code as the real one.',
};

/**
 * Starter questions, in both languages, read once: what the first screen, help and App Home offer. A database that is
 * away does not keep the others from answering: the log and the status say why, and it is found again by itself.
 */
async function examplesOf(sources: readonly Source[], logger: Logger): Promise<(locale: Locale) => readonly string[]> {
  const signal = AbortSignal.timeout(10_000);
  const read = async (source: Source): Promise<Readonly<Record<Locale, readonly string[]>>> => {
    try {
      return { en: await source.examples(6, 'en', signal), zh: await source.examples(6, 'zh', signal) };
    } catch (error) {
      if (!isMemoriError(error)) throw error;
      logger.error('A data source does not answer.', {
        source: source.name,
        code: error.code,
        error: error.message,
        next: error.next,
      });
      return { en: [], zh: [] };
    }
  };
  const all = await Promise.all(sources.map(read));
  return (locale) => all.flatMap((examples) => examples[locale]);
}

/** Bolt connects last, when everything that a listener needs is there, and stops first: nothing new comes in. */
async function startBolt(bolt: BoltApp, closers: (() => Promise<unknown>)[]): Promise<void> {
  const refused =
    (variable: string) =>
    (error: unknown): never => {
      throw refusedToken(error, variable);
    };
  await bolt.init().catch(refused('SLACK_BOT_TOKEN'));
  closers.push(() => bolt.stop());
  await bolt.start().catch(refused('SLACK_APP_TOKEN'));
}

async function version(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
  return version;
}
