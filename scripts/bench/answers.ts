import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Memori, startApp } from '../../src/app.ts';
import { countOf, readCommandLine } from '../../src/command-line.ts';
import { readConfig } from '../../src/config.ts';
import type { Bootstrap, PageMessage, ThreadPage } from '../../src/playground/page-api.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import { startMemori } from '../browser/running-memori.ts';

const usage = `How long a person waits for an answer, and what it takes. The questions of the demo's fixture are asked one after the
other through the playground, that is through Bolt, the claim, the guard, the database and Block Kit. Then the built
product is started twice on one folder, for the time from the start of the process to its first answer.

  npm run build && npm run bench:answers [-- --questions 200]

  --questions N     how many questions are asked (default 200)
  --json            one JSON object on standard output
  --help            this text`;
const { values } = readCommandLine(usage, {
  questions: { type: 'string', default: '200' },
  json: { type: 'boolean', default: false },
});
const wanted = countOf('questions', values.questions);
const warmUp = 20;

const fixture = fileURLToPath(new URL('../../test/fixtures/demo-questions.jsonl', import.meta.url));
const questions = readJsonLines<{ readonly question: string }>(fixture).map(({ question }) => question);

const folder = await mkdtemp(join(tmpdir(), 'memori-bench-'));
try {
  const cold = await firstAnswer();
  const warm = await firstAnswer();
  const figures = { ...(await answers()), firstAnswerMs: { cold, warm } };
  if (values.json) console.log(JSON.stringify(figures));
  else print(figures);
} finally {
  await rm(folder, { recursive: true, force: true });
}

type Timing = {
  readonly question: string;
  readonly totalMs: number;
  readonly databaseMs: number;
  readonly answered: boolean;
};

async function answers() {
  const quiet = () => undefined;
  const memori = await startApp(readConfig({ PORT: '0', DATA_FOLDER: join(folder, 'answers') }), {
    logger: { info: quiet, warn: console.error, error: console.error },
  });
  const peak = watchMemory();
  const timings: Timing[] = [];
  for (let at = 0; at < warmUp + wanted; at++) {
    const timing = await ask(memori, questions[at % questions.length] ?? '');
    if (at >= warmUp) timings.push(timing);
  }
  const peakRssMb = peak.stop();
  await memori.stop();
  const answered = timings.filter((timing) => timing.answered);
  return {
    questions: timings.length,
    answered: answered.length,
    unanswered: [...new Set(timings.flatMap((timing) => (timing.answered ? [] : [timing.question])))],
    totalMs: percentiles(answered.map(({ totalMs }) => totalMs)),
    withoutDatabaseMs: percentiles(answered.map(({ totalMs, databaseMs }) => totalMs - databaseMs)),
    databaseMs: percentiles(answered.map(({ databaseMs }) => databaseMs)),
    peakRssMb,
  };
}

/**
 * Times a question from the event to the message with the answer. Waits for later work (memory, audit) without counting
 * it.
 */
async function ask(memori: Memori, question: string): Promise<Timing> {
  const slack = memori.playground;
  if (slack === undefined) throw new Error('The playground is the Slack of this bench.');
  const before = await databaseSeconds(memori.url);
  const from = performance.now();
  const { channel, ts } = await slack.say({
    as: 'maya',
    channel: 'analytics',
    text: `<@${slack.botUser.id}> ${question}`,
  });
  const answer = await slack.waitFor(
    () => slack.replies(channel, ts).find(({ blocks }) => blocks?.some(({ type }) => type === 'context_actions')),
    `an answer to ${question}`,
  );
  const totalMs = performance.now() - from;
  await slack.idle();
  const databaseMs = ((await databaseSeconds(memori.url)) - before) * 1000;
  return { question, totalMs, databaseMs, answered: JSON.stringify(answer.blocks).includes('✓') };
}

/** Seconds of queries and plans so far, from the product's own metrics. */
async function databaseSeconds(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^memori_(?:query|plan)_seconds_sum\{.*\} (.+)$/gm)].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  );
}

/** From the start of the process to the first answer over HTTP, in milliseconds. The first time, the folder is empty. */
async function firstAnswer(): Promise<number> {
  const from = performance.now();
  const memori = await startMemori(join(folder, 'start'));
  try {
    const page = async <T>(path: string): Promise<T> => (await fetch(memori.url + path)).json() as Promise<T>;
    const { me, bot, channels } = await page<Bootstrap>('/playground/bootstrap');
    const channel = channels[0]?.id ?? '';
    const sent = await fetch(`${memori.url}/playground/message`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: memori.url },
      body: JSON.stringify({ as: me.id, channel, text: `<@${bot.id}> net revenue by month` }),
    });
    const { ts } = (await sent.json()) as { readonly ts: string };
    const isAnswer = ({ blocks }: PageMessage): boolean => blocks?.some(({ type }) => type === 'data_table') === true;
    const read = () => page<ThreadPage>(`/playground/thread?as=${me.id}&channel=${channel}&ts=${ts}`);
    while (!(await read()).replies.some(isAnswer)) await new Promise((resolve) => setTimeout(resolve, 10));
    return Math.round(performance.now() - from);
  } finally {
    await memori.stop();
  }
}

/** The peak memory of this process and its children together, sampled ten times a second. Megabytes. */
function watchMemory(): { stop(): number } {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, residentKb(process.pid));
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      look();
      clearInterval(timer);
      return Math.round(most / 1024);
    },
  };
}

/** Resident memory of a process and its descendants by /proc; elsewhere the peak of this process alone. Kilobytes. */
function residentKb(root: number): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), statusOf(Number(name))] as const),
  );
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent ?? 0;
    return pid === root || (parent > 1 && isOurs(parent));
  };
  return [...parents].filter(([pid]) => isOurs(pid)).reduce((sum, [, { kb }]) => sum + kb, 0);
}

/** Zeros for a process that has ended, and for the transpiler that runs this script. */
function statusOf(pid: number): { readonly parent: number; readonly kb: number } {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { parent: field('PPid'), kb: /^Name:\s+esbuild$/m.test(text) ? 0 : field('VmRSS') };
  } catch {
    return { parent: 0, kb: 0 };
  }
}

type Percentiles = { readonly p50: number; readonly p95: number; readonly max: number };

function percentiles(samples: readonly number[]): Percentiles {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

type Figures = Awaited<ReturnType<typeof answers>> & {
  readonly firstAnswerMs: { readonly cold: number; readonly warm: number };
};

function print({ questions: asked, answered, unanswered, peakRssMb, firstAnswerMs, ...spans }: Figures): void {
  const { cold, warm } = firstAnswerMs;
  console.log(
    `${answered} of ${asked} questions answered by a verified query, after ${warmUp} to warm up. Milliseconds:`,
  );
  console.table(spans);
  if (unanswered.length > 0) console.log(`Not answered: ${unanswered.join(' | ')}`);
  console.log(`From process start to the first answer: ${cold} ms with an empty folder, ${warm} ms after that.`);
  console.log(`Most memory while answering, child processes included: ${peakRssMb} MB.`);
}
