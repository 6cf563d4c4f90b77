import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PageMessage, PagePerson, SlashCommand } from '../src/playground/page-api.ts';
import { initialValues } from '../src/playground/web/blocks/form-state.ts';
import { cartesianScale } from '../src/playground/web/charts/cartesian-scale.ts';
import { chartData } from '../src/playground/web/charts/chart-data.ts';
import { niceTicks } from '../src/playground/web/charts/nice-ticks.ts';
import { missingFields } from '../src/playground/web/modal/missing-fields.ts';
import { pageReducer } from '../src/playground/web/store/page-reducer.ts';
import {
  channelMessages,
  initialState,
  type PageState,
  threadMessages,
} from '../src/playground/web/store/page-state.ts';
import { completionAt, subcommandsOf } from '../src/playground/web/text/completion.ts';
import { formatBytes } from '../src/playground/web/text/format-bytes.ts';
import { dayLabel, relativeTime } from '../src/playground/web/text/format-time.ts';
import { mrkdwnParts } from '../src/playground/web/text/mrkdwn.ts';
import { mentionPieces, outgoingText } from '../src/playground/web/text/outgoing-text.ts';

const person = (id: string, name: string, real_name: string, is_bot = false): PagePerson => ({
  id,
  name,
  real_name,
  title: '',
  color: '#555',
  initials: 'X',
  tz: 'Europe/Stockholm',
  locale: 'en-US',
  is_admin: false,
  is_bot,
});
const people = [
  person('U1', 'mei', 'Mei Tan'),
  person('U2', 'mei-lin', 'Lin Mei'),
  person('U3', 'siyuan', '陈思远'),
  person('U9', 'memori', 'Memori', true),
];
const command: SlashCommand = {
  command: '/memori',
  description: 'Budget and memory',
  usage_hint: '[help | memory list | memory add <text>]',
};

describe('what is typed', () => {
  it('turns the names of people into mentions, and nothing else', () => {
    expect(outgoingText('@Memori how is @mei-lin? (@mei)', people)).toBe('<@U9> how is <@U2>? (<@U1>)');
    expect(outgoingText('mail mei@memori.example, @nobody, a < b & c', people)).toBe(
      'mail mei@memori.example, @nobody, a < b & c',
    );
  });

  it('shows the text unchanged behind the composer, whatever it is', () => {
    const words = fc.array(fc.constantFrom('@mei', '@mei-lin', ' ', '@', '\n', '销售', '@siyuan', 'x', '<@U1>'));
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join('');
        expect(
          mentionPieces(text, people)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('completes mentions anywhere and commands at the start', () => {
    const labels = (text: string) =>
      completionAt(text, text.length, people, [command])?.items.map((item) => item.insert);
    expect(labels('hey @me')).toEqual(['@mei ', '@mei-lin ', '@memori ']);
    expect(labels('hey @lin')).toEqual(['@mei-lin ']);
    expect(labels('请问@陈')).toBeUndefined();
    expect(labels('请问 @陈')).toEqual(['@siyuan ']);
    expect(labels('a@me')).toBeUndefined();
    expect(labels('/me')).toEqual(['/memori ']);
    expect(labels('/memori mem')).toEqual(['/memori memory list', '/memori memory add ']);
    expect(labels('/memori memory list')).toBeUndefined();
    expect(labels('say /memori ')).toBeUndefined();
    expect(completionAt('/memori ', 8, people, [])).toBeUndefined();
    expect(subcommandsOf(command).at(-1)).toEqual({ words: 'memory add', rest: '<text>' });
  });
});

describe('the state of the page', () => {
  const message = (ts: string, more: Partial<PageMessage> = {}): PageMessage => ({
    type: 'message',
    channel: 'C1',
    ts,
    user: 'U1',
    text: ts,
    ...more,
  });
  const start: PageState = initialState({
    team: { id: 'T1', name: 'Shop', domain: 'shop' },
    me: people[0] as PagePerson,
    bot: people[3] as PagePerson,
    people: people.slice(0, 3),
    channels: [{ id: 'C1', name: 'general', topic: '', is_im: false, unread: 2, mentioned: true, last_read: '0' }],
    home: undefined,
    views: [],
    statuses: [],
    prompts: [],
    commands: [command],
    shortcuts: [],
    welcome: { title: '', text: '', questions: [], parts: [] },
  });
  const stateAfter = (...actions: Parameters<typeof pageReducer>[1][]) => actions.reduce(pageReducer, start);

  it('keeps replies out of the channel unless they were sent there too, and in order', () => {
    const state = stateAfter(
      { type: 'message_added', message: message('3.0', { thread_ts: '1.0' }) },
      { type: 'message_added', message: message('2.0', { thread_ts: '1.0', reply_broadcast: true }) },
      {
        type: 'history_loaded',
        channel: 'C1',
        hasMore: false,
        before: undefined,
        messages: [message('1.0', { thread_ts: '1.0' }), message('10.0')],
      },
    );
    expect(channelMessages(state.messages.C1).map(({ ts }) => ts)).toEqual(['1.0', '2.0', '10.0']);
    expect(threadMessages(state.messages.C1, '1.0').map(({ ts }) => ts)).toEqual(['1.0', '2.0', '3.0']);
    const gone = pageReducer(state, { type: 'message_deleted', channel: 'C1', ts: '2.0' });
    expect(threadMessages(gone.messages.C1, '1.0').map(({ ts }) => ts)).toEqual(['1.0', '3.0']);
  });

  it('keeps what events said while a thread was being loaded', () => {
    const running = message('2.0', { thread_ts: '1.0', text: 'Checking the SQL' });
    const done = message('2.0', { thread_ts: '1.0', text: 'Done' });
    const asked = stateAfter(
      { type: 'message_added', message: message('1.0') },
      { type: 'message_added', message: running },
    );
    const before = asked.messages.C1;
    const loaded = [
      { type: 'message_changed', message: done } as const,
      { type: 'message_deleted', channel: 'C1', ts: '1.0' } as const,
      {
        type: 'thread_loaded',
        channel: 'C1',
        ts: '1.0',
        messages: [message('1.0'), running, message('3.0')],
        before,
      } as const,
    ].reduce(pageReducer, asked);
    expect(Object.values(loaded.messages.C1 ?? {}).map(({ ts, text }) => [ts, text])).toEqual([
      ['2.0', 'Done'],
      ['3.0', message('3.0').text],
    ]);
  });

  it('stacks modals, replaces an updated one in place, and shows no error twice', () => {
    const view = (id: string, hash: string) =>
      ({ id, type: 'modal', callback_id: '', blocks: [], hash, clear_on_close: false }) as const;
    const state = stateAfter(
      { type: 'view_opened', view: view('V1', 'a') },
      { type: 'view_opened', view: view('V2', 'a') },
      { type: 'view_updated', view: view('V1', 'b') },
      { type: 'failed', error: 'x', message: 'It broke.' },
      { type: 'failed', error: 'x', message: 'It broke.' },
      { type: 'channel_read', channel: 'C1', ts: '9.0' },
    );
    expect(state.views.map(({ id, hash }) => id + hash)).toEqual(['V1b', 'V2a']);
    expect(state.toasts).toHaveLength(1);
    expect(state.channels[0]).toMatchObject({ unread: 0, mentioned: false, last_read: '9.0' });
    expect(pageReducer(state, { type: 'view_closed', view_id: 'V2' }).views).toHaveLength(1);
  });
});

describe('forms', () => {
  const option = { text: { type: 'plain_text', text: 'A' }, value: 'a' };
  const input = (block_id: string, element: object, more: object = {}) => ({
    type: 'input',
    block_id,
    element,
    ...more,
  });
  const blocks = [
    input('sql', { type: 'plain_text_input', action_id: 'v', initial_value: 'select 1' }),
    input('empty', { type: 'plain_text_input', action_id: 'v' }),
    input('none', { type: 'checkboxes', action_id: 'v', options: [option] }),
    input('maybe', { type: 'static_select', action_id: 'v', options: [option] }, { optional: true }),
    { type: 'section', block_id: 's', accessory: { type: 'datepicker', action_id: 'd', initial_date: '2026-01-02' } },
    {
      type: 'container',
      child_blocks: [{ type: 'actions', block_id: 'in', elements: [{ type: 'users_select', action_id: 'u' }] }],
    },
  ];

  it('reports untouched inputs as Slack does, those in containers too', () => {
    expect(initialValues(blocks)).toEqual({
      sql: { v: { type: 'plain_text_input', value: 'select 1' } },
      empty: { v: { type: 'plain_text_input', value: null } },
      none: { v: { type: 'checkboxes', selected_options: [] } },
      maybe: { v: { type: 'static_select', selected_option: null } },
      s: { d: { type: 'datepicker', selected_date: '2026-01-02' } },
      in: { u: { type: 'users_select', selected_user: null } },
    });
  });

  it('asks for what must be filled in', () => {
    expect(Object.keys(missingFields(blocks, initialValues(blocks)))).toEqual(['empty', 'none']);
  });
});

describe('charts', () => {
  it('puts round ticks around 0 and every value, however large or small', () => {
    const finite = fc.double({ min: -1e15, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 20 }), (values) => {
        const ticks = niceTicks(values, 5);
        const slack = Math.max(...values.map(Math.abs), 1) * 1e-9;
        expect(ticks).toContain(0);
        expect(Math.min(...ticks)).toBeLessThanOrEqual(Math.min(0, ...values) + slack);
        expect(Math.max(...ticks)).toBeGreaterThanOrEqual(Math.max(0, ...values) - slack);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('lines values up with categories by their label and leaves gaps', () => {
    const data = chartData({
      type: 'data_visualization',
      chart: {
        type: 'line',
        series: [
          {
            name: 'a',
            data: [
              { label: 'Mar', value: 3 },
              { label: 'Jan', value: 1 },
            ],
          },
        ],
        axis_config: { categories: ['Jan', 'Feb', 'Mar'] },
      },
    });
    expect(data.series[0]?.values).toEqual([1, null, 3]);
    const scale = cartesianScale(data, 400);
    expect(scale.x(0)).toBeGreaterThan(scale.left);
    expect(scale.x(2)).toBeLessThan(scale.right);
    expect(scale.y(3)).toBeLessThan(scale.y(1));
  });

  it('keeps the labels of a few bars upright, in lines, and turns those of many', () => {
    const names = ['Harbor Garden Bench', 'Mesa Teapot', 'Cascade wide water bottle'];
    const bars = (categories: readonly string[]) => ({
      kind: 'bar' as const,
      categories,
      series: [{ name: 'units', values: categories.map(() => 1) }],
      xLabel: '',
      yLabel: '',
    });
    const few = cartesianScale(bars(names), 400);
    expect(few.slanted).toBe(false);
    expect(few.labels).toEqual([['Harbor Garden', 'Bench'], ['Mesa Teapot'], ['Cascade wide', 'water bottle']]);
    const many = cartesianScale(bars([...names, ...Array.from({ length: 9 }, (_unused, n) => `Product ${n}`)]), 400);
    expect(many.slanted).toBe(true);
    expect(many.labels[0]).toEqual(['Harbor Garden Bench']);
    expect(many.labels[2]).toEqual(['Cascade wide water …']);
  });
});

describe('times and sizes', () => {
  const ts = (iso: string) => String(Date.parse(iso) / 1000);
  const now = new Date('2026-11-23T23:30:00Z');

  it('names days where the person is', () => {
    expect(dayLabel(ts('2026-11-23T22:00:00Z'), 'America/New_York', now)).toBe('Today');
    expect(dayLabel(ts('2026-11-23T22:00:00Z'), 'Asia/Shanghai', now)).toBe('Today');
    expect(dayLabel(ts('2026-11-23T15:00:00Z'), 'Asia/Shanghai', now)).toBe('Yesterday');
    expect(dayLabel(ts('2025-01-05T12:00:00Z'), 'Europe/Stockholm', now)).toBe('Sunday, January 5, 2025');
    expect(relativeTime(ts('2026-11-23T23:29:40Z'), 'Europe/Stockholm', now)).toBe('just now');
    expect(relativeTime(ts('2026-11-23T23:28:00Z'), 'Europe/Stockholm', now)).toBe('2 minutes ago');
  });

  it('writes sizes as Slack does', () => {
    expect([0, 812, 4_100, 12_000_000].map(formatBytes)).toEqual(['0 B', '812 B', '4.1 kB', '12 MB']);
  });
});

describe('mrkdwn', () => {
  const pieces = (text: string) => mrkdwnParts(text).flatMap((part) => part.elements);
  const shown = (text: string) =>
    pieces(text)
      .map((piece) => (piece.type === 'text' ? piece.text : `[${piece.type}]`))
      .join('');
  const styleOf = (text: string, word: string) => pieces(text).find((piece) => 'text' in piece && piece.text === word);

  it('formats what Slack formats', () => {
    expect(styleOf('so *bold* it', 'bold')).toMatchObject({ style: { bold: true } });
    expect(styleOf('*_both_*', 'both')).toMatchObject({ style: { bold: true, italic: true } });
    expect(styleOf('(~gone~)', 'gone')).toMatchObject({ style: { strike: true } });
    expect(styleOf('`a * b * c`', 'a * b * c')).toMatchObject({ style: { code: true } });
    expect(mrkdwnParts('before\n```\nselect 1\n```\nafter').map(({ type }) => type)).toEqual([
      'rich_text_section',
      'rich_text_preformatted',
      'rich_text_section',
    ]);
    expect(mrkdwnParts('&gt; one\n&gt; two\nthree').map(({ type }) => type)).toEqual([
      'rich_text_quote',
      'rich_text_section',
    ]);
    expect(pieces('<@U1> <#C1|x> <!here> <https://a.example/?a=1&amp;b=2|label> :tada:')).toMatchObject([
      { type: 'user', user_id: 'U1' },
      { text: ' ' },
      { type: 'channel', channel_id: 'C1' },
      { text: ' ' },
      { type: 'broadcast', range: 'here' },
      { text: ' ' },
      { type: 'link', url: 'https://a.example/?a=1&b=2', text: 'label' },
      { text: ' ' },
      { type: 'emoji', name: 'tada' },
    ]);
  });

  it('leaves alone what only looks like a mark', () => {
    for (const text of ['count(*) of 5 * 3 * 2', 'snake_case_name', 'a*b*c', '10:30:45', '* not bold *', '2 ~ 3 ~ 4']) {
      expect(shown(text)).toBe(text);
    }
  });

  it('shows escaped data as it was, whatever it is', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const data = fc.string({ unit: fc.constantFrom('<', '>', '&', '!', '@', '|', 'a', '1', ' ', '(', '&amp;', '数') });
    fc.assert(
      fc.property(data, (text) => {
        expect(shown(`x${escaped(text)}`)).toBe(`x${text}`);
      }),
    );
  });
});
