import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { App } from '@slack/bolt';
import type { Page } from 'playwright-core';
import { type BrowserPages, buildPage, chromiumPath, openBrowser } from './support/browser-page.ts';
import { createTestClock, type PlaygroundApp, startPlaygroundApp } from './support/playground-app.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const button = (text: string, action_id: string, more: object = {}) => ({
  type: 'button',
  text: plain(text),
  action_id,
  ...more,
});
const cell = (text: string) => ({ type: 'raw_text', text });
const amount = (value: number) => ({ type: 'raw_number', value, text: String(value) });
const hostile = '<img src=x onerror="document.title=1"> <!channel>';

const answer = [
  {
    type: 'section',
    text: { type: 'mrkdwn', text: 'Lamps sold *best*. <javascript:alert(1)|click me> <https://shop.example|shop>' },
  },
  {
    type: 'data_visualization',
    title: 'Sales',
    chart: {
      type: 'pie',
      segments: [
        { label: 'Lamps', value: 3 },
        { label: '茶杯', value: 1 },
      ],
    },
  },
  {
    type: 'data_table',
    caption: 'Products',
    page_size: 5,
    rows: [
      [cell('product'), cell('sold')],
      ...Array.from({ length: 12 }, (_unused, index) => [
        cell(index === 0 ? hostile : `p${index}`),
        amount(index * 10),
      ]),
    ],
  },
  {
    type: 'container',
    title: plain('SQL'),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [{ type: 'section', text: plain('SELECT 1 AS one') }],
  },
  {
    type: 'actions',
    elements: [
      button('Edit SQL', 'edit'),
      button('Delete', 'delete', {
        confirm: { title: plain('Sure?'), text: plain('Gone for good.'), confirm: plain('Yes'), deny: plain('No') },
      }),
      {
        type: 'static_select',
        action_id: 'source',
        placeholder: plain('Source'),
        options: ['orders', 'tickets'].map((value) => ({ text: plain(value), value })),
      },
    ],
  },
];

const modal = {
  type: 'modal',
  callback_id: 'sql',
  title: plain('Edit SQL'),
  submit: plain('Run'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: 'sql',
      label: plain('SQL'),
      element: { type: 'plain_text_input', action_id: 'sql', multiline: true },
    },
  ],
};

/** What the app was told, in words. */
const heard: string[] = [];

function listen(app: App): void {
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postMessage({
      channel: event.channel,
      thread_ts: event.ts,
      text: 'Lamps',
      blocks: answer as never,
    });
  });
  app.command('/memori', async ({ ack, command }) =>
    ack({ response_type: 'ephemeral', text: `You wrote ${command.text}` }),
  );
  app.action('edit', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal as never });
  });
  app.action(/delete|source/, async ({ ack, action }) => {
    heard.push(action.type === 'static_select' ? action.selected_option.value : 'deleted');
    await ack();
  });
  app.view('sql', async ({ ack, view }) => {
    const sql = view.state.values.sql?.sql?.value ?? '';
    heard.push(sql);
    await ack(
      sql.startsWith('DROP') ? { response_action: 'errors', errors: { sql: 'Only SELECT may run.' } } : undefined,
    );
  });
}

const inChromium = chromiumPath === undefined ? describe.skip : describe;

inChromium('the page in a browser', () => {
  let running: PlaygroundApp;
  let browser: BrowserPages;

  beforeAll(async () => {
    buildPage();
    running = await startPlaygroundApp(listen, {
      clock: createTestClock(new Date().toISOString()),
      timings: { ackTimeoutMs: 3_000 },
    });
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  const overflow = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

  it('answers the welcome question in a thread beside the channel, with data as data', async () => {
    const page = await browser.open(running.baseUrl, { viewport: { width: 1280, height: 900 } });
    await page.getByRole('button', { name: 'How many?' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('table', { name: 'Products' }).waitFor();
    expect(await thread.getByText(hostile).count()).toBe(1);
    expect(await thread.getByRole('link', { name: 'shop' }).getAttribute('rel')).toContain('noopener');
    expect(await thread.getByRole('link', { name: 'click me' }).count()).toBe(0);
    expect(await thread.getByRole('row').count()).toBe(6);
    await thread.getByRole('button', { name: 'sold' }).click();
    await thread.getByRole('button', { name: 'sold' }).click();
    expect(await thread.getByRole('row').nth(1).textContent()).toBe('p11110');
    await thread.getByRole('button', { name: 'Show all' }).click();
    expect(await thread.getByRole('row').count()).toBe(13);
    await thread.getByRole('button', { name: 'SQL', exact: true }).click();
    await thread.getByText('SELECT 1 AS one').waitFor();
    await page.reload();
    await thread.getByRole('table', { name: 'Products' }).waitFor();
    await page.keyboard.press('Escape');
    await thread.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /1 reply/ }).waitFor();
  });

  it('shows an error in the field of a modal, keeps what was typed, and closes on success', async () => {
    const page = await browser.open(running.baseUrl);
    await page.getByRole('link', { name: /1 reply/ }).click();
    await page.getByRole('button', { name: 'Edit SQL' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit SQL' });
    await dialog.getByRole('button', { name: 'Run' }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    await dialog.getByLabel('SQL', { exact: true }).fill('DROP TABLE orders');
    await dialog.getByRole('button', { name: 'Run' }).click();
    await dialog.getByText('Only SELECT may run.').waitFor();
    expect(await dialog.getByLabel('SQL', { exact: true }).inputValue()).toBe('DROP TABLE orders');
    await dialog.getByLabel('SQL', { exact: true }).fill('SELECT 1');
    await dialog.getByRole('button', { name: 'Run' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(heard).toEqual(['DROP TABLE orders', 'SELECT 1']);
  });

  it('asks before what cannot be undone, and reports a choice', async () => {
    heard.length = 0;
    const page = await browser.open(running.baseUrl);
    await page.getByRole('link', { name: /1 reply/ }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await page.getByText('Source', { exact: true }).click();
    await page.keyboard.type('tick');
    await page.keyboard.press('Enter');
    await page.getByText('tickets', { exact: true }).waitFor();
    await running.playground.waitFor(() => heard.length === 2);
    expect(heard).toEqual(['deleted', 'tickets']);
  });

  it('is worked by keyboard alone: switch, mention, command, draft', async () => {
    const page = await browser.open(running.baseUrl);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('analy');
    await page.keyboard.press('Enter');
    const box = page.getByLabel('Message #analytics');
    await box.focus();
    await page.keyboard.type('ask @memo');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('<b> & more');
    expect(await box.inputValue()).toBe('ask @memori \n<b> & more');
    await page.getByRole('link', { name: /^general/ }).click();
    await page.getByRole('link', { name: /^analytics/ }).click();
    await box.press('Enter');
    await page.getByRole('complementary', { name: 'Thread' }).getByText('<b> & more').waitFor();
    const texts = running.playground.messages('#analytics').map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringMatching(/^ask <@U\w+>\s+&lt;b&gt; &amp; more$/));
    await page.keyboard.press('Escape');
    await box.fill('/memori hel');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('You wrote help').waitFor();
    await page.getByText('Only visible to you').waitFor();
    await box.fill('/unknown');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('not a command').waitFor();
    expect(await box.inputValue()).toBe('/unknown');
  });

  it('marks what others write, live, and is another person on demand', async () => {
    const page = await browser.open(running.baseUrl);
    await page.getByRole('link', { name: /^general/ }).waitFor();
    await running.playground.say({ as: 'tom', channel: '#alerts', text: 'Look, @maya' });
    await page.getByRole('link', { name: 'alerts 1 unread' }).click();
    await page.getByText('Look,').waitFor();
    await page.getByRole('link', { name: 'alerts', exact: true }).waitFor();
    await page.getByRole('button', { name: /^Acting as Maya/ }).click();
    await page.getByRole('menuitemradio', { name: /Tom Reyes/ }).click();
    await page.getByRole('button', { name: /^Acting as Tom/ }).waitFor();
    await page
      .getByRole('link', { name: 'general 1 unread' })
      .or(page.getByRole('link', { name: /general/ }))
      .first()
      .waitFor();
  });

  it('fits a phone: channels in a drawer, the thread over everything', async () => {
    const page = await browser.open(running.baseUrl, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.getByRole('button', { name: 'Channels', exact: true }).first().tap();
    await page.getByRole('link', { name: /^analytics/ }).tap();
    await page
      .getByRole('link', { name: /1 reply/ })
      .first()
      .tap();
    await page.getByRole('complementary', { name: 'Thread' }).getByRole('table', { name: 'Products' }).waitFor();
    expect(await page.getByLabel('Message #analytics').isVisible()).toBe(false);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Back to the channel' }).tap();
    await page.getByLabel('Message #analytics').waitFor();
  });

  it('had no error and nothing refused by its own content policy', () => {
    expect(browser.errors).toEqual([]);
  });
});
