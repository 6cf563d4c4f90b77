import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCsvWriter } from './adapters/csv/csv-writer.ts';
import { scrub } from './adapters/logging/scrub.ts';
import { createPrometheusMetrics } from './adapters/metrics/prometheus-metrics.ts';
import { openStores, type Stores } from './adapters/stores/open-stores.ts';
import type { Config } from './config.ts';
import type { AnswerRecord } from './core/answers/answer-store.ts';
import { createModelConfirmations } from './core/answers/model-confirmations.ts';
import type { Alerts } from './core/base/alerts.ts';
import { type Clock, systemClock } from './core/base/clock.ts';
import type { Logger } from './core/base/logger.ts';
import type { Metrics } from './core/base/metrics.ts';
import { type BudgetLimits, createBudgets } from './core/budget/accounts.ts';
import type { ChartRenderer } from './core/charts/chart.ts';
import { createConversation } from './core/conversation/create-conversation.ts';
import { createFailures } from './core/conversation/failures.ts';
import type { StatusReport } from './core/conversation/status.ts';
import { createOwnBoard } from './core/conversation/turn-board.ts';
import { createTurns, type Turns } from './core/conversation/turns.ts';
import { openFunctionApprovals } from './core/sql/function-approvals.ts';
import { createSavedQueries } from './core/verified/saved-queries.ts';
import { createOperations } from './http/operations-routes.ts';
import { openHttpServer } from './http/server.ts';
import { recoverTurns } from './jobs/recover-turns.ts';
import { refreshSources } from './jobs/refresh-sources.ts';
import { startScheduler } from './jobs/scheduler.ts';
import type { Playground } from './playground/playground.ts';
import type { Guests } from './playground/state/cast.ts';
import { repository } from './repository.ts';
import { createBoltApp } from './slack/bolt-app.ts';
import { createSlackAlerts } from './slack/slack-alerts.ts';
import { createSurfaces } from './slack/surfaces.ts';
import { statusOf } from './status.ts';
import { createClosing } from './wiring/closing.ts';
import { exportLimits, readLimits } from './wiring/limits.ts';
import { openData } from './wiring/open-data.ts';
import { openMemories } from './wiring/open-memories.ts';
import { openModel } from './wiring/open-model.ts';
import { openPersons } from './wiring/open-persons.ts';
import { openSlack, startBolt } from './wiring/open-slack.ts';
import { openStore } from './wiring/open-store.ts';
import { alertLost, formatFor } from './wiring/open-vectors.ts';
import { reportProblems } from './wiring/report-problems.ts';
import { readStarterQuestions } from './wiring/starter-questions.ts';

export type AppOptions = {
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Forget what happened in the playground before. */
  readonly reset?: boolean;
  /** People and channels that join the playground for this process, by name. Known names are left alone. */
  readonly guests?: Guests;
  /** Compare the files of the sources with their databases, in the background, and log what is wrong. */
  readonly checkSources?: boolean;
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
  const closing = createClosing(logger);
  const { closeLater } = closing;
  try {
    const metrics = createPrometheusMetrics();
    const ops = { clock, logger, metrics };
    const http = closeLater(await openHttpServer({ ...config.http, otherPorts: config.http.portIsFixed ? 0 : 20 }));
    const store = closeLater(await openStore(config.store, logger));
    const stores = withListener(await openStores(store.db, formatFor(store)), options.onAnswer);
    const approvals = await openFunctionApprovals(stores.documents('approved_functions'));
    const confirmations = createModelConfirmations(stores.documents('confirmed_models'));
    const limits: BudgetLimits = { ...config.budget, timeZone: config.timeZone };
    const model = await openModel(config, {
      ...ops,
      ledger: stores.ledger,
      documents: stores.documents('token_ratios'),
      limits,
    });
    const { embedder, sources, leftOut } = await openData(
      config,
      { logger, metrics, approvals, confirmations },
      closeLater,
    );
    const dataSources = sources.map(({ name }) => name);
    const persons = openPersons(sources, ops);
    const remembering = { store, stores, embedder, model, dataSources, persons, ops };
    const { memories, vectors, jobs } = await openMemories(config, remembering, closeLater);

    const parts = { store, sources, leftOut, vectors, model };
    const status: StatusReport = (locale = 'en') => statusOf(config, parts, locale);
    const operations = createOperations(status, metrics, await version());
    http.app.use(operations.router);
    const examples = await readStarterQuestions(sources, logger);
    const slack = await openSlack(config.slack, {
      http,
      documents: () => stores.documents('playground'),
      welcome: async () => ({ questions: examples('en').slice(0, 3), parts: await status() }),
      clock,
      logger,
      reset: options.reset ?? false,
      guests: options.guests,
    });
    const alerts = scrubbed(createSlackAlerts({ ...slack.access, channel: config.alertsChannel, logger, clock }));
    vectors?.whenLost((reason) => alertLost(reason, alerts, logger));

    const saved = createSavedQueries(stores.documents('saved_queries'));
    const conversation = createConversation({
      answering: { memories, sources, saved, model, candidates: config.candidates, limits: readLimits(config, clock) },
      exportLimits: exportLimits(config),
      turns: turnsOf(config, stores, ops),
      inbox: stores.turns,
      answers: stores.answers,
      audit: stores.audit,
      failures: createFailures({ alerts, logger, metrics, reference: () => randomBytes(4).toString('hex') }),
      attempt: randomUUID,
      ops,
    });
    const files = { csv: createCsvWriter(), charts: lazyCharts() };
    const bolt = createBoltApp({
      ...slack.bolt,
      deps: {
        conversation,
        answers: stores.answers,
        memories: { ...memories, settings: stores.memorySettings, shown: stores.shownLists },
        budgets: createBudgets(stores.ledger, limits, clock),
        data: { sources: () => sources, saved, examples },
        status,
        files,
        ops: { audit: stores.audit, clock, logger, alerts },
      },
    });
    if (slack.playground) closeLater(slack.playground);
    const surfaces = createSurfaces({ ...slack.access, charts: files.charts, clock, logger });
    const scheduler = startScheduler(
      [recoverTurns(() => conversation.recover(surfaces)), refreshSources(sources, logger), ...jobs],
      logger,
    );
    closing.stopFirst(() => Promise.all([scheduler.stop(), conversation.drain(graceMs)]));
    await startBolt(bolt, closing);
    if (options.checkSources) closing.stopFirst(inBackground((signal) => reportProblems(sources, logger, signal)));
    http.ready();
    closing.stopFirst(async () => operations.stopping());

    return { url: http.url, playground: slack.playground, stores, status, stop: closing.closeAll };
  } catch (error) {
    await closing.closeAll();
    throw error;
  }
}

/** Instances that share a store share their limits; the embedded store has one instance. */
const turnsOf = ({ concurrency, store }: Config, { turnBoard }: Stores, { clock, logger, metrics }: Ops): Turns =>
  createTurns({
    limits: { total: concurrency.total, perPerson: concurrency.perUser, waiting: 200 },
    board: store.kind === 'mongodb' ? turnBoard : createOwnBoard(),
    instance: randomUUID(),
    clock,
    logger,
    onChange(running, waiting) {
      metrics.gauge('memori_turns_running', running);
      metrics.gauge('memori_turns_waiting', waiting);
    },
  });

/** Begins work, and returns what stops it and waits for its end. */
function inBackground(work: (signal: AbortSignal) => Promise<void>): () => Promise<void> {
  const abort = new AbortController();
  const working = work(abort.signal);
  working.catch(() => undefined);
  return () => {
    abort.abort();
    return working;
  };
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

async function version(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
  return version;
}
