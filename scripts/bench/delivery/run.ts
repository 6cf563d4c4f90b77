import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sqlite from 'node-sqlite3-wasm';
import { type Asked, deliver, signingSecret } from './deliver.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { type Instance, startInstance } from './instances.ts';
import { createRandom, type Random } from './random.ts';

export type RunOptions = {
  readonly seed: number;
  readonly questions: number;
  readonly kills: number;
  /** How many instances are stopped with SIGTERM, in addition to the kills. */
  readonly stops: number;
  readonly instances: number;
  readonly mongoUri: string;
  /** The pause between two questions. Milliseconds. */
  readonly everyMs: number;
  /** The arguments of `node` that start the product. */
  readonly command: readonly string[];
  readonly keepLogs?: boolean;
  readonly tell?: (line: string) => void;
};

export type Figures = {
  readonly asked: number;
  readonly kills: number;
  readonly stops: number;
  /** Acknowledged and never answered. */
  readonly lost: number;
  /** Never acknowledged: Slack gave up. */
  readonly refused: number;
  /** More than one answer, or a second message, in a thread. */
  readonly doubled: number;
  /** How often something replaced an existing answer or was posted next to it. */
  readonly overwritten: number;
  /** Placeholders, status lines and sessions that were never removed. */
  readonly stuck: number;
  readonly recovery_p95_s: number;
  readonly stop_recovery_p95_s: number;
  /** Questions interrupted by a kill, and by a stop. */
  readonly met: readonly [number, number];
  readonly answer_p50_s: number;
  readonly calls: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly seconds: number;
};

type Ended = { readonly at: number; readonly pid: number | undefined; readonly signal: 'SIGKILL' | 'SIGTERM' };

/** How long to wait for open questions after the last one was asked. Milliseconds. */
const patienceMs = 90_000;

/** Asks, kills, redelivers and counts from outside: only what people see in the fake Slack is examined. */
export async function runDelivery(options: RunOptions): Promise<Figures> {
  const begun = Date.now();
  const random = createRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'memori-delivery-'));
  const slack = await startFakeSlack(createRandom(options.seed + 1));
  const instances = await startInstances(options, folder, slack);
  const asked: Asked[] = [];
  const byThread = new Map<string, Asked>();
  let overwritten = 0;
  const ended: Ended[] = [];
  slack.onChange = ({ channel, thread, text, at }) => {
    const question = byThread.get(`${channel} ${thread}`);
    if (question === undefined) return;
    if (text.includes(question.token)) question.answeredAt ??= at;
    else if (question.answeredAt !== undefined) overwritten += 1;
  };
  try {
    await until(() => instances.every(({ isReady }) => isReady), 120_000);
    options.tell?.(`${instances.length} instances are ready after ${seconds(Date.now() - begun)} s`);
    const killing = killAll(instances, options, random, asked, ended);
    await askAll(options, instances, random, asked, byThread, ended);
    await killing;
    options.tell?.(`asked after ${seconds(Date.now() - begun)} s`);
    await until(() => asked.every(({ answeredAt }) => answeredAt !== undefined), patienceMs);
    slack.calm();
    // What Slack may still carry out late, and what the product takes away after that.
    await until(() => slack.signs() === 0, 25_000);
    await sleep(2_000);
    return { ...count(options, asked, ended, slack, begun), overwritten };
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
    await slack.close();
    if (options.keepLogs) options.tell?.(`logs: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

async function startInstances(options: RunOptions, folder: string, slack: FakeSlack): Promise<readonly Instance[]> {
  const database = join(folder, 'numbers.db');
  const file = new sqlite.Database(database);
  file.exec('CREATE TABLE numbers (n INTEGER PRIMARY KEY)');
  file.close();
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.url,
    MONGODB_URI: options.mongoUri,
    DATA_SOURCES: `numbers=sqlite://${database}`,
    MEMORI_LOG_LEVEL: 'WARNING',
  };
  const names = Array.from({ length: options.instances }, (_, index) => `instance-${index + 1}`);
  return Promise.all(
    names.map((name) =>
      startInstance({
        name,
        command: options.command,
        env,
        folder,
        onReady: () => options.tell?.(`${name} is ready`),
      }),
    ),
  );
}

async function askAll(
  options: RunOptions,
  instances: readonly Instance[],
  random: Random,
  asked: Asked[],
  byThread: Map<string, Asked>,
  ended: readonly Ended[],
): Promise<void> {
  const { questions, everyMs } = options;
  const deliveries: Promise<void>[] = [];
  for (let index = 0; index < questions; index += 1) {
    const ts = `${Math.floor(Date.now() / 1000)}.${String(index).padStart(6, '0')}`;
    const token = `tok${index}x${random.below(1e6)}`;
    const question: Asked = {
      channel: `C${random.below(9)}`,
      ts,
      token,
      acknowledged: undefined,
      answeredAt: undefined,
    };
    asked.push(question);
    byThread.set(`${question.channel} ${ts}`, question);
    deliveries.push(deliver(question, `U${random.below(12)}`, instances, random));
    await until(() => asked.length <= dueAfter(ended.length + 2, options), 600_000);
    // In bursts: a kill then meets several of them.
    if (random.below(4) === 0) await sleep(3 * everyMs + random.below(2 * everyMs));
  }
  await Promise.all(deliveries);
}

/** Ends instances at random moments while questions are asked; one stays up. */
async function killAll(
  instances: readonly Instance[],
  options: RunOptions,
  random: Random,
  asked: readonly Asked[],
  ended: Ended[],
): Promise<void> {
  const signals = signalsOf(options, random);
  const ready = () => instances.filter(({ isReady }) => isReady);
  for (const signal of signals) {
    await until(() => asked.length >= dueAfter(ended.length + 1, options), 600_000);
    await until(() => ready().length > 1, 600_000);
    await sleep(random.below(600));
    const victim = random.pick(ready());
    ended.push({ at: Date.now(), pid: victim.pid(), signal });
    options.tell?.(`${signal} ${victim.name}`);
    void victim.restart(signal);
  }
}

/** How many questions are asked before this many kills, so that the kills spread over the run. */
const dueAfter = (kills: number, { questions, kills: killed, stops }: RunOptions): number =>
  Math.floor((kills * questions) / (killed + stops + 1));

function signalsOf({ kills, stops }: RunOptions, random: Random): readonly Ended['signal'][] {
  const signals: Ended['signal'][] = Array.from({ length: kills }, () => 'SIGKILL');
  for (let index = 0; index < stops; index += 1) signals.splice(random.below(signals.length + 1), 0, 'SIGTERM');
  return signals;
}

function count(
  options: RunOptions,
  asked: readonly Asked[],
  ended: readonly Ended[],
  slack: FakeSlack,
  begun: number,
): Omit<Figures, 'overwritten'> {
  const seen = asked.map((question) => {
    const messages = slack.inThread(question.channel, question.ts);
    const answers = messages.filter(({ text }) => text.includes(question.token)).length;
    return { question, answers, others: messages.length - answers };
  });
  for (const { question, answers, others } of seen)
    if (answers !== 1 || others > 0)
      options.tell?.(
        `C ${question.channel} ${question.ts}: ${answers} answers, ${others} other messages, acknowledged ${question.acknowledged?.instance}`,
      );
  const recoveries = (signal: Ended['signal']): number[] =>
    ended
      .filter((end) => end.signal === signal)
      .flatMap(({ at, pid }) =>
        asked
          .filter(({ acknowledged, answeredAt = at + 1 }) =>
            acknowledged ? acknowledged.pid === pid && acknowledged.at <= at && answeredAt > at : false,
          )
          .map(({ answeredAt }) => (answeredAt ?? Number.POSITIVE_INFINITY) - at),
      );
  const [killed, stopped] = [recoveries('SIGKILL'), recoveries('SIGTERM')];
  return {
    asked: asked.length,
    kills: options.kills,
    stops: options.stops,
    lost: seen.filter(({ question, answers }) => question.acknowledged && answers === 0).length,
    refused: asked.filter(({ acknowledged }) => acknowledged === undefined).length,
    doubled: seen.filter(({ answers }) => answers > 1).length,
    stuck: slack.signs() + seen.reduce((sum, { answers, others }) => sum + (answers > 0 ? others : 0), 0),
    recovery_p95_s: seconds(percentile(killed, 0.95)),
    stop_recovery_p95_s: seconds(percentile(stopped, 0.95)),
    met: [killed.length, stopped.length],
    answer_p50_s: seconds(
      percentile(
        asked.flatMap(({ acknowledged, answeredAt }) =>
          acknowledged && answeredAt ? [answeredAt - acknowledged.at] : [],
        ),
        0.5,
      ),
    ),
    calls: slack.calls,
    faults: slack.faults,
    seconds: seconds(Date.now() - begun),
  };
}

async function until(isSo: () => boolean, patience: number): Promise<void> {
  const end = Date.now() + patience;
  while (!isSo() && Date.now() < end) await sleep(50);
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const seconds = (ms: number): number => Math.round(ms / 100) / 10;
