import type { Locator, Page } from 'playwright-core';

/** What a person does in the playground, in their words. Waits as a person would; errors: time-outs that name what was missing. */
export type SlackPage = {
  readonly page: Page;
  /** The thread pane next to the channel. */
  readonly thread: Locator;
  /** Opens a conversation of the side bar: `general`, `Memori`. */
  goTo(name: string): Promise<void>;
  /** Says it in the open channel and waits for the answer in its thread. */
  ask(text: string): Promise<Locator>;
  /** Says it in the open thread and waits for the answer. */
  reply(text: string): Promise<Locator>;
  /** Waits for an answer in the thread that `act` brings about. */
  answerTo(act: () => Promise<unknown>): Promise<Locator>;
  /** Types a slash command and waits for what only this person sees. */
  command(text: string): Promise<Locator>;
  /** Becomes somebody else, by their full name. */
  actAs(name: string): Promise<void>;
};

/** While the bot works on it, the thread offers to stop it. */
const stopLabel = /^(Stop|停止)$/;

export function createSlackPage(page: Page): SlackPage {
  const thread = page.getByRole('complementary', { name: 'Thread' });
  const box = page.getByRole('main').getByRole('textbox');
  const answers = thread.getByRole('article', { name: /^Memori,/ });

  const finished = async (at: number): Promise<Locator> => {
    const answer = answers.nth(at);
    await answer.waitFor();
    await thread.getByRole('button', { name: stopLabel }).first().waitFor({ state: 'detached' });
    return answer;
  };
  const send = async (field: Locator, text: string): Promise<void> => {
    await field.fill(text);
    // With an open completion Enter would take it; without one, Escape would close the thread.
    if (await page.getByRole('listbox').isVisible()) await field.press('Escape');
    await field.press('Enter');
  };
  const self: SlackPage = {
    page,
    thread,
    async goTo(name) {
      await page
        .getByRole('link', { name: new RegExp(`^${name}`) })
        .first()
        .click();
      await page
        .getByRole('main')
        .getByRole('heading', { level: 1, name: new RegExp(name) })
        .waitFor();
    },
    async ask(text) {
      const before = page.url();
      await send(box, text);
      await page.waitForURL((url) => url.href !== before && url.hash.includes('/thread/'));
      return finished(0);
    },
    reply: (text) => self.answerTo(() => send(thread.getByRole('textbox'), text)),
    async answerTo(act) {
      const at = await answers.count();
      await act();
      return finished(at);
    },
    async command(text) {
      const own = page.getByRole('main').locator('.message--ephemeral');
      const at = await own.count();
      await send(box, text);
      await own.nth(at).waitFor();
      return own.nth(at);
    },
    async actAs(name) {
      await page.getByRole('button', { name: /^Acting as/ }).click();
      await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
      await page.getByRole('button', { name: new RegExp(`^Acting as ${name}`) }).waitFor();
    },
  };
  return self;
}
