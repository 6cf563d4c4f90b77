import { type Options, stringify } from 'csv-stringify';
import type { CsvWriter } from '../../core/answers/csv.ts';
import type { Cell, Column, ResultRows } from '../../core/data/database.ts';

/**
 * Characters that make a spreadsheet read a cell as a formula when they come first, with their full-width forms, and
 * spaces, controls and zero-width characters that spreadsheets skip before looking. Source: OWASP, "CSV Injection".
 */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
const leadingBreak = /^[\t\r\n]/;
const pureNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Puts `'` before a text that a spreadsheet would run. A number in a numeric column stays a number. */
export function neutralise(cell: Cell, type: Column['type']): Cell {
  if (typeof cell !== 'string') return cell;
  if ((type === 'integer' || type === 'number') && pureNumber.test(cell)) return cell;
  return formula.test(cell) || leadingBreak.test(cell) ? `'${cell}` : cell;
}

/** The streaming writer yields to other work between rows, which a large export needs. */
const write = (rows: unknown[][], options: Options): Promise<string> =>
  new Promise((resolve, reject) => stringify(rows, options, (error, text) => (error ? reject(error) : resolve(text))));

/** RFC 4180 for spreadsheets: UTF-8 with BOM, CRLF, every text in quotes so that other separators do not split it. */
export function createCsvWriter(): CsvWriter {
  return {
    async csv({ columns, rows }: ResultRows): Promise<Uint8Array> {
      const header = columns.map(({ name }) => neutralise(name, 'text'));
      const body = rows.map((row) => columns.map(({ type }, index) => neutralise(row[index] ?? null, type)));
      const text = await write([header, ...body], {
        bom: true,
        record_delimiter: 'windows',
        quoted_string: true,
        cast: { boolean: (value) => String(value) },
      });
      return new TextEncoder().encode(text);
    },
  };
}
