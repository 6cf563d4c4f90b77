import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { BrowserPages } from '../../test/support/browser-page.ts';
import { type RunningMemori, startMemori } from './running-memori.ts';
import { createSlackPage, type SlackPage } from './slack-page.ts';

export type Walk = {
  readonly browser: BrowserPages;
  readonly folder: string;
  /** Changes when the product is started again. */
  memori: RunningMemori;
  /** The window that most of the walk happens in. */
  readonly desk: SlackPage;
};

/** What a newcomer tries, in a natural order. A step may depend on earlier ones. */
export const steps: readonly (readonly [name: string, run: (walk: Walk) => Promise<void>])[] = [
  ['the first screen invites, and each of its questions is answered by a click', firstScreen],
  ['a typed question with @-completion', typedQuestion],
  ['an answer is a sentence, a chart, a table, a badge and folded SQL', wholeAnswer],
  ['a follow-up needs no mention', followUp],
  ['other parameters give other rows', otherParameters],
  ['a question without a match says what is missing and what can be asked', noMatch],
  ['Edit SQL opens with the SQL, refuses a write in the field, runs an edited read', editSql],
  ['the CSV is what the table shows', csv],
  ['what is taught is used in the next answer and cited there', teach],
  ['memories are listed and forgotten', memories],
  ['a Chinese question in a direct message is answered in Chinese', chinese],
  ['another person has a view of their own', anotherPerson],
  ['the app has a Home', appHome],
  ['dark is dark', dark],
  ['a phone shows everything without scrolling sideways', phone],
  ['a question by keyboard alone', keyboardOnly],
  ['a restart keeps the conversation, and an open page finds back', restart],
  ['nothing was refused by the content policy and no script failed', noErrors],
];

async function firstScreen({ desk }: Walk): Promise<void> {
  const { page, thread } = desk;
  const welcome = page.getByRole('region', { name: 'Welcome' });
  const questions = welcome.locator('.question');
  await questions.first().waitFor();
  assert.equal(await questions.count(), 3);
  for (const part of ['Slack', 'Store', 'Model', 'Data']) await welcome.getByText(part, { exact: true }).waitFor();
  for (const question of await questions.all()) {
    const before = page.url();
    await question.click();
    await page.waitForURL((url) => url.href !== before);
    await thread.getByText(/✓ Verified/).waitFor();
    assert.equal(await thread.getByRole('article').count(), 2);
  }
}

async function typedQuestion({ desk }: Walk): Promise<void> {
  const { page } = desk;
  await desk.goTo('analytics');
  const box = page.getByRole('main').getByRole('textbox');
  await box.focus();
  await page.keyboard.type('@mem');
  await page.getByRole('option', { name: /Memori/ }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await box.inputValue(), '@memori ');
  await page.keyboard.type('top 5 products by revenue last quarter');
  const answer = await desk.answerTo(() => page.keyboard.press('Enter'));
  assert.equal((await rowsOf(answer)).length, 5 + 1);
}

async function wholeAnswer({ desk }: Walk): Promise<void> {
  const answer = desk.thread.getByRole('article').last();
  assert.match(await textOf(answer.locator('.message__body')), /€\d/);
  await answer.locator('figure svg').waitFor();
  await answer.getByText(/✓ Verified/).waitFor();
  const sql = answer.getByText(/FROM\s+sale_lines/);
  assert.equal(await sql.count(), 0);
  await answer.getByRole('button', { name: 'SQL', exact: true }).click();
  await sql.waitFor();
}

async function followUp({ desk }: Walk): Promise<void> {
  const answer = await desk.reply('and in August 2026?');
  assert.match(await textOf(answer), /Aug(ust)? 2026/);
  assert.equal((await rowsOf(answer)).length, 5 + 1);
}

async function otherParameters({ desk }: Walk): Promise<void> {
  await desk.goTo('analytics');
  const answer = await desk.ask('@memori top 3 products by revenue in 2025');
  assert.equal((await rowsOf(answer)).length, 3 + 1);
  assert.match(await textOf(answer), /2025/);
}

async function noMatch({ desk }: Walk): Promise<void> {
  const { page } = desk;
  const answer = await desk.reply('how many unicorns live in Atlantis?');
  await answer.getByText('ANTHROPIC_API_KEY').waitFor();
  const offered = answer.locator('.actions').getByRole('button');
  await offered.first().waitFor();
  const next = await desk.answerTo(() => offered.first().click());
  await next.getByText(/✓ Verified/).waitFor();
  await page.getByRole('button', { name: 'Close the thread' }).click();
}

async function editSql({ desk }: Walk): Promise<void> {
  const { page } = desk;
  const answer = await desk.ask('@memori top 3 products by revenue in 2026');
  await answer.getByRole('button', { name: 'Edit SQL' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit SQL' });
  const field = dialog.getByRole('textbox');
  const sql = await field.inputValue();
  assert.match(sql, /^SELECT[\s\S]+LIMIT 3$/);
  await field.fill('DELETE FROM orders');
  await dialog.getByRole('button', { name: 'Run' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/DELETE/)
    .waitFor();
  assert.equal(await field.inputValue(), 'DELETE FROM orders');
  await field.fill(sql.replace('LIMIT 3', 'LIMIT 2'));
  const edited = await desk.answerTo(() => dialog.getByRole('button', { name: 'Run' }).click());
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await rowsOf(edited)).length, 2 + 1);
  await edited.getByText('Maya').waitFor();
}

async function csv({ desk }: Walk): Promise<void> {
  await desk.goTo('analytics');
  const months = await desk.ask('@memori net revenue by month in 2025');
  await months.getByRole('button', { name: 'Show all' }).click();
  const shown = await rowsOf(months);
  await months.getByRole('button', { name: 'CSV' }).click();
  const [download] = await Promise.all([
    desk.page.waitForEvent('download'),
    desk.thread.getByRole('link', { name: /^Download .+\.csv/ }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8'))
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  const cells = lines.map((line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"|[^,]+/g)].map(([all, quoted]) => quoted ?? all),
  );
  // The table has months as people call them, the CSV the days that they begin with.
  const asShown = cells.map(([month = '', ...rest]) => [month.replace(/^(\d{4}-\d\d)-01$/, '$1'), ...rest]);
  assert.deepEqual(
    asShown.map((row) => row.map(bare)),
    shown.map((row) => row.map(bare)),
  );
  assert.equal(lines.length, 12 + 1);
}

async function teach({ desk }: Walk): Promise<void> {
  await desk.goTo('analytics');
  const learned = await desk.ask('@memori by takings we mean net revenue');
  await learned.getByText(/takings/).waitFor();
  await desk.goTo('analytics');
  const answer = await desk.ask('@memori takings by month');
  await answer.getByText(/used 1 memory/).waitFor();
  await answer.getByRole('button', { name: 'Memories used' }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByText('by takings we mean net revenue').waitFor();
  await desk.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

async function memories({ desk }: Walk): Promise<void> {
  await desk.goTo('analytics');
  const list = await desk.command('/memori memory list');
  const line = list.locator('.section', { hasText: 'takings we mean' });
  await list
    .getByText(/taught by\s+@?Maya/)
    .first()
    .waitFor();
  await line.getByRole('button', { name: 'Forget' }).click();
  await desk.page.getByRole('dialog', { name: 'Forget this?' }).getByRole('button', { name: 'Forget' }).click();
  await line.waitFor({ state: 'detached' });
  const rest = await desk.command('/memori memory list');
  assert.doesNotMatch(await textOf(rest), /takings we mean/);
}

async function chinese({ desk }: Walk): Promise<void> {
  await desk.actAs('陈思远');
  await desk.goTo('Memori');
  const answer = await desk.ask('上个月各品类的净收入');
  assert.match(await textOf(answer), /净收入最高/);
  await answer.getByRole('button', { name: '编辑 SQL' }).waitFor();
}

/** Tom can read the channel, and nothing from someone else's direct message. */
async function anotherPerson({ desk }: Walk): Promise<void> {
  const { page } = desk;
  await desk.actAs('Tom Reyes');
  await desk.goTo('Memori');
  assert.equal(await page.getByRole('main').getByRole('article').count(), 0);
  assert.doesNotMatch(await textOf(await desk.command('/memori memory list')), /净收入/);
  await desk.goTo('general');
  await page
    .getByRole('article', { name: /^Maya Lindqvist/ })
    .first()
    .waitFor();
  await desk.actAs('Maya Lindqvist');
}

async function appHome({ desk }: Walk): Promise<void> {
  const { page } = desk;
  await desk.goTo('Memori');
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  for (const heading of ['Ask your data', 'Connected data', 'Budget', 'What I remember here'])
    await page.getByText(heading, { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
}

async function dark({ desk }: Walk): Promise<void> {
  const { page } = desk;
  const chooseTheme = async (name: string) => {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name }).click();
  };
  await chooseTheme('Dark');
  assert.ok((await brightness(page)) < 60, 'the conversation is not dark');
  await chooseTheme('Light');
  assert.ok((await brightness(page)) > 200, 'the conversation is not light');
}

async function phone({ browser, memori }: Walk): Promise<void> {
  const page = await browser.open(memori.url, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const slack = createSlackPage(page);
  await fits(page);
  const answer = await slack.answerTo(() => page.locator('.question').nth(1).tap());
  await answer.getByRole('table').first().waitFor();
  await fits(page);
  await answer.getByRole('button', { name: 'Edit SQL' }).tap();
  await page.getByRole('dialog', { name: 'Edit SQL' }).getByRole('button', { name: 'Cancel' }).tap();
  await page.getByRole('button', { name: 'Back to the channel' }).tap();
  await page.getByRole('button', { name: 'Channels', exact: true }).first().tap();
  await page.getByRole('link', { name: /^Memori/ }).tap();
  await fits(page);
  await page.getByRole('link', { name: 'Home', exact: true }).tap();
  await page.getByText('Budget', { exact: true }).waitFor();
  await fits(page);
  await page.context().close();
}

async function keyboardOnly({ browser, memori }: Walk): Promise<void> {
  const page = await browser.open(memori.url);
  const slack = createSlackPage(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('analy');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'analytics' }).waitFor();
  await walkTo(page, 'Tab', (element) => element.startsWith('TEXTAREA'));
  await page.keyboard.type('@memo');
  await page.keyboard.press('Tab');
  await page.keyboard.type('average order value by month');
  const answer = await slack.answerTo(() => page.keyboard.press('Enter'));
  await walkTo(page, 'Shift+Tab', (element) => element === 'BUTTON SQL');
  await page.keyboard.press('Enter');
  await answer.getByText(/FROM\s+sales/).waitFor();
  await page.context().close();
}

async function restart(walk: Walk): Promise<void> {
  const { desk, folder } = walk;
  await desk.goTo('general');
  await desk.page
    .getByRole('link', { name: /repl(y|ies)/ })
    .first()
    .click();
  await desk.thread.getByRole('table').first().waitFor();
  const before = await textOf(desk.thread.getByRole('article').last().locator('.message__body'));
  assert.equal(await walk.memori.stop(), 0);
  await desk.page.getByText('The playground does not answer').waitFor();
  walk.memori = await startMemori(folder, new URL(walk.memori.url).port);
  await desk.page.getByText('The playground does not answer').waitFor({ state: 'hidden' });
  await desk.page.reload();
  await desk.thread.getByRole('table').first().waitFor();
  assert.equal(await textOf(desk.thread.getByRole('article').last().locator('.message__body')), before);
  const answer = await desk.reply('and by quarter?');
  await answer.getByText(/✓ Verified/).waitFor();
}

async function noErrors({ browser }: Walk): Promise<void> {
  // The restart leaves what the browser itself says about a server that is away.
  assert.deepEqual(
    browser.errors.filter((text) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE/.test(text)),
    [],
  );
}

/** What it says, folded parts left out. */
const textOf = async (part: Locator): Promise<string> => (await part.textContent()) ?? '';

/** The cells of an answer's table as they read, header first. */
async function rowsOf(answer: Locator): Promise<readonly (readonly string[])[]> {
  const table = answer.getByRole('table').last();
  await table.waitFor();
  const rows = await table.getByRole('row').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allTextContents()));
}

/** A cell without its thousands separators, as the CSV has it; a header in words is its column's name. */
const bare = (cell: string): string => {
  const plain = cell.trim().replaceAll(',', '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? String(Number(plain)) : plain.replaceAll('_', ' ').toLowerCase();
};

/** 0 (black) to 255 (white) behind the messages. */
async function brightness(page: Page): Promise<number> {
  const color = String(await page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor"));
  const parts = [...color.matchAll(/\d+/g)].slice(0, 3).map(Number);
  return parts.reduce((sum, part) => sum + part, 0) / 3;
}

async function fits(page: Page): Promise<void> {
  const sideways = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  assert.ok(sideways <= 0, `the page scrolls ${sideways} px sideways`);
}

/** Presses the key until the focus is there. `TAG text` names the focused element. */
async function walkTo(page: Page, key: string, isThere: (element: string) => boolean): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    const name = "document.activeElement.tagName + ' ' + document.activeElement.textContent.trim()";
    const element = String(await page.evaluate(name)).trim();
    if (isThere(element)) return;
    seen.push(element.slice(0, 30));
  }
  throw new Error(`${key} did not lead there, but to: ${seen.join(' | ')}`);
}
