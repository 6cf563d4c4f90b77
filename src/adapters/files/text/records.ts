import { CsvError, type Options, parse } from 'csv-parse/sync';
import type { BadLine } from '../../../core/data/understood.ts';

export type Dialect = { readonly delimiter: string; readonly quote: string; readonly escape: string };

/** Fields of a line, and the line it begins in, counted from 1. */
export type TextRecord = { readonly line: number; readonly cells: readonly string[] };

export type Batch = { readonly records: readonly TextRecord[]; readonly bad: readonly BadLine[] };

export type RecordReader = {
  /** Reads whole lines. A field that is still open at their end waits for the next. */
  read(lines: string): Batch;
  end(): Batch;
};

/** A field may run over this much; a quote that stays open longer was never meant as one. */
const longestField = { characters: 1024 * 1024, lines: 2_000 };

const optionsOf = (dialect: Dialect): Options => ({
  ...dialect,
  record_delimiter: '\n',
  relax_column_count: true,
});

/**
 * Reads text line by line; every line ends up in a record or is named as bad. A quote that is never closed, or is closed
 * in the middle of a field lines later, costs its own line only. `width`: the fields of a usual line, where known.
 */
export function createRecordReader(dialect: Dialect, width?: number): RecordReader {
  let held = '';
  let line = 1;
  const take = (text: string, isLast: boolean): Batch => {
    const records: TextRecord[] = [];
    const bad: BadLine[] = [];
    let rest = held + text;
    held = '';
    while (rest !== '') {
      const { cells, error } = parseUntilError(rest, dialect);
      let end = 0;
      let swallowed = false;
      const hasQuotes = rest.includes(dialect.quote);
      for (const one of cells) {
        const lines = 1 + (hasQuotes ? newLines(one) : 0);
        const next = hasQuotes || error !== undefined ? afterLines(rest, end, lines) : 0;
        if (lines > 2 && width !== undefined && swallows(rest.slice(end, next), dialect, width)) {
          swallowed = true;
          break;
        }
        records.push({ line, cells: one });
        line += lines;
        end = next;
      }
      if (error === undefined && !swallowed) return { records, bad };
      rest = rest.slice(end);
      if (!isLast && !swallowed && isOpen(error) && mayGoOn(rest)) {
        held = rest;
        return { records, bad };
      }
      const next = afterLines(rest, 0, 1);
      const literal = withoutQuotes(rest.slice(0, next), dialect);
      if (literal && (width === undefined || literal.length === width)) records.push({ line, cells: literal });
      else bad.push({ line, reason: 'a quote that is not closed, or has characters after it' });
      line += 1;
      rest = rest.slice(next);
    }
    return { records, bad };
  };
  return { read: (lines) => take(lines, false), end: () => take('', true) };
}

const isOpen = (error: unknown): boolean => error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED';

const mayGoOn = (text: string): boolean =>
  text.length < longestField.characters && text.split('\n', longestField.lines + 1).length <= longestField.lines;

function parseUntilError(
  text: string,
  dialect: Dialect,
): { readonly cells: readonly string[][]; readonly error: unknown } {
  const options = optionsOf(dialect);
  try {
    return { cells: parse(text, options) as string[][], error: undefined };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const good = Number((error as { readonly records?: unknown }).records ?? 0);
    return { cells: good === 0 ? [] : (parse(text, { ...options, to: good }) as string[][]), error };
  }
}

function newLines(cells: readonly string[]): number {
  let found = 0;
  for (const cell of cells) for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) found += 1;
  return found;
}

function afterLines(text: string, from: number, lines: number): number {
  let at = from;
  for (let left = lines; left > 0; left -= 1) at = text.indexOf('\n', at) + 1 || text.length;
  return at;
}

/** Lines within a field that are whole lines of the table themselves: the quote before them was not meant to open one. */
function swallows(text: string, { delimiter, quote }: Dialect, width: number): boolean {
  const inner = text.split('\n').slice(1, -2);
  const isRow = (one: string) => !one.includes(quote) && one.split(delimiter).length === width;
  return width > 1 && inner.length > 0 && inner.every(isRow);
}

/** The fields of a line whose quotes are characters like others: none of them begins a field. */
function withoutQuotes(line: string, { delimiter, quote }: Dialect): readonly string[] | undefined {
  const cells = line.replace(/\n$/, '').split(delimiter);
  return cells.some((cell) => cell.trimStart().startsWith(quote)) ? undefined : cells;
}
