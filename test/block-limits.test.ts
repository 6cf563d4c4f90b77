import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Block } from '../src/playground/page-api.ts';
import { type Surface, validateBlocks } from '../src/playground/validate-blocks.ts';
import { validateView } from '../src/playground/validate-view.ts';
import { button, plain, text } from './support/block-parts.ts';

describe('blocks at the limits of Slack', () => {
  const valid = (blocks: unknown, surface: Surface = 'message') => validateBlocks(blocks, surface).ok;
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  const section = (extra: object) => ({ type: 'section', text: plain('x'), ...extra });
  const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
  const option = (index: number) => ({ text: plain('o'), value: String(index) });
  const cell = (value: string) => ({ type: 'raw_text', text: value });
  const dataTable = (rows: number, columns: number, value = 'c') => ({
    type: 'data_table',
    caption: 'Orders',
    rows: many(rows, () => many(columns, () => cell(value))),
  });
  const table = (rows: number, columns: number) => ({
    type: 'table',
    rows: many(rows, () => many(columns, () => cell('c'))),
  });
  const label = (index: number) => `l${index}`;
  const points = (count: number) => many(count, (index) => ({ label: label(index), value: index }));
  const bar = (series: number, categories: number, name = 's') => ({
    type: 'data_visualization',
    title: 'T',
    chart: {
      type: 'bar',
      series: many(series, (index) => ({ name: `${name}${index}`, data: points(categories) })),
      axis_config: { categories: many(categories, label) },
    },
  });
  const pie = (title: number, segments: number, labelled: number) => ({
    type: 'data_visualization',
    title: text(title),
    chart: { type: 'pie', segments: many(segments, () => ({ label: text(labelled), value: 1 })) },
  });
  const container = (children: number) => ({
    type: 'container',
    title: plain('T'),
    child_blocks: many(children, () => ({ type: 'divider' })),
  });
  const input = (element: object) => ({ type: 'input', label: plain('L'), element });

  /** name, the largest that passes, and a block (or list) of a given size. */
  const cases: readonly (readonly [string, number, (size: number) => unknown, Surface?])[] = [
    ['blocks of a message', 50, (size) => many(size, () => ({ type: 'divider' }))],
    ['blocks of a modal', 100, (size) => many(size, () => ({ type: 'divider' })), 'modal'],
    ['blocks of a home', 100, (size) => many(size, () => ({ type: 'divider' })), 'home'],
    ['section text', 3000, (size) => section({ text: plain(text(size)) })],
    ['section fields', 10, (size) => section({ fields: many(size, () => plain('f')) })],
    ['section field', 2000, (size) => section({ fields: [plain(text(size))] })],
    ['header', 150, (size) => ({ type: 'header', text: plain(text(size)) })],
    ['markdown', 12000, (size) => ({ type: 'markdown', text: text(size) })],
    ['context elements', 10, (size) => ({ type: 'context', elements: many(size, () => plain('c')) })],
    ['actions elements', 25, (size) => actions(...many(size, (index) => button({ action_id: `a${index}` })))],
    ['block_id', 255, (size) => ({ type: 'divider', block_id: text(size) })],
    ['action_id', 255, (size) => actions(button({ action_id: text(size) }))],
    ['button text', 75, (size) => actions(button({ text: plain(text(size)) }))],
    ['button value', 2000, (size) => actions(button({ value: text(size) }))],
    ['button url', 3000, (size) => actions(button({ url: text(size) }))],
    ['overflow options', 5, (size) => actions({ type: 'overflow', options: many(size, option) })],
    ['select options', 100, (size) => actions({ type: 'static_select', options: many(size, option) })],
    ['checkboxes', 10, (size) => actions({ type: 'checkboxes', options: many(size, option) })],
    ['option text', 75, (size) => actions({ type: 'overflow', options: [{ text: plain(text(size)), value: 'v' }] })],
    ['option value', 150, (size) => actions({ type: 'overflow', options: [{ text: plain('t'), value: text(size) }] })],
    ['placeholder', 150, (size) => actions({ type: 'users_select', placeholder: plain(text(size)) })],
    ['initial value', 3000, (size) => input({ type: 'plain_text_input', initial_value: text(size) })],
    ['max_length', 3000, (size) => input({ type: 'plain_text_input', max_length: size })],
    ['alt text', 2000, (size) => ({ type: 'image', image_url: 'https://a.example/b.png', alt_text: text(size) })],
    ['table rows', 100, (size) => table(size, 1)],
    ['table columns', 20, (size) => table(1, size)],
    ['data_table rows with header', 101, (size) => dataTable(size, 1)],
    ['data_table columns', 20, (size) => dataTable(2, size)],
    ['data_table characters', 10000, (size) => ({ ...dataTable(2, 1), rows: [[cell('h')], [cell(text(size - 1))]] })],
    ['charts', 2, (size) => many(size, () => bar(1, 1))],
    ['chart title', 50, (size) => pie(size, 1, 1)],
    ['pie segments', 6, (size) => pie(1, size, 1)],
    ['chart label', 20, (size) => pie(1, 1, size)],
    ['series', 6, (size) => bar(size, 1)],
    ['categories', 20, (size) => bar(1, size)],
    ['container children', 10, container],
    [
      'context_actions',
      5,
      (size) => ({
        type: 'context_actions',
        elements: many(size, (index) => ({
          type: 'icon_button',
          action_id: `i${index}`,
          icon: 'trash',
          text: plain('D'),
        })),
      }),
    ],
    ['card body', 200, (size) => ({ type: 'card', body: { type: 'mrkdwn', text: text(size) } })],
    [
      'carousel',
      10,
      (size) => ({
        type: 'carousel',
        elements: many(size, () => ({ type: 'card', body: { type: 'mrkdwn', text: 'b' } })),
      }),
    ],
  ];

  it.each(cases)('%s: %i pass, one more does not', (_name, largest, make, surface = 'message') => {
    const list = (size: number) => [make(size)].flat();
    expect(validateBlocks(list(largest), surface)).toMatchObject({ ok: true });
    expect(validateBlocks(list(largest + 1), surface)).toMatchObject({ ok: false });
  });

  it('limits the parts of a modal', () => {
    const view = (extra: object) =>
      validateView({ type: 'modal', title: plain('T'), blocks: [], ...extra }, 'modal').ok;
    expect(view({ title: plain(text(24)), private_metadata: text(3000), callback_id: text(255) })).toBe(true);
    expect([
      view({ title: plain(text(25)) }),
      view({ private_metadata: text(3001) }),
      view({ callback_id: text(256) }),
    ]).toEqual([false, false, false]);
    const blocks = [input({ type: 'plain_text_input' })];
    expect([view({ blocks }), view({ blocks, submit: plain('Go') })]).toEqual([false, true]);
    expect(validateView({ type: 'home', blocks: [] }, 'modal').ok).toBe(false);
  });

  it('knows which block belongs where', () => {
    const alert = { type: 'alert', text: plain('!') };
    expect([valid([alert], 'modal'), valid([alert], 'message'), valid([alert], 'home')]).toEqual([true, false, false]);
    const inside = (child: unknown) => valid([{ ...container(1), child_blocks: [child] }]);
    expect([
      inside(section({})),
      inside({ type: 'markdown', text: 'x' }),
      inside(dataTable(2, 1)),
      inside(bar(1, 1)),
    ]).toEqual([true, false, false, false]);
    expect(valid([dataTable(2, 1)], 'modal')).toBe(false);
  });

  it('refuses what is malformed: empty cells, ragged rows, missing captions, foreign labels, doubled ids', () => {
    const wrong: readonly Block[] = [
      { ...dataTable(2, 1), rows: [[cell('h')], [cell('')]] },
      { ...dataTable(2, 2), rows: [[cell('h')], [cell('a'), cell('b')]] },
      { type: 'data_table', rows: dataTable(2, 1).rows },
      { ...dataTable(1, 1) },
      { ...bar(1, 2), chart: { ...bar(1, 2).chart, axis_config: { categories: ['other', 'names'] } } },
      { ...bar(2, 1), chart: { ...bar(1, 1).chart, series: [...bar(1, 1).chart.series, ...bar(1, 1).chart.series] } },
      { type: 'section' },
      { type: 'section', text: 'bare' },
      { type: 'section', text: plain(''), colour: 'red' },
      { type: 'image', alt_text: 'a' },
      { ...container(1), default_collapsed: true },
      actions(button(), button()),
      { type: 'nonsense' },
    ];
    for (const block of wrong) expect([block, valid([block])]).toEqual([block, false]);
    const twice = { type: 'divider', block_id: 'same' };
    expect(valid([twice, twice])).toBe(false);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom<Surface>('message', 'modal', 'home'), (blocks, surface) => {
        const checked = validateBlocks(blocks, surface);
        return checked.ok || checked.messages.every((message) => message.startsWith('[ERROR]'));
      }),
    );
  });
});
