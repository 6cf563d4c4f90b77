import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { readCommandLine } from '../src/command-line.ts';
import { chromiumPath, openBrowser } from '../test/support/browser-page.ts';
import { startMemori } from './browser/running-memori.ts';
import { createSlackPage, type SlackPage } from './browser/slack-page.ts';

const usage = `The pictures of the README. They are taken of the product as it answers now, in the Chromium of CHROMIUM_PATH or of the
system, and written to docs/pictures, twice as many pixels as they are wide.

  npm run build && npm run screenshots`;
readCommandLine(usage, {});

/** The largest file, so that pages load fast. Bytes. */
const maxBytes = 300_000;

const wide = { width: 1280, height: 860 };

if (chromiumPath === undefined) {
  console.error('There is no Chromium: set CHROMIUM_PATH.');
  process.exit(1);
}

const pictures = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
await mkdir(pictures, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'memori-pictures-'));
const memori = await startMemori(folder);
const browser = await openBrowser();
try {
  const desk = await open({ viewport: wide });
  await take(desk.page, 'first-screen');
  await converse(desk);
  await take(desk.page, 'answer');
  await desk.thread.getByRole('button', { name: 'Edit SQL' }).click();
  await desk.page.getByRole('dialog', { name: 'Edit SQL' }).waitFor();
  await take(desk.page, 'edit-sql');
  await desk.page.keyboard.press('Escape');
  await desk.goTo('analytics');
  await desk.ask('@memori by takings we mean net revenue');
  await desk.goTo('analytics');
  await desk.command('/memori memory list');
  await take(desk.page, 'memory');

  // The same conversation by night.
  const night = await open({ viewport: wide, colorScheme: 'dark' });
  await night.goTo('analytics');
  await night.page
    .getByRole('link', { name: /repl(y|ies)/ })
    .first()
    .click();
  await readFromTop(night);
  await take(night.page, 'answer-dark');
  await night.actAs('陈思远');
  await night.goTo('Memori');
  await night.ask('上个月各品类的净收入');
  await readFromTop(night);
  await take(night.page, 'chinese');

  const phone = await open({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
  await phone.answerTo(() => phone.page.locator('.question').first().tap());
  await readFromTop(phone);
  await take(phone.page, 'phone');
} finally {
  await browser.close();
  await memori.stop();
  await rm(folder, { recursive: true, force: true });
}

/** What a team might ask; the last answer stays open beside the channel. */
async function converse(desk: SlackPage): Promise<void> {
  await desk.goTo('analytics');
  await desk.ask('@memori net revenue by month');
  await desk.actAs('Tom Reyes');
  await desk.goTo('analytics');
  await desk.ask('@memori refunds by category last quarter');
  await desk.actAs('Maya Lindqvist');
  await desk.goTo('analytics');
  await desk.page
    .getByRole('link', { name: /repl(y|ies)/ })
    .first()
    .click();
  await desk.thread.getByRole('table').first().waitFor();
  await readFromTop(desk);
}

async function open(options: NonNullable<Parameters<typeof browser.open>[1]>): Promise<SlackPage> {
  return createSlackPage(await browser.open(memori.url, { ...options, deviceScaleFactor: 2 }));
}

/** Scrolls to the question and the beginning of its answer. */
async function readFromTop({ page, thread }: SlackPage): Promise<void> {
  await thread.getByRole('table').first().waitFor();
  await thread.getByRole('article').first().scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
}

/**
 * Takes a screenshot with a reduced palette, which suits few colours and much text. Errors: when the file is too large.
 */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(400); // what is being faded or scrolled comes to rest
  const file = join(pictures, `${name}.png`);
  await sharp(await page.screenshot())
    .png({ palette: true, quality: 90, compressionLevel: 9 })
    .toFile(file);
  const { size } = await stat(file);
  if (size > maxBytes) throw new Error(`${file} has ${size} bytes; ${maxBytes} are allowed.`);
  console.log(`${name}.png, ${Math.round(size / 1024)} kB`);
}
