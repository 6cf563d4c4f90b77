import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadFiles } from '../src/adapters/files/load-files.ts';
import type { UnderstoodTable } from '../src/core/data/understood.ts';
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
