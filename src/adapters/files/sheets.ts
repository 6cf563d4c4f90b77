import { readFileSync, statSync } from 'node:fs';
import XLSX from '@e965/xlsx';
import type { BadLine } from '../../core/data/understood.ts';
import { findHeader } from './find-header.ts';
import type { FileOptions } from './options.ts';
import type { TextRecord } from './text/records.ts';
import { unpackedSize } from './unpacked-size.ts';

/** One sheet of a workbook as rows of text. Lines are its rows, counted from 1. */
export type Sheet = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly TextRecord[];
  readonly bad: readonly BadLine[];
  readonly headerLine: number | undefined;
  readonly assumptions: readonly string[];
};

const mostBytes = { packed: 100 * 1024 * 1024, unpacked: 1024 * 1024 * 1024 };

/** The sheets that have something in them. Formulas are never run: what the program that wrote the file saw counts. */
export function readSheets(path: string, options: FileOptions): readonly Sheet[] {
  if (statSync(path).size > mostBytes.packed)
    throw new Error('a workbook of more than 100 MB is not read: save it as CSV.');
  const bytes = readFileSync(path);
  // Anything else would be taken for a text file.
  if (bytes.toString('latin1', 0, 2) !== 'PK')
    throw new Error('it is no workbook. Is it cut off, or locked by a password?');
  if (unpackedSize(bytes) > mostBytes.unpacked) throw new Error('it unpacks to more than 1 GB and is not read.');
  const book = XLSX.read(bytes, { dense: true, cellNF: true, cellHTML: false, cellFormula: false, bookVBA: false });
  return book.SheetNames.flatMap((name, index) => {
    const sheet = book.Sheets[name];
    const isHidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    const found = sheet && !isHidden ? readSheet(name, sheet, options) : undefined;
    return found ? [found] : [];
  });
}

type Cell = XLSX.CellObject;

function readSheet(name: string, sheet: XLSX.WorkSheet, options: FileOptions): Sheet | undefined {
  const data = (sheet['!data'] ?? []) as readonly (readonly (Cell | undefined)[] | undefined)[];
  const texts = data.map((row) => Array.from(row ?? [], textOf));
  fillMerged(texts, data, sheet['!merges'] ?? []);
  const filledRows = texts
    .map((cells, index) => ({ line: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filledRows.length === 0) return undefined;
  const first = Math.min(...filledRows.map(({ cells }) => cells.findIndex((cell) => cell.trim() !== '')));
  const width =
    Math.max(...filledRows.map(({ cells }) => cells.findLastIndex((cell) => cell.trim() !== '') + 1)) - first;
  const records = filledRows.map(({ line, cells }) => ({
    line,
    cells: Array.from({ length: width }, (_, index) => cells[first + index] ?? ''),
  }));
  const known = { decimal: options.decimal ?? '.', dates: options.dates, missing: new Set(options.missing) } as const;
  const header = findHeader(records, width, options.header, known);
  return {
    name,
    columns: header.names,
    rows: records.filter(({ line }) => line >= header.firstRow),
    bad: records
      .filter(({ line }) => line < header.firstRow && line !== header.line)
      .map(({ line }) => ({ line, reason: 'above the header' })),
    headerLine: header.line,
    assumptions: header.assumptions,
  };
}

/** A cell as text that has one reading only: ISO days, a point as decimal mark. */
function textOf(cell: Cell | undefined): string {
  if (cell === undefined || cell.t === 'z' || cell.v === undefined || cell.v === null) return '';
  if (cell.t === 'b') return cell.v === true ? 'true' : 'false';
  if (cell.t === 'e') return cell.w ?? '#N/A';
  if (cell.t === 'd' || cell.v instanceof Date)
    return new Date(cell.v as Date).toISOString().replace(/T00:00:00\.000Z$/, '');
  if (cell.t !== 'n') return String(cell.v);
  const format = String(cell.z ?? '');
  if (XLSX.SSF.is_date(format)) return dayOf(Number(cell.v), format);
  return format.includes('%') ? `${Number((Number(cell.v) * 100).toPrecision(15))}%` : String(cell.v);
}

/** Days since 1900 as the format shows them: a day, a day with a time, or a time alone. */
function dayOf(serial: number, format: string): string {
  const code = XLSX.SSF.parse_date_code(serial);
  if (!code) return String(serial);
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `${two(code.H)}:${two(code.M)}:${two(Math.floor(code.S))}`;
  if (serial < 1 && !/[yd]/i.test(format)) return time;
  const day = `${String(code.y).padStart(4, '0')}-${two(code.m)}-${two(code.d)}`;
  return code.T === 0 ? day : `${day} ${time}`;
}

/** A text that stands in cells merged downwards is said of each of their rows. */
function fillMerged(
  texts: string[][],
  data: readonly (readonly (Cell | undefined)[] | undefined)[],
  merges: readonly XLSX.Range[],
): void {
  for (const { s, e } of merges) {
    const cell = data[s.r]?.[s.c];
    if (s.c !== e.c || s.r === e.r || cell?.t !== 's' || s.r === 0) continue;
    for (let row = s.r + 1; row <= e.r; row += 1) {
      const cells = texts[row];
      if (cells) cells[s.c] = textOf(cell);
    }
  }
}
