import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import XLSX from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadFiles } from '../src/adapters/files/load-files.ts';
import { fileOptionsSchema } from '../src/adapters/files/options.ts';
import type { UnderstoodTable } from '../src/core/data/understood.ts';
import { craftedFiles } from './support/crafted-files.ts';
import { type RandomTable, randomTable } from './support/random-tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'memori-read-'));
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

const runs = Number(process.env.MEMORI_TEST_RUNS ?? 40);
let number = 0;

type Read = { readonly table: UnderstoodTable; readonly rows: readonly (readonly unknown[])[] };

async function read(bytes: Buffer | string, name = 'rows.csv'): Promise<Read> {
  const place = mkdtempSync(join(folder, `${number++}-`));
  writeFileSync(join(place, name), bytes);
  const { understood } = await loadFiles(connection, join(place, name), { files: {}, progress: () => {} });
  const [table] = understood.tables;
  if (table === undefined) throw new Error('no table');
  const list = table.columns.map((column) => `CAST("${column.name.replaceAll('"', '""')}" AS VARCHAR)`).join(', ');
  const rows = (await connection.runAndReadAll(`SELECT ${list} FROM "${table.name}"`)).getRows();
  await connection.run(`DROP TABLE "${table.name}"`);
  return { table, rows };
}

/** The same number or day, however many zeros it closes with. */
const canonical = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  const text = String(value);
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text;
};

/** Everything that was read otherwise than it was written, and not said to be open. */
function mistakes({ rows, columns, lines }: RandomTable, { table, rows: found }: Read): readonly string[] {
  const wrong: string[] = [];
  if (found.length !== rows.length) wrong.push(`${found.length} rows for ${rows.length}`);
  if (table.badLineCount !== lines) wrong.push(`${table.badLineCount} lines kept aside for ${lines}`);
  columns.forEach(({ name, kind }, index) => {
    const column = table.columns[index];
    if (column?.name !== name) wrong.push(`${column?.name} for ${name}`);
    const values = rows.map((row) => row[index] ?? null);
    const isEmpty = values.every((value) => value === null);
    if (isEmpty || column?.kind === undefined) return;
    if (column.kind === 'text' && kind !== 'text') {
      // One word alone may be no yes or no.
      const isOneWord = kind === 'boolean' && new Set(values.filter(Boolean)).size === 1;
      if (!column.isOpen && !isOneWord)
        wrong.push(`${name}: ${kind} is text without a doubt: ${column.assumptions.join(' ')}`);
      return;
    }
    if (column.kind !== kind) wrong.push(`${name}: ${kind} is ${column.kind}`);
    values.forEach((value, row) => {
      if (canonical(value) !== canonical(found[row]?.[index]))
        wrong.push(`${name}: ${JSON.stringify(value)} is ${JSON.stringify(found[row]?.[index])}`);
    });
  });
  return wrong;
}

describe('a table in any writing', () => {
  it('is read as it was written, or said to be open', async () => {
    await fc.assert(
      fc.asyncProperty(randomTable, async (table) => {
        const result = await read(table.bytes);
        expect(mistakes(table, result).slice(0, 3)).toEqual([]);
      }),
      { numRuns: runs },
    );
  }, 300_000);
});

describe('a file', () => {
  it.each(craftedFiles)('with $what is read as it is', async ({ name, bytes, columns, rows, bad = [] }) => {
    const { table, rows: found } = await read(bytes, name);
    expect(table.columns.map((column) => `${column.name} ${column.isOpen ? 'open' : column.kind}`)).toEqual(columns);
    expect(found).toEqual(rows);
    expect(table.badLines.map(({ line }) => line)).toEqual(bad);
  });
});

/** The tables of a folder, each `name rows columns`. */
async function tablesOf(
  files: Readonly<Record<string, string | Buffer>>,
  options: Readonly<Record<string, unknown>> = {},
) {
  const place = mkdtempSync(join(folder, `${number++}-`));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), bytes);
  }
  const parsed = Object.fromEntries(Object.entries(options).map(([name, one]) => [name, fileOptionsSchema.parse(one)]));
  const { understood } = await loadFiles(connection, place, { files: parsed, progress: () => {} });
  for (const { name } of understood.tables) await connection.run(`DROP TABLE "${name}"`);
  return {
    ...understood,
    shown: understood.tables.map(
      ({ name, rows, columns }) => `${name} ${rows} ${columns.map((one) => `${one.name}:${one.kind}`).join(' ')}`,
    ),
  };
}

const workbook = (type: 'xlsx' | 'ods'): Buffer => {
  const book = XLSX.utils.book_new();
  const day = { t: 'n', v: 45662, z: 'yyyy-mm-dd' };
  const rows = [
    ['Report', '', ''],
    ['id', 'day', 'share'],
    [1, day, { t: 'n', v: 0.07, z: '0%' }],
    [2, day, { t: 'n', v: 0.125, z: '0.0%' }],
  ];
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), 'Sales');
  XLSX.utils.book_append_sheet(
    book,
    XLSX.utils.aoa_to_sheet([
      ['code', 'ok'],
      ['00123', true],
    ]),
    'Codes',
  );
  return XLSX.write(book, { type: 'buffer', bookType: type }) as Buffer;
};

describe('a folder', () => {
  it('makes one table of files with the same columns only, and numbers names that clash', async () => {
    const { shown, warnings } = await tablesOf({
      'Sheet1.csv': 'id,name\n1,Ann\n',
      'Sheet2.csv': 'order_id,customer_id\n1,1\n',
      'sales-2025.csv': 'id,amount\n1,2\n',
      'sales-2026.csv': 'id,amount\n2,2.5\n',
      'Sales.csv': 'x,y\n1,2\n',
      'sales.json': '[{"z":1}]',
      'events/year=2025/month=01/a.csv': 'id,n\n1,2\n',
      'events/year=2026/month=02/b.csv': 'id,n\n2,3\n',
      'packed.csv.gz': gzipSync('a,b\n1,2\n'),
      'README.txt': 'This folder has\nthe files of the month.\n',
    });
    expect(shown.sort()).toEqual([
      'Sales 1 x:number y:number',
      'Sheet1 1 id:number name:text',
      'Sheet2 1 order_id:number customer_id:number',
      'events 2 id:number n:number year:number month:text',
      'packed 1 a:number b:number',
      'sales_2 2 id:number amount:number',
      'sales_3 1 z:number',
    ]);
    expect(warnings.join('\n')).toMatch(/README.txt is left out: .*\n?/);
    expect(warnings.join('\n')).toContain('Sheet1.csv, Sheet2.csv have different columns');
  });

  it.each(['xlsx', 'ods'] as const)('reads the sheets of .%s, each as a table', async (type) => {
    const { tables, shown } = await tablesOf({ [`book.${type}`]: workbook(type) });
    expect(shown).toEqual(['book_Sales 2 id:number day:date share:number', 'book_Codes 1 code:text ok:boolean']);
    expect(tables[0]?.columns[2]).toMatchObject({ unit: '%', sqlType: 'DECIMAL(18,1)' });
    expect(tables[0]?.badLines).toEqual([{ line: 1, reason: 'above the header' }]);
  });

  it('leaves out what cannot be read, with the line, and keeps the rest', async () => {
    const mixed = [
      'id,name',
      ...Array.from({ length: 6 }, (_, index) => `${index},a`),
      ...Array.from({ length: 6 }, (_, index) => `${index},a,b`),
    ];
    const { shown, warnings } = await tablesOf({
      'good.csv': 'a,b\n1,2\n',
      'empty.csv': '',
      'mixed.csv': mixed.join('\n'),
      'broken.json': '{"secret": "value"',
      'broken.xlsx': 'no workbook',
    });
    expect(shown).toEqual(['good 1 a:number b:number']);
    expect(warnings.find((one) => one.startsWith('mixed'))).toContain(
      '6 of 12 lines do not fit the columns; the first is line 8',
    );
    expect(warnings.join('\n')).not.toContain('secret');
    expect(warnings).toHaveLength(4);
  });

  it('is read as its options say', async () => {
    const { shown, tables, warnings } = await tablesOf(
      {
        'a.csv': 'day;amount;code;n\n05/06/2025;1.234;7;x\n01/02/2025;2.345;8;5\n',
        'b.csv': Buffer.from([0x61, 0x0a, 0xa4, 0x0a]),
      },
      {
        'a.csv': { dates: 'MDY', decimal: ',', missing: ['8'], types: { code: 'text', n: 'number' } },
        'b.csv': { encoding: 'iso-8859-15', header: 'none' },
        'c.csv': {},
      },
    );
    expect(shown).toEqual(['a 2 day:date amount:number code:text n:number', 'b 2 column_1:text']);
    expect(tables[0]?.columns.map(({ missing }) => missing)).toEqual([0, 0, 1, 1]);
    expect(tables[0]?.columns[3]?.assumptions.join(' ')).toContain('line 2: "x"');
    expect(warnings.join(' ')).toContain('"c.csv", which is not among the files');
  });
});

it('reads large files by the engine itself as it reads small ones line by line', async () => {
  const line = (index: number) =>
    `${index},"name, ${index % 9}",${index % 7 === 0 ? 'NA' : `${index % 100}.50`},${(index % 12) + 1}/${(index % 28) + 1}/2025,${'x'.repeat(600)}`;
  const all = ['id,name,amount,day,filler', ...Array.from({ length: 28_000 }, (_, index) => line(index))];
  const whole = await read(`${all.join('\n')}\n`);
  all[20_000] = '1,too,few';
  const broken = await read(`${all.join('\n')}\n`);
  const kinds = ['number', 'text', 'number', 'date', 'text'];
  expect(whole.table.columns.map(({ kind }) => kind)).toEqual(kinds);
  expect(whole.rows).toHaveLength(28_000);
  expect(broken.table.columns.map(({ kind }) => kind)).toEqual(kinds);
  expect(broken.table.badLines).toEqual([{ line: 20_001, reason: '3 fields where there are 5 columns' }]);
  for (const { rows } of [whole, broken])
    expect(rows.find(([id]) => id === '14')).toEqual(['14', 'name, 5', null, '2025-03-15', 'x'.repeat(600)]);
}, 120_000);
