import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createCsvWriter } from './adapters/csv/csv-writer.ts';
import { openEmbedded } from './adapters/embedded/open-embedded.ts';
import { scrub } from './adapters/logging/scrub.ts';
import { createPrometheusMetrics } from './adapters/metrics/prometheus-metrics.ts';
import { type OpenStore, openMongoDb } from './adapters/mongodb/open-mongodb.ts';
import { openStores, type Stores } from './adapters/mongodb/open-stores.ts';
import { openTransformersEmbedder } from './adapters/transformers/embedder.ts';
import type { Config, StoreConfig } from './config.ts';
import type { Alerts } from './core/alerts.ts';
import type { ReadLimits } from './core/answers/read.ts';
import { type BudgetLimits, createBudgets } from './core/budget/accounts.ts';
import type { ChartRenderer } from './core/charts/chart.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { createConversation } from './core/create-conversation.ts';
import { createLifecycle } from './core/create-lifecycle.ts';
import { isMemoriError } from './core/errors.ts';
import { createFailures } from './core/failures.ts';
import { openFunctionApprovals } from './core/function-approvals.ts';
import type { Logger } from './core/logger.ts';
import { createMeanings } from './core/meanings.ts';
import { createMemories } from './core/memory/create-memories.ts';
import { withIdleThreads } from './core/memory/extraction/with-idle-threads.ts';
import { upkeepTasks } from './core/memory/upkeep/tasks.ts';
import type { Locale } from './core/namespace.ts';
import type { Source } from './core/source.ts';
import { createResultCache } from './core/sql/result-cache.ts';
import type { StatusReport } from './core/status.ts';
import { createTurns } from './core/turns.ts';
import type { AnswerRecord } from './core/turns-store.ts';
import { createSavedQueries } from './core/verified/saved-queries.ts';
import { operationsRoutes } from './http/operations-routes.ts';
import { openHttpServer } from './http/server.ts';
import { extractJob } from './jobs/extract-job.ts';
import { recoverTurns } from './jobs/recover-turns.ts';
import { refreshSources } from './jobs/refresh-sources.ts';
import { startScheduler } from './jobs/scheduler.ts';
import { upkeepJob } from './jobs/upkeep-job.ts';
import { openModel } from './open-model.ts';
import { openSlack, startBolt } from './open-slack.ts';
import { openSource } from './open-source.ts';
import { alertLost, formatFor, openVectors } from './open-vectors.ts';
import type { Welcome } from './playground/page-api.ts';
import type { Playground } from './playground/playground.ts';
import type { Guests } from './playground/state/cast.ts';
import { repository } from './repository.ts';
import { createBoltApp } from './slack/bolt-app.ts';
import { createReplies } from './slack/replies.ts';
import { createSlackAlerts } from './slack/slack-alerts.ts';
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
    const stores = withListener(await openStores(store.db, formatFor(store)), options.onAnswer);
    const approvals = await openFunctionApprovals(stores.documents('approved_functions'));
    // The two slow parts side by side: the weights and the databases.
    const opening = openTransformersEmbedder({
      model: config.embeddings.model,
      modelsFolder: resolve(repository, config.embeddings.folder),
      logger,
      cacheSize: 2000,
    }).then(opened);
    const meanings = createMeanings(opening, logger);
    const [embedder, sources] = await Promise.all([
      opening,
      Promise.all(
        config.sources.map((source) => openSource(source, config, { logger, metrics, meanings, approvals }, opened)),
      ),
    ]);

    const vectorSearch = await openVectors(store, embedder.dimensions, { clock, logger });
    if (vectorSearch) opened(vectorSearch);
    const budgetLimits: BudgetLimits = { ...config.budget, timeZone: config.timeZone };
    const model = await openModel(config.model, stores.ledger, budgetLimits, { clock, logger, metrics });
    const engine = createMemories({
      store: stores.memories,
      embedder,
      clock,
      logger,
      metrics,
      dataSources: sources.map(({ name }) => name),
      retentionDays: config.retentionDays,
      settings: stores.memorySettings,
      vectorSearch,
      onForgotten: async ({ team, ids, messages }) => {
        await stores.answers.erase(team, ids, messages);
        await store.scrub?.();
      },
    });
    const extracting = config.extractFacts && model !== undefined;
    const memories = extracting ? withIdleThreads(engine, stores.threads, { clock, logger }) : engine;
    const turns = createTurns(
      { total: config.concurrency.total, perPerson: config.concurrency.perUser, waiting: 200 },
      (running, waiting) => {
        metrics.gauge('memori_turns_running', running);
        metrics.gauge('memori_turns_waiting', waiting);
      },
    );

    const status: StatusReport = (locale = 'en') => statusOf(config, { store, sources, vectors: vectorSearch }, locale);
    http.app.use(operationsRoutes(status, metrics, await version()));
    const examples = await examplesOf(sources, logger);
    const welcome = async (): Promise<Welcome> => ({
      ...welcomeText,
      questions: examples('en').slice(0, 3),
      parts: await status(),
    });
    const slack = await openSlack(config.slack, {
      http,
      documents: () => stores.documents('playground'),
      welcome,
      clock,
      logger,
      reset: options.reset ?? false,
      guests: options.guests,
    });
    const alerts = scrubbed(createSlackAlerts({ ...slack.access, channel: config.alertsChannel, logger, clock }));

    vectorSearch?.whenLost((reason) => alertLost(reason, alerts, logger));
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
    const extraction = extracting
      ? [extractJob({ ...stores, memories, model, runs: stores.jobs, ops: { clock, logger, metrics } })]
      : [];
    const scheduler = startScheduler(
      [recoverTurns(() => conversation.recover(replies)), refreshSources(sources, logger), ...upkeep, ...extraction],
      logger,
    );
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

async function version(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
  return version;
}
