import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Memori, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { AnswerRecord } from '../../src/core/answers/answer-store.ts';
import type { Draft } from '../../src/core/answers/prompt/draft.ts';
import type { Clock } from '../../src/core/base/clock.ts';
import type { LogFields } from '../../src/core/base/logger.ts';
import type { SentMessage } from '../../src/playground/harness.ts';
import type { Block } from '../../src/playground/page-api.ts';
import type { Playground } from '../../src/playground/playground.ts';
import type { SlackMessage } from '../../src/playground/state/messages.ts';
import { startAnthropicServer } from './anthropic-server.ts';
import type { ModelServer } from './model-server.ts';
import { type OpenAiServer, startOpenAiServer } from './openai-server.ts';

export type StartOptions = {
  /** Variables beside those of an empty environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** A data folder from before: the same workspace after a restart. Not removed in the end. */
  readonly folder?: string;
  /** What the product takes for now. */
  readonly clock?: Clock;
  /** Plays Claude. Without it no model is connected. */
  readonly claude?: PlayedModel;
  /** Plays a server that speaks like OpenAI. */
  readonly openai?: PlayedModel;
};

type PlayedModel = (question: string, body: Record<string, unknown>) => Partial<Draft>;

export type LogLine = { readonly level: string; readonly message: string; readonly fields: LogFields };

/** The whole product, started as `npm start` starts it, with a playground to act in. */
export type TestMemori = {
  readonly memori: Memori;
  readonly slack: Playground;
  readonly claude: ModelServer;
  readonly openai: OpenAiServer;
  readonly folder: string;
  readonly log: readonly LogLine[];
  /** Every answer with its rows, oldest first. */
  readonly records: readonly AnswerRecord[];
  /** Says it and waits for the final answer. Channels: the bot is mentioned unless the message is a reply. */
  ask(
    text: string,
    where?: { readonly as?: string; readonly channel?: string; readonly thread?: string },
  ): Promise<Asked>;
  /** Clicks the button with this label on a message, or in a view. */
  press(as: string, message: SlackMessage, label: string): Promise<void>;
  /** Types a slash command and waits for its reply, which only this person sees. */
  command(text: string, as?: string, channel?: string): Promise<SlackMessage>;
  /** What only this person was told by this. */
  told(as: string, act: () => Promise<unknown>): Promise<SlackMessage>;
  /** The text of the newest file in a thread, as this person downloads it. */
  download(as: string, channel: string, thread: string): Promise<string>;
  stop(): Promise<void>;
};

export type Asked = { readonly sent: SentMessage; readonly answer: SlackMessage; readonly text: string };

/** The key of the environment below; no log, alert or answer may ever show it. */
export const secretKey = 'sk-ant-test-0123456789';

export async function startMemori(options: StartOptions = {}): Promise<TestMemori> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'memori-app-'));
  const claude = await startAnthropicServer(options.claude ?? (() => ({})));
  const openai = await startOpenAiServer(options.openai ?? (() => ({})));
  const log: LogLine[] = [];
  const records: AnswerRecord[] = [];
  const level =
    (name: string) =>
    (message: string, fields: LogFields = {}) =>
      log.push({ level: name, message, fields });
  const memori = await startApp(
    readConfig({
      PORT: '0',
      DATA_FOLDER: folder,
      ...(options.claude ? { ANTHROPIC_API_KEY: secretKey, ANTHROPIC_BASE_URL: claude.url } : {}),
      ...(options.openai ? { OPENAI_BASE_URL: openai.url } : {}),
      ...options.env,
    }),
    {
      logger: { info: level('info'), warn: level('warn'), error: level('error') },
      onAnswer: (record) => records.push(record),
      ...(options.clock ? { clock: options.clock } : {}),
    },
  ).catch(async (error: unknown) => {
    await Promise.all([claude.close(), openai.close()]);
    throw error;
  });
  const slack = memori.playground;
  if (slack === undefined) throw new Error('The playground is the Slack of these tests.');

  return {
    memori,
    slack,
    claude,
    openai,
    folder,
    log,
    records,
    async ask(text, { as = 'maya', channel = 'dm', thread } = {}) {
      const spoken = channel === 'dm' || thread !== undefined ? text : `@Memori ${text}`;
      const sent = await slack.say({ as, channel, text: spoken, ...(thread === undefined ? {} : { thread }) });
      const answer = await slack.answer(sent.channel, sent.ts);
      return { sent, answer, text: textOf(answer) };
    },
    async press(as, message, label) {
      const { element, block } = buttonOf(message.blocks ?? [], label);
      await slack.click({ as, channel: message.channel, ts: message.ts, action: element.action_id, block });
      await slack.idle();
    },
    async command(text, as = 'maya', channel = 'analytics') {
      const { ts } = await slack.command({ as, channel, text });
      return slack.waitFor(() => slack.ephemerals(as, ts)[0], `a reply to ${text}`);
    },
    async told(as, act) {
      const before = slack.ephemerals(as).length;
      await act();
      return slack.waitFor(() => slack.ephemerals(as).slice(before)[0], 'a word in private');
    },
    async download(as, channel, thread) {
      const [file] = slack
        .replies(channel, thread)
        .flatMap(({ files = [] }) => files)
        .slice(-1);
      if (file === undefined) throw new Error('There is no file in this thread.');
      const person = slack.people.find(({ name }) => name === as)?.id ?? as;
      const response = await fetch(new URL(`${file.url_private_download}?as=${person}`, memori.url));
      if (!response.ok) throw new Error(`The download was refused with ${response.status}.`);
      return response.text();
    },
    async stop() {
      await memori.stop();
      await Promise.all([claude.close(), openai.close()]);
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Button = { readonly action_id: string; readonly text?: { readonly text: string } };

function buttonOf(blocks: readonly Block[], label: string): { element: Button; block: string } {
  for (const block of blocks) {
    const own = [...((block.elements ?? []) as Button[]), ...(block.accessory ? [block.accessory as Button] : [])];
    const element = own.find(({ text }) => text?.text === label);
    if (element) return { element, block: block.block_id ?? '' };
  }
  throw new Error(`There is no button ${JSON.stringify(label)}.`);
}

/** Labels of the buttons of a message. */
export const buttonsOf = ({ blocks = [] }: Pick<SlackMessage, 'blocks'>): readonly string[] =>
  blocks
    .flatMap((block) => [
      ...((block.elements ?? []) as Button[]),
      ...(block.accessory ? [block.accessory as Button] : []),
    ])
    .flatMap((element) => (element.action_id && element.text ? [element.text.text] : []));

/** Everything a person can read in a message or view, a line for each text. */
export function textOf({
  blocks = [],
  text = '',
}: {
  readonly blocks?: readonly Block[];
  readonly text?: string;
}): string {
  return blocks.length === 0 ? text : textsIn(blocks).join('\n');
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    shownFields.has(name) && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

const shownFields = new Set(['text', 'caption', 'title', 'initial_value', 'alt_text']);

/** The native table of an answer as it reads, header first. */
export function tableOf({ blocks = [] }: SlackMessage): readonly (readonly string[])[] {
  const table = blocks.find(({ type }) => type === 'data_table');
  const rows = (table?.rows ?? []) as readonly (readonly { readonly text: string }[])[];
  return rows.map((row) => row.map(({ text }) => text));
}

/** The SQL that an answer shows. */
export function sqlOf({ blocks = [] }: SlackMessage): string {
  const container = blocks.find(({ type }) => type === 'container');
  return container ? textsIn(container.child_blocks).join('\n') : '';
}
