import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { readCommandLine } from '../src/command-line.ts';
import type { Draft } from '../src/core/answers/prompt/draft.ts';
import { openBrowser } from '../test/support/browser-page.ts';
import { type StartOptions, startMemori } from '../test/support/start-memori.ts';
import { createSlackPage, type SlackPage } from './browser/slack-page.ts';

const usage = `Scenes to look at, as pictures. The product runs in this process, over a data folder of its own; its clock is moved from
one day to the next, and a local server that speaks Anthropic's protocol plays Claude where a scene needs a model.

  npm run build && npm run scenes [-- FOLDER]

  FOLDER            where the pictures go (default scenes)
  --help            this text`;
const { positionals } = readCommandLine(usage, {}, 1);

const folder = resolve(positionals[0] ?? 'scenes');
const size = { width: 1280, height: 1000 };
await mkdir(folder, { recursive: true });
const browser = await openBrowser();
let taken = 0;

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400); // what is being faded or scrolled comes to rest
  taken += 1;
  const file = `${String(taken).padStart(2, '0')}-${name}.png`;
  await page.screenshot({ path: join(folder, file) });
  console.log(file);
}

/** The last question of the open thread at the top, with its answer. */
async function takeAnswer({ page, thread }: SlackPage, name: string): Promise<void> {
  await thread.getByRole('article').nth(-1).scrollIntoViewIfNeeded();
  await thread.getByRole('article').nth(-2).scrollIntoViewIfNeeded();
  await take(page, name);
}

/** Asks in a conversation and takes a screenshot of the answer. */
async function takeAsked(desk: SlackPage, name: string, text: string, conversation = 'analytics'): Promise<void> {
  await desk.goTo(conversation);
  await desk.ask(text);
  await take(desk.page, name);
}

async function takeCommand(desk: SlackPage, name: string, text: string): Promise<void> {
  await desk.goTo('analytics');
  await desk.command(text);
  await take(desk.page, name);
}

async function takeDialog({ page, thread }: SlackPage, name: string, button: string | RegExp): Promise<void> {
  await thread.getByRole('button', { name: button }).first().click();
  await page.getByRole('dialog').waitFor();
  await take(page, name);
}

async function scene(options: StartOptions, play: (desk: SlackPage) => Promise<void>): Promise<void> {
  const { memori, stop } = await startMemori(options);
  try {
    await play(createSlackPage(await browser.open(memori.url, { viewport: size })));
  } finally {
    await stop();
  }
}

/** A measured answer is changed by its chips and by follow-ups; of two readings one is chosen. */
function measuredAnswer(): Promise<void> {
  return scene({}, async (desk) => {
    await takeAsked(desk, 'measured', '@memori tickets by topic in Berlin last year');
    await desk.answerTo(async () => {
      await desk.thread.getByRole('button', { name: 'By: topic' }).click();
      await take(desk.page, 'chip-open');
      await desk.page.getByRole('option').nth(3).click();
    });
    await takeAnswer(desk, 'chip-chosen');
    await desk.reply('and by month?');
    await takeAnswer(desk, 'follow-up-by-month');
    await desk.reply('only Hamburg');
    await takeAnswer(desk, 'follow-up-only-hamburg');
  });
}

/** What Claude would write. */
const drafts: Readonly<Record<string, (isRepair: boolean) => Partial<Draft>>> = {
  'how loyal are they': () => ({
    kind: 'clarify',
    clarifying_question: 'Loyal by what: how many came back, or how long they have been with us?',
    options: ['share of customers who ordered twice or more', 'average days since the first order'],
  }),
  'share of customers who ordered twice or more': () => ({
    sql: `SELECT round(100.0 * avg((n > 1)::int), 1) AS share FROM (SELECT customer_id, count(*) AS n FROM orders GROUP BY 1) AS o`,
    answer: '{share} % of customers ordered twice or more.',
    assumptions: ['every order counts, cancelled ones too'],
  }),
  'how many pieces go into a parcel': (isRepair) => ({
    sql: isRepair
      ? 'SELECT round(avg(pieces), 2) AS pieces FROM (SELECT order_id, sum(quantity) AS pieces FROM order_items GROUP BY 1) AS o'
      : 'SELECT round(avg(pieces), 2) AS pieces FROM (SELECT order_id, sum(quantty) AS pieces FROM order_items GROUP BY 1) AS o',
    answer: '{pieces} pieces go into a parcel on average.',
  }),
};

/** A model asks back, repairs a name, and is outvoted by its other drafts. */
async function helpFromTheModel(): Promise<void> {
  const claude = (question: string, body: Record<string, unknown>): Partial<Draft> =>
    drafts[question]?.(JSON.stringify(body.messages).includes('what_was_wrong')) ?? {};
  await scene({ claude }, async (desk) => {
    await takeAsked(desk, 'clarification', '@memori how loyal are they');
    await desk.answerTo(() => desk.thread.getByRole('button', { name: /twice or more/ }).click());
    await takeAnswer(desk, 'clarified');
    await takeAsked(desk, 'repaired', '@memori how many pieces go into a parcel');
    await takeDialog(desk, 'repaired-details', 'Details');
  });

  const votes = [
    'SELECT count(*) AS n FROM customers',
    'SELECT count(*) AS n FROM orders',
    'SELECT count(customer_id) AS n FROM customers',
  ];
  let asked = 0;
  const voting = (): Partial<Draft> => ({
    sql: votes[asked++ % votes.length] ?? '',
    answer: '{n} people buy from us.',
  });
  await scene({ claude: voting, env: { MEMORI_CANDIDATES: '3' } }, async (desk) => {
    await takeAsked(desk, 'voted', '@memori how many people buy from us');
  });
}

/** Three people in two days: Maya teaches and corrects, Tom and Siyuan see what is theirs to see, Maya forgets. */
async function twoDays(): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'memori-two-days-'));
  let now = new Date('2026-10-12T08:30:00Z').getTime();
  const started = Date.now();
  const clock = { now: () => new Date(now + Date.now() - started) };
  await scene({ folder: data, clock }, async (desk) => {
    await takeAsked(desk, 'day-1-taught', '@memori by takings we mean gross revenue');
    await desk.actAs('Tom Reyes');
    await takeAsked(desk, 'day-1-used-by-tom', '@memori takings by month this year');
    await takeDialog(desk, 'day-1-why', /memor/i);
    await desk.page.keyboard.press('Escape');
    await takeAsked(desk, 'day-1-not-in-a-direct-message', 'takings by month this year', 'Memori');
    await desk.ask('remember that I always want euros per order');
    await take(desk.page, 'day-1-toms-own');
    await desk.actAs('陈思远');
    await desk.goTo('Memori');
    await desk.ask('我们说的业绩是指净收入');
    await desk.ask('上个月各品类的业绩');
    await take(desk.page, 'day-1-chinese');

    now += 24 * 3_600_000;
    await desk.actAs('Maya Lindqvist');
    await takeAsked(desk, 'day-2-corrected', '@memori no, by takings we mean net revenue');
    await desk.actAs('Tom Reyes');
    await takeAsked(desk, 'day-2-new-meaning', '@memori takings by month this year');
    await takeCommand(desk, 'day-2-as-of-day-1', '/memori memory list 2026-10-12');
    await desk.actAs('Maya Lindqvist');
    await takeCommand(desk, 'day-2-list', '/memori memory list');
    await takeCommand(desk, 'day-2-forgotten', '/memori memory forget 1 confirm');
    await desk.ask('@memori takings by month this year');
    await take(desk.page, 'day-2-unknown-again');
  });
  await rm(data, { recursive: true, force: true });
}

for (const play of [measuredAnswer, helpFromTheModel, twoDays]) await play();
await browser.close();
