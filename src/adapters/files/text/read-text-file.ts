import type { BadLine } from '../../../core/data/understood.ts';
import { findHeader, type Header } from '../find-header.ts';
import type { FileOptions } from '../options.ts';
import { textBlocks } from './blocks.ts';
import { createRecordReader, type Dialect, type TextRecord } from './records.ts';
import { modeOf, sniffDialect } from './sniff-dialect.ts';
import { type Survey, survey } from './survey.ts';

/** A text file whose structure is known from its beginning. */
export type TextFile = {
  readonly path: string;
  readonly survey: Survey;
  readonly dialect: Dialect;
  readonly header: Header;
  readonly width: number;
  /** Every line of it has a delimiter more than there are names. */
  readonly hasClosingDelimiter: boolean;
};

/** A text file of a table, and what its folders say of all its rows. */
export type Part = { readonly file: TextFile; readonly partition: ReadonlyMap<string, string> };

/** Characters that are looked at to find the structure. */
const sniffedLength = 256 * 1024;

/** Finds out how a file is written. Throws where it is no text or has nothing in it. */
export async function openTextFile(path: string, options: FileOptions): Promise<TextFile> {
  const surveyed = await survey(path, options.encoding);
  let text = '';
  for await (const block of textBlocks(path, surveyed.encoding.name)) {
    text = block.length > sniffedLength ? block.slice(0, block.lastIndexOf('\n', sniffedLength) + 1) || block : block;
    break;
  }
  if (text.trim() === '') throw new Error('there is nothing in it.');
  if (text.includes('\u0000')) throw new Error('it is no text: there are zero bytes in it.');
  const { dialect, records, width } = sniffDialect(text, {
    ...(options.delimiter ? { delimiter: options.delimiter } : {}),
    ...(options.quote ? { quote: options.quote } : {}),
  });
  const known = {
    decimal: options.decimal,
    dates: options.dates,
    delimiter: dialect.delimiter,
    missing: new Set(options.missing),
  };
  const header = findHeader(records, width, options.header, known);
  return { path, survey: surveyed, dialect, ...settleWidth(header, records, width) };
}

type Width = Pick<TextFile, 'header' | 'width' | 'hasClosingDelimiter'>;

/**
 * Rows with one field more than there are names: the last is empty where each line ends in a delimiter, or the first has
 * no name, as R writes the names of rows.
 */
function settleWidth(header: Header, records: readonly TextRecord[], width: number): Width {
  const head = records.find(({ line }) => line === header.line)?.cells;
  const rows = records.filter(({ line, cells }) => line >= header.firstRow && cells.some(Boolean));
  const usual = rows.length === 0 ? width : modeOf(rows.map(({ cells }) => cells.length));
  const isClosed = (cells: readonly string[]) => (cells[usual - 1] ?? '').trim() === '';
  const hasClosing =
    usual > 1 &&
    rows.length > 0 &&
    rows.every(({ cells }) => cells.length < usual || isClosed(cells)) &&
    (head === undefined || head.length < usual || isClosed(head));
  if (hasClosing)
    return {
      header: { ...header, names: header.names.slice(0, usual - 1) },
      width: usual - 1,
      hasClosingDelimiter: true,
    };
  const isNamedRow = ({ cells }: TextRecord) => cells.length === usual;
  if (head !== undefined && head.length === usual - 1 && rows.every(isNamedRow)) {
    const names = ['row_name', ...header.names.slice(0, usual - 1)];
    const said = 'The rows have one field more than the header: the first is taken to be their name.';
    return {
      header: { ...header, names, assumptions: [...header.assumptions, said] },
      width: usual,
      hasClosingDelimiter: false,
    };
  }
  const own = head?.length ?? usual;
  const isHeaderRight = own >= usual || rows.filter(({ cells }) => cells.length === own).length * 3 > rows.length;
  const settled = head !== undefined && isHeaderRight ? own : usual;
  const names = Array.from({ length: settled }, (_, index) => header.names[index] ?? `column_${index + 1}`);
  return { header: { ...header, names }, width: settled, hasClosingDelimiter: false };
}

export type Rows = {
  /** Rows as wide as the table. */
  readonly rows: readonly TextRecord[];
  /** Rows with fewer fields, which may be whole. */
  readonly short: readonly TextRecord[];
  readonly bad: readonly BadLine[];
};

/** Reads all rows, some at a time. What is no row is named. */
export async function* readTextRows(file: TextFile): AsyncGenerator<Rows> {
  const reader = createRecordReader(file.dialect, file.width);
  const notes = createNotes(file.width);
  for await (const block of textBlocks(file.path, file.survey.encoding.name)) {
    const { records, bad } = reader.read(block);
    yield sortRows(file, notes.hold(records), bad);
  }
  const { records, bad } = reader.end();
  const { rows, aside } = notes.end(records);
  yield sortRows(file, rows, [...bad, ...aside]);
}

function sortRows({ header, width }: TextFile, records: readonly TextRecord[], badBefore: readonly BadLine[]): Rows {
  const rows: TextRecord[] = [];
  const short: TextRecord[] = [];
  const bad = [...badBefore];
  for (const record of records) {
    const { line, cells } = record;
    if (line === header.line || cells.length === 0 || (cells.length === 1 && cells[0]?.trim() === '')) continue;
    if (line < header.firstRow) bad.push({ line, reason: 'above the header' });
    else if (cells.every((cell) => cell.trim() === '')) bad.push({ line, reason: 'no value in it' });
    else if (cells.length === width) rows.push(record);
    else if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === ''))
      rows.push({ line, cells: cells.slice(0, width) });
    else if (cells.length > width || cells.length < 2) bad.push({ line, reason: fieldsSaid(cells.length, width) });
    else short.push(record);
  }
  return { rows, short, bad };
}

export const fieldsSaid = (fields: number, width: number): string =>
  `${fields} ${fields === 1 ? 'field' : 'fields'} where there are ${width} columns`;

const heldRows = 10;
const total = /^(grand )?total(s)?:?$|^sum:?$|^summe:?$|^gesamt(summe)?:?$|^insgesamt:?$|^合计$|^总计$|^小计$/i;

/** Holds the last rows back: notes and totals below a table are none of its rows. */
function createNotes(width: number) {
  let held: readonly TextRecord[] = [];
  return {
    hold(records: readonly TextRecord[]): readonly TextRecord[] {
      const all = [...held, ...records];
      held = all.slice(-heldRows);
      return all.slice(0, -heldRows);
    },
    end(records: readonly TextRecord[]): { readonly rows: readonly TextRecord[]; readonly aside: readonly BadLine[] } {
      const rows = [...held, ...records];
      const aside: BadLine[] = [];
      for (let last = rows.at(-1); last !== undefined; last = rows.at(-1)) {
        const reason =
          width >= 2 && rows.length > 1 ? noteReason(last.cells, width, rows.at(-2)?.cells ?? []) : undefined;
        if (reason === undefined) break;
        aside.push({ line: last.line, reason });
        rows.pop();
      }
      return { rows, aside: aside.toReversed().filter(({ reason }) => reason !== '') };
    },
  };
}

/** Why a last line is no row; empty for a blank one. */
function noteReason(cells: readonly string[], width: number, before: readonly string[]): string | undefined {
  const full = cells.filter((cell) => cell.trim() !== '');
  if (full.length === 0) return cells.length > 1 ? 'no value in it' : '';
  // A row may have one value; a note has no delimiters after it, or stands below an empty line.
  const isApart = cells.length < width || before.every((cell) => cell.trim() === '');
  const isAlone = width >= 3 && full.length === 1 && (cells[0] ?? '').trim() !== '' && isApart;
  if (isAlone) return 'a note below the table';
  return total.test((full[0] ?? '').trim()) ? 'a total of the rows above' : undefined;
}
