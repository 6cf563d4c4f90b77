import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { AnyBlock } from '@slack/types';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { AnswerRecord } from '../src/core/answers/answer-store.ts';
import type { Answered, Outcome } from '../src/core/answers/outcome.ts';
import type { Why } from '../src/core/memory/memories.ts';
import type { Memory } from '../src/core/memory/memory.ts';
import { textsFor } from '../src/core/texts/texts-for.ts';
import { textLength, validateBlocks } from '../src/playground/validate-blocks.ts';
import { validateView } from '../src/playground/validate-view.ts';
import type { Look } from '../src/slack/blocks/answer-blocks.ts';
import { detailsModal, memoriesModal } from '../src/slack/blocks/answer-modals.ts';
import { chartBlock } from '../src/slack/blocks/chart-block.ts';
import { editSqlModal } from '../src/slack/blocks/edit-sql-modal.ts';
import { quote } from '../src/slack/blocks/elements.ts';
import { homeView } from '../src/slack/blocks/home-blocks.ts';
import { memoryListBlocks } from '../src/slack/blocks/memory-blocks.ts';
import { outcomeBlocks, outcomeText } from '../src/slack/blocks/outcome-blocks.ts';
import { progressBlocks } from '../src/slack/blocks/progress-blocks.ts';
import { saveVerifiedModal } from '../src/slack/blocks/save-verified-modal.ts';
import { sourcesBlocks } from '../src/slack/blocks/sources-blocks.ts';
import { statusBlocks } from '../src/slack/blocks/status-blocks.ts';
import { dataTable, omission, textTable } from '../src/slack/blocks/table-blocks.ts';
import { columnTitles } from '../src/slack/column-title.ts';
import { clip, inert, inertMrkdwn } from '../src/slack/escape.ts';
import { cellFormat } from '../src/slack/format-cell.ts';
import { slackLimits } from '../src/slack/limits.ts';
import { questionText } from '../src/slack/question-text.ts';
// @ts-expect-error an untyped oracle, kept as it came
import { active, brokenEscape, visible } from './fixtures/corpora/mrkdwn-reader.mjs';
import { ada } from './support/ada.ts';
import { readJsonLines } from './support/json-lines.ts';
import { answered, everyOutcome, resultRows } from './support/outcomes.ts';
import { storedMemory } from './support/stored-memory.ts';

const texts = textsFor('en');
const frame = { answerId: 'T1:C1:1.2#1', asker: 'U1', expense: { ms: 340, costMicroUsd: 4200 }, texts };
const whole: Look = { chart: true, table: 'native' };
const looks: readonly Look[] = [whole, { chart: false, table: 'native' }, { chart: false, table: 'text' }];
const person = { ...ada, timeZone: 'Europe/Berlin' };
const at = new Date('2026-03-01T12:00:00Z');

const why = (term: string): Why => ({ reason: 'defines', term, scope: 'channel', instead: ['workspace'] });

const memory = (text: string, id = 'm1'): Memory => storedMemory(id, at, { kind: 'definition', text, conscious: true });

const recordOf = (outcome: Outcome, text = 'What was the revenue?'): AnswerRecord => ({
  id: frame.answerId,
  question: {
    id: 'T1:C1:1.2',
    text,
    person,
    place: { kind: 'channel', channel: 'C1', isPrivate: false, thread: '1.0' },
    askedAt: at,
    origin: 'message',
  },
  outcome,
  replyTs: '1.3',
  answeredAt: at,
  ms: 340,
  costMicroUsd: 4200,
});

const account = { scope: 'user:T1:U1', day: '2026-03-01', limitTokens: 100_000, limitMicroUsd: undefined };
const budget = {
  balances: [{ account, spent: { tokens: 50_000, microUsd: 1_200_000 }, held: { tokens: 25_000, microUsd: 0 } }],
  resetsAt: new Date('2026-03-01T23:00:00Z'),
  perRequestTokens: 8000,
};

/** What the chart, the headings, the cells and everything else show of one untrusted text. */
const answerOf = (text: string): Answered =>
  answered({
    text,
    interpretation: text,
    verified: { id: 'x', title: text, parameters: { p: text } },
    sql: `SELECT '${text}'`,
    dataSource: text,
    result: resultRows(
      [`${text}:text`.replace(/:(?!text$)/g, ''), 'n:integer'],
      [
        [text, 1],
        ['plain', 2],
      ],
    ),
    chart: {
      kind: 'bar',
      title: text,
      categories: [text, 'other'],
      series: [{ name: text, values: [1, 2] }],
      xLabel: text,
      yLabel: text,
    },
    suggestions: [{ text }],
  });

/** Every message and view that shows the text, as Slack would be sent them. */
function surfacesOf(text: string): { messages: AnyBlock[][]; views: { type: 'modal' | 'home'; view: object }[] } {
  const outcomes = [...everyOutcome(text, `SELECT '${text}'`), answerOf(text)];
  const source = { name: text, description: text, today: '2026-03-01', tables: [text, 'orders'] };
  return {
    messages: [
      ...outcomes.flatMap((outcome) => looks.map((look) => outcomeBlocks(outcome, frame, look))),
      [quote(text, text), ...progressBlocks(text, 'T1:C1:1.0', 'U1', texts)],
      memoryListBlocks([memory(text)], texts),
      sourcesBlocks([source], texts),
      statusBlocks([{ part: 'store', using: text, change: text, ok: false }], texts),
    ],
    views: [
      { type: 'modal', view: detailsModal(recordOf(answerOf(text), text), true, texts) },
      { type: 'modal', view: saveVerifiedModal(recordOf(answerOf(text), text), texts) },
      { type: 'modal', view: memoriesModal([memory(text)], new Map([[memory(text).id, why(text)]]), 1, texts) },
      { type: 'modal', view: editSqlModal(`SELECT '${text}'`, text, frame.answerId, texts) },
      {
        type: 'home',
        view: homeView({ examples: [text], sources: [source], budget, memories: [memory(text)] }, person, texts),
      },
    ],
  };
}

const issues = (checked: { ok: boolean; messages?: readonly string[] }): readonly string[] => checked.messages ?? [];
const issuesOf = (text: string): readonly string[] => {
  const { messages, views } = surfacesOf(text);
  return [
    ...messages.flatMap((blocks) => issues(validateBlocks(blocks, 'message'))),
    ...views.flatMap(({ type, view }) => issues(validateView(view, type))),
  ];
};

type Shown = { readonly text: string; readonly mode: 'plain' | 'rich' | 'mrkdwn'; readonly emoji: boolean };

/** Every text that Slack would show below a value, with how it would read it. SQL fields are typed text, not shown text. */
function shownIn(value: unknown): Shown[] {
  if (Array.isArray(value)) return value.flatMap(shownIn);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  const own = Object.entries(node).flatMap(([key, child]): Shown[] => {
    if (typeof child !== 'string' || !shownKeys.has(key)) return [];
    const mode = node.type === 'mrkdwn' ? 'mrkdwn' : node.type === 'text' ? 'rich' : 'plain';
    return [{ text: child, mode, emoji: node.type === 'plain_text' && node.emoji !== false }];
  });
  return [...own, ...Object.values(node).flatMap(shownIn)];
}
const shownKeys = new Set(['text', 'caption', 'title', 'label', 'name', 'x_label', 'y_label', 'initial_value']);

type Row = {
  readonly id: string;
  readonly raw: string | readonly string[];
  readonly must_not: readonly string[];
  readonly hostile: boolean;
};
const corpus = readJsonLines<Row>(new URL('./fixtures/corpora/mrkdwn_injection.jsonl', import.meta.url));
const rawOf = ({ raw }: Row): string => (typeof raw === 'string' ? raw : raw.join(''));
/** The block's own mention of a memory's author is the one thing that may be live. */
const author = '<@U2>';

describe('untrusted text', () => {
  it.each(corpus.filter(({ hostile }) => hostile))('$id does nothing anywhere', (row) => {
    const raw = rawOf(row);
    const { messages, views } = surfacesOf(raw);
    const shown = [...shownIn(messages), ...shownIn(views)];
    expect(shown.some(({ emoji }) => emoji)).toBe(false);
    for (const { text, mode } of shown) {
      const found = [...active(text.replace(author, ''), { mode, verbatim: true })];
      expect({ text, found: found.filter((kind) => row.must_not.includes(kind) || isHiding(kind)) }).toEqual({
        text,
        found: [],
      });
    }
    for (const outcome of everyOutcome(raw)) {
      const top = outcomeText(outcome);
      expect([...active(top)]).toEqual([]);
      expect(brokenEscape(top)).toBe(false);
      expect(top.replace(/`[^`]*`/g, '')).not.toMatch(/:[a-z_]+:|^(&gt;|>)/);
    }
    expect(issuesOf(raw)).toEqual([]);
  });
  const isHiding = (kind: string): boolean => ['control', 'bidi', 'hidden'].includes(kind);

  it.each(corpus.filter(({ hostile }) => !hostile))('$id stays readable, byte for byte', (row) => {
    const raw = rawOf(row);
    const table = dataTable(resultRows(['a'], [[raw]]), 'c', texts);
    expect(table?.block.rows[1]?.[0]).toEqual({ type: 'raw_text', text: raw });
    expect(visible(inertMrkdwn(raw)).replaceAll('`', '')).toBe(raw.replaceAll('`', "'").replaceAll('\n', ' '));
    expect(inert(raw)).toBe(raw);
  });

  it('is escaped as Slack documents it where Slack parses', () => {
    expect(inertMrkdwn('a < b & <!channel> > c')).toBe('a &lt; b &amp; &lt;!channel&gt; &gt; c');
    expect(inertMrkdwn('>>> see https://a.example|x :tada:')).toBe('see `https://a.example`|x `:tada:`');
    // Half a megabyte would keep the search for addresses busy for minutes.
    expect(inertMrkdwn('a.'.repeat(250_000))).toHaveLength(slackLimits.messageText);
  });

  it('is never cut inside a character or an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const cut = clip(inert(text), max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(/\p{Surrogate}/u.test(cut)).toBe(false);
        expect(brokenEscape(inertMrkdwn(text))).toBe(false);
      }),
    );
  });
});

describe('blocks keep to what Slack accepts', () => {
  it.each(['A sentence.', '', '长'.repeat(4000), `${'x'.repeat(5000)}`, '👩‍👩‍👧'.repeat(400), '`code` and ``', '\n\n'])(
    'for the text %#',
    (text) => {
      expect(issuesOf(text)).toEqual([]);
    },
  );

  it('for any result: at most 12 blocks, 13,000 characters, no cell empty', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 5000 }),
      fc.double({ noNaN: true }),
      fc.constant(null),
      fc.boolean(),
      fc.constantFrom('', '  '),
    );
    const result = fc.integer({ min: 1, max: 60 }).chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 130 }).map((rows) =>
        resultRows(
          Array.from({ length: width }, (_, index) => `c${index}:${index % 2 ? 'number' : 'text'}`),
          rows,
        ),
      ),
    );
    fc.assert(
      fc.property(result, fc.constantFrom(...looks), fc.string({ maxLength: 4000 }), (rows, look, text) => {
        const suggestions = [{ text: 'q'.repeat(80) }, { text }, { text }, { text }];
        const outcome = answered({ result: rows, text, interpretation: text, sql: 'S'.repeat(20_000), suggestions });
        const blocks = [quote('Ada asked', text), ...outcomeBlocks(outcome, frame, look)];
        expect(issues(validateBlocks(blocks, 'message'))).toEqual([]);
        expect(blocks.length).toBeLessThanOrEqual(12);
        expect(textLength(blocks)).toBeLessThanOrEqual(13_000);
      }),
      { numRuns: 60 },
    );
  });

  it('in Chinese too, with the same shape', () => {
    const zh = { ...frame, texts: textsFor('zh') };
    for (const outcome of everyOutcome('三月收入'))
      for (const look of looks) expect(issues(validateBlocks(outcomeBlocks(outcome, zh, look), 'message'))).toEqual([]);
    expect(JSON.stringify(outcomeBlocks(answered(), zh, whole))).toContain('重新运行');
  });
});

describe('an answer', () => {
  const blocks = outcomeBlocks(answered(), frame, whole);
  const types = blocks.map(({ type }) => type);

  it('has its parts in order', () => {
    expect(types).toEqual([
      'rich_text',
      'context',
      'data_visualization',
      'data_table',
      'context',
      'container',
      'actions',
      'actions',
      'context_actions',
    ]);
    expect(JSON.stringify(blocks[4])).toContain(
      '✓ Verified by Ida, finance, 30 Oct 2026 · 2 rows · shop · 340 ms · $0.0042 · used 1 memory',
    );
  });

  it('does not say twice how it was understood', () => {
    const same = answered({ interpretation: 'Monthly revenue' });
    const shown = outcomeBlocks(same, frame, whole);
    expect(shown.map(({ type }) => type).slice(0, 2)).toEqual(['rich_text', 'data_visualization']);
  });

  it('says so where no title does: one figure has neither chart nor table', () => {
    const one = answered({
      interpretation: 'Monthly revenue',
      chart: undefined,
      result: resultRows(['n:integer'], [[5]]),
    });
    const shown = outcomeBlocks(one, frame, whole);
    expect(JSON.stringify(shown[1])).toContain('Understood as: Monthly revenue');
  });

  it('heads its columns with words, unless two would be the same', () => {
    const titles = (...names: string[]) => columnTitles(names);
    expect(titles('net_revenue', 'order_id', 'share_pct', '城市', 'Total (EUR)', 'n')).toEqual([
      'Net revenue',
      'Order ID',
      'Share %',
      '城市',
      'Total (EUR)',
      'n',
    ]);
    expect(titles('net_revenue', 'Net revenue')).toEqual(['net_revenue', 'Net revenue']);
  });

  it('names who vouches for it as far as that is known', () => {
    expect(texts.answer.verified(undefined, undefined)).toBe('✓ Verified');
    expect(texts.answer.verified('Ida', undefined)).toBe('✓ Verified by Ida');
    expect(textsFor('zh').answer.verified('Ida', '2026年10月30日')).toBe('✓ 已验证（Ida，2026年10月30日）');
  });

  it('carries ids only in its buttons', () => {
    const values = [...JSON.stringify(blocks).matchAll(/"value":"([^"]*)"/g)].map(([, value]) => value);
    expect(values.every((value) => /^T1:C1:1\.2#1(\|(\d|good|bad))?$/.test(value ?? ''))).toBe(true);
  });

  it('steps down: no chart, then a text table', () => {
    const typesOf = (look: Look) => outcomeBlocks(answered(), frame, look).map(({ type }) => type);
    expect(typesOf({ chart: false, table: 'native' })).not.toContain('data_visualization');
    expect(typesOf({ chart: false, table: 'text' })).not.toContain('data_table');
    const table = textTable(
      resultRows(
        ['城市', 'n:integer'],
        [
          ['北京', 5],
          ['Rome', 1234],
        ],
      ),
      texts,
    );
    expect(JSON.stringify(table?.block)).toContain('城市      n\\n北京      5\\nRome  1,234');
  });

  it('says what its table leaves out', () => {
    const wide = resultRows(
      Array.from({ length: 60 }, (_, index) => `c${index}`),
      Array.from({ length: 1234 }, () => Array(60).fill('x'.repeat(9))),
    );
    const table = dataTable(wide, 'c', texts);
    expect(table?.shown).toEqual({ columns: 20, rows: 44 });
    expect(omission(wide, { columns: 20, rows: 40 }, texts)).toBe(
      'Shown: 20 of 60 columns, 40 of 1,234 rows. The CSV has all.',
    );
    expect(omission({ ...wide, truncated: true }, { columns: 60, rows: 40 }, texts)).toContain(
      'more than 1,234 rows. The CSV has more.',
    );
    expect(omission(wide, { columns: 60, rows: 1234 }, texts)).toBeUndefined();
  });

  it('writes figures alike within a column, years and keys without separators', () => {
    const table = dataTable(
      resultRows(
        ['year:integer', 'order_id:integer', 'net:number', 'n:integer'],
        [
          [2026, 10432, 12.5, 1500],
          [2025, 7, 3, null],
        ],
      ),
      'c',
      texts,
    );
    expect(table?.block.rows.slice(1).map((row) => row.map((cell) => ('text' in cell ? cell.text : '')))).toEqual([
      ['2026', '10432', '12.5', '1,500'],
      ['2025', '7', '3.0', '–'],
    ]);
  });

  it('draws no native chart that Slack would refuse', () => {
    const chart = answered().chart;
    if (chart === undefined) throw new Error('the answer has a chart');
    const many = Array.from({ length: 21 }, (_, index) => `m${index}`);
    expect(
      chartBlock({ ...chart, categories: many, series: [{ name: 's', values: many.map(() => 1) }] }),
    ).toBeUndefined();
    expect(chartBlock({ ...chart, series: [{ name: 's', values: [1, null] }] })).toBeUndefined();
    expect(
      chartBlock({ ...chart, categories: ['a very long category name 1', 'a very long category name 2'] }),
    ).toBeUndefined();
    expect(chartBlock({ ...chart, kind: 'pie', series: [{ name: 's', values: [1, 0] }] })).toBeUndefined();
    expect(chartBlock({ ...chart, kind: 'pie' })).toMatchObject({
      chart: { segments: [{ label: '2026-02', value: 1000 }, {}] },
    });
  });

  it('shows SQL beyond the modal field to be copied, and says so', () => {
    const long = editSqlModal(`SELECT ${'x'.repeat(4000)}`, 'shop', 'a', texts);
    expect(long.submit).toBeUndefined();
    expect(JSON.stringify(long)).toContain('This SQL has 4,007 characters');
    expect(issues(validateView(long, 'modal'))).toEqual([]);
  });
});

describe('a cell', () => {
  const shown = (name: string, type: 'number' | 'timestamp', cells: (string | number)[]) =>
    cells.map(cellFormat({ name, type }, cells, textsFor('en')));

  it('has the decimals of its column, cents for amounts, and a time that reads', () => {
    expect(shown('net_revenue', 'number', [286_969.3])).toEqual(['286,969.30']);
    expect(shown('share_pct', 'number', [13.6, 9])).toEqual(['13.6', '9.0']);
    expect(shown('ordered_at', 'timestamp', ['2026-10-31T23:51:41'])).toEqual(['2026-10-31 23:51:41']);
  });
});

describe('what was typed', () => {
  it.each([
    ['<@UBOT> revenue &lt; 5 &amp; more', 'revenue < 5 & more'],
    ['<@UBOT|memori> see <https://a.example|the page> and <#C1|general>', 'see the page and #general'],
    ['```SELECT 1\nFROM x```', 'SELECT 1\nFROM x'],
    ['```sql\nSELECT 1```', 'SELECT 1'],
    ['<@UBOT>', ''],
    ['&amp;lt;', '&lt;'],
  ])('%j is read as %j', (typed, read) => {
    expect(questionText(typed, 'UBOT')).toBe(read);
  });
});

describe('the manifest', () => {
  const manifest = parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8')) as {
    readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
    readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
  };
  const { bot } = manifest.oauth_config.scopes;
  const { bot_events: events } = manifest.settings.event_subscriptions;
  const sources = (folder: string): string =>
    ['', 'listeners/', 'commands/'].map((name) => readFolder(new URL(`${folder}${name}`, import.meta.url))).join('\n');

  it('lists exactly the events that are listened to', () => {
    const code = sources('../src/slack/');
    const listened = [...code.matchAll(/app\.event\('([a-z_]+)'/g)].map(([, name]) => name ?? '');
    const wanted = listened.flatMap((name) =>
      name === 'message' ? ['channels', 'groups', 'im', 'mpim'].map((kind) => `message.${kind}`) : [name],
    );
    expect([...events].sort()).toEqual([...new Set(wanted)].sort());
  });

  it('asks for exactly the scopes that the methods and events used need', () => {
    const code = sources('../src/slack/');
    const methods = [...code.matchAll(/\b(?:posting|status|reads)\.([\w.]+)\(/g)].map(([, name]) => name ?? '');
    const needs = [...methods, ...events, '/memori'].flatMap((use) => {
      const scopes = scopesOf[use];
      if (scopes === undefined) throw new Error(`Which scopes does ${use} need?`);
      return scopes;
    });
    expect([...bot].sort()).toEqual([...new Set(needs)].sort());
  });
});

/** docs.slack.dev, "Scopes" of each method and event. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'assistant.threads.setStatus': ['chat:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'agents.sessions.setStatus': ['assistant:write'],
  filesUploadV2: ['files:write'],
  'users.info': ['users:read'],
  'conversations.info': ['channels:read', 'groups:read', 'mpim:read'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.open': ['im:write'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
  app_mention: ['app_mentions:read'],
  app_home_opened: [],
  agent_session_stopped: ['assistant:write'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  '/memori': ['commands'],
};

const readFolder = (folder: URL): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`${folder.href}${name}`), 'utf8'))
    .join('\n');
