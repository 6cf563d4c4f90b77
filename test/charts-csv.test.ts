import { inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createChartRenderer } from '../src/adapters/charts/chart-renderer.ts';
import { createCsvWriter } from '../src/adapters/csv/csv-writer.ts';
import type { Chart } from '../src/core/charts/chart.ts';
import { chooseChart } from '../src/core/charts/choose-chart.ts';
import type { ColumnType } from '../src/core/data/column-type.ts';
import type { Cell, ResultRows } from '../src/core/data/database.ts';
import { readJsonLines } from './support/json-lines.ts';
import { resultRows } from './support/outcomes.ts';

/** An independent reader of RFC 4180, so that the writer is not judged by its own library. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  const row = (): string[] => rows.at(-1) ?? [];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quoted && char === '"' && text.charAt(i + 1) === '"') field += text.charAt(++i);
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ',') {
      row().push(field);
      field = '';
    } else if (!quoted && text.startsWith('\r\n', i)) {
      row().push(field);
      field = '';
      rows.push([]);
      i++;
    } else field += char;
  }
  return rows.slice(0, -1);
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const writer = createCsvWriter();
const cellsOf = async (result: ResultRows): Promise<string[][]> => readCsv(decode(await writer.csv(result)).slice(1));

type CsvCase = { readonly id: string; readonly value: string; readonly type: string; readonly neutralise: boolean };
const corpus = readJsonLines<CsvCase>(new URL('./fixtures/corpora/csv_injection.jsonl', import.meta.url));
const numeric = new Set(['numeric', 'integer', 'double']);
const typeOf = (type: string): ColumnType => (numeric.has(type) ? 'number' : 'text');
const firstVisible = (text: string): string => text.replace(/^[\s\p{Cc}\p{Cf}]+/u, '').charAt(0);
const runs = /[=+\-@＝＋－＠]/u;

describe('the CSV', () => {
  it('begins with a BOM, ends lines with CRLF, keeps NULL apart from the empty text', async () => {
    const result = resultRows(
      ['a', 'n:number'],
      [
        ['', null],
        [null, 2.5],
      ],
    );
    const text = decode(await writer.csv(result));
    expect(text).toBe('\uFEFF"a","n"\r\n"",\r\n,2.5\r\n');
  });

  it.each(corpus.filter(({ neutralise }) => neutralise))('makes $id harmless', async ({ value, type }) => {
    const plain = resultRows([`a:${typeOf(type)}`, 'b'], [[value, 'next']]);
    const [, other] = plain.columns;
    const result =
      type === 'header' && other ? { ...plain, columns: [{ ...other, name: value }, other], rows: [] } : plain;
    const rows = await cellsOf(result);
    const cell = rows.at(-1)?.[0] ?? '';
    expect(rows.every((row) => row.length === 2)).toBe(true);
    expect(cell === '' ? 'x' : firstVisible(cell)).not.toMatch(runs);
    expect(cell.endsWith(value)).toBe(true);
  });

  it.each(corpus.filter(({ neutralise }) => !neutralise))('leaves $id as it is', async ({ value, type }) => {
    expect((await cellsOf(resultRows([`a:${typeOf(type)}`], [[value]])))[1]).toEqual([value]);
  });

  it('gives back every text it was given, whatever is in it', async () => {
    const anyRow = fc.tuple(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('=', '"', ',', '\r', '\n', ' ', 'a') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1 }), async (rows) => {
        const written = await cellsOf(resultRows(['a', 'b'], rows));
        expect(written.slice(1).map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(
          rows.map((row) => row.map((cell) => cell.replace(/^'/, ''))),
        );
      }),
    );
  });
});

const months = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => new Date(Date.UTC(2024, index, 1)).toISOString().slice(0, 10));

describe('choosing a chart', () => {
  it('draws time as a line, in order, months as months', () => {
    const rows = months(24).map((month, index) => [month, index * 10] as const);
    const columns = ['month:date', 'net_revenue:number'];
    const chart = chooseChart(resultRows(columns, [...rows].reverse()), 'auto', 'Revenue');
    expect(chart).toMatchObject({ kind: 'line', title: 'Revenue', xLabel: 'month', yLabel: 'net revenue' });
    expect(chart?.categories.slice(0, 2)).toEqual(['2024-01', '2024-02']);
    expect(chart?.series[0]?.values.slice(0, 3)).toEqual([0, 10, 20]);
    expect(chart?.categories).toHaveLength(24);
    expect(chooseChart(resultRows(columns, rows), 'auto', '')?.title).toBe('Net revenue by month');
  });

  it('draws up to 20 categories as bars, more not at all, and a pie only when asked', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => [`city ${index}`, index + 1] as const);
    const of = (count: number, hint: 'auto' | 'pie' | 'none') =>
      chooseChart(resultRows(['city', 'orders:integer'], rows(count)), hint, 't')?.kind;
    expect([of(20, 'auto'), of(21, 'auto'), of(5, 'pie'), of(7, 'pie'), of(5, 'none'), of(1, 'auto')]).toEqual([
      'bar',
      undefined,
      'pie',
      'bar',
      undefined,
      undefined,
    ]);
  });

  it('turns (month, channel, figure) into one line for each channel', () => {
    const rows = months(3).flatMap(
      (month) =>
        [
          [month, 'web', 1],
          [month, 'store', '2'],
        ] as const,
    );
    const chart = chooseChart(resultRows(['month:date', 'channel', 'revenue:number'], rows), 'auto', 't');
    expect(chart).toMatchObject({
      kind: 'line',
      series: [
        { name: 'web', values: [1, 1, 1] },
        { name: 'store', values: [2, 2, 2] },
      ],
    });
  });

  const refused: readonly (readonly [string, readonly string[], readonly (readonly Cell[])[]])[] = [
    [
      'a key',
      ['order_id:integer', 'name'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'two names',
      ['a', 'b', 'n:integer'],
      [
        ['x', 'y', 1],
        ['z', 'w', 2],
      ],
    ],
    [
      'a name twice',
      ['name', 'n:integer'],
      [
        ['a', 1],
        ['a', 2],
      ],
    ],
    [
      'no figures',
      ['name', 'n:integer'],
      [
        ['a', null],
        ['b', null],
      ],
    ],
  ];
  it.each(refused)('does not draw what would mislead: %s', (_, columns, rows) => {
    expect(chooseChart(resultRows(columns, rows), 'auto', 't')).toBeUndefined();
  });

  it('does not draw what would mislead: cut results, lists, figures of other sizes', () => {
    const cut = resultRows(
      ['name', 'n:integer'],
      [
        ['a', 1],
        ['b', 2],
      ],
      true,
    );
    expect(chooseChart(cut, 'auto', 't')).toBeUndefined();
    const ranked = resultRows(
      ['customer', 'city', 'revenue:number'],
      [
        ['Ada', 'Rome', 2],
        ['Bo', 'Rome', 1],
      ],
    );
    expect(chooseChart(ranked, 'auto', 't')).toBeUndefined();
    expect(chooseChart(ranked, 'bar', 't')).toMatchObject({ kind: 'bar', categories: ['Ada', 'Bo'] });
    const mixed = resultRows(
      ['city', 'revenue:number', 'orders:integer'],
      [
        ['x', 90_000, 12],
        ['y', 80_000, 9],
      ],
    );
    expect(chooseChart(mixed, 'auto', 't')?.series.map(({ name }) => name)).toEqual(['revenue']);
    const pieces = { ...mixed, rows: mixed.rows.map(([city, revenue]) => [city ?? '', revenue ?? 0, 40_000]) };
    expect(chooseChart(pieces, 'auto', 't')?.series.map(({ name }) => name)).toEqual(['revenue']);
  });

  it('never throws and lines values up with categories, whatever the rows', () => {
    const types = fc.constantFrom<ColumnType>(
      'integer',
      'number',
      'text',
      'boolean',
      'date',
      'timestamp',
      'json',
      'bytes',
    );
    const cell = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('2024-01-01', '2024'),
    );
    const column = fc.tuple(fc.constantFrom('a', 'year', 'id', 'month'), types).map((parts) => parts.join(':'));
    const any = fc
      .array(column, { maxLength: 5 })
      .chain((columns) =>
        fc
          .array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), { maxLength: 30 })
          .map((rows) => resultRows(columns, rows)),
      );
    fc.assert(
      fc.property(any, fc.constantFrom('auto', 'bar', 'line', 'area', 'pie'), (result, hint) => {
        const chart = chooseChart(result, hint, 't');
        for (const { values } of chart?.series ?? []) expect(values).toHaveLength(chart?.categories.length ?? -1);
      }),
    );
  });
});

/** The distinct bytes in a PNG's pixels: 1 or 2 for a blank picture. */
function tones(png: Uint8Array): number {
  const bytes = Buffer.from(png);
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  return new Set(inflateSync(Buffer.concat(data))).size;
}

describe('the chart picture', () => {
  const chart = (kind: Chart['kind']): Chart => ({
    kind,
    title: 'Revenue by channel <script>',
    categories: ['Online shop & app', 'Store', 'Phone'],
    series: [
      { name: 'revenue', values: [120, 80, 5] },
      ...(kind === 'pie' ? [] : [{ name: 'cost', values: [60, null, 4] }]),
    ],
    xLabel: 'channel',
    yLabel: 'revenue',
  });

  it.each(['bar', 'line', 'area', 'pie'] as const)(
    '%s: a PNG with something on it, light and dark, with fonts or without',
    async (kind) => {
      const pictures = await Promise.all([
        createChartRenderer().png(chart(kind), 'light'),
        createChartRenderer().png(chart(kind), 'dark'),
        createChartRenderer({ systemFonts: false }).png(chart(kind), 'light'),
      ]);
      for (const png of pictures) {
        expect([...png.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        expect(tones(png)).toBeGreaterThan(8);
      }
      expect(pictures[0]).not.toEqual(pictures[1]);
    },
  );
});
