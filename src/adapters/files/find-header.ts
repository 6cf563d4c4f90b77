import { type Decision, decide, type Known } from './forms/decide.ts';
import type { TextRecord } from './text/records.ts';

/** Where a table begins and what its columns are called. */
export type Header = {
  readonly names: readonly string[];
  /** The line of the names; undefined where there are none. */
  readonly line: number | undefined;
  /** Line of the first row. */
  readonly firstRow: number;
  readonly assumptions: readonly string[];
};

/** Lines above a header, at most. */
const mostTitles = 30;
const bodyRows = 300;

const isFilled = (cell: string | undefined): boolean => cell !== undefined && cell.trim() !== '';
const filled = (cells: readonly string[]): number => cells.filter(isFilled).length;

/**
 * Finds the line of the names. Titles above it fill few fields. A line is data, not names, where the columns below are
 * numbers or days and it has numbers or days in them too, unless they count on, as years in a header do.
 */
export function findHeader(
  records: readonly TextRecord[],
  width: number,
  given: number | 'none' | undefined,
  known: Known,
): Header {
  const rows = records.filter(({ cells }) => filled(cells) > 0);
  if (given === 'none') return unnamed(rows[0]?.line ?? 1, width, []);
  const at = given === undefined ? firstFull(rows, width) : rows.findIndex(({ line }) => line === given);
  const head = rows[at];
  if (head === undefined) return unnamed(1, width, []);
  const body = rows
    .slice(at + 1, at + 1 + bodyRows)
    .map(({ cells }) => cells)
    .filter((cells) => cells.length === width);
  const next = rows[at + 1]?.line ?? head.line + 1;
  if (given === undefined && isData(head.cells, body, width, known)) {
    return unnamed(head.line, width, ['The first line is a row like those below: the columns have no names.']);
  }
  const isTextOnly =
    given === undefined && decideBody(body, width, known).every(({ reading }) => reading === undefined);
  return {
    names: uniqueNames(namesOf(head.cells, rows[at - 1]?.cells, width)),
    line: head.line,
    firstRow: next,
    assumptions:
      isTextOnly && body.length > 0 ? ['All columns are text, so the first line is taken to have their names.'] : [],
  };
}

const unnamed = (firstRow: number, width: number, assumptions: readonly string[]): Header => ({
  names: Array.from({ length: width }, (_, index) => `column_${index + 1}`),
  line: undefined,
  firstRow,
  assumptions,
});

/** The first line that fills most of its fields; what is above it is a title. */
function firstFull(rows: readonly TextRecord[], width: number): number {
  const top = rows.slice(0, mostTitles);
  const isFull = ({ cells }: TextRecord, share: number) =>
    cells.length >= (width > 2 ? width - 1 : width) &&
    filled(cells) >= Math.max(1, Math.ceil(Math.min(width, cells.length) * share));
  const full = top.findIndex((row) => isFull(row, 0.7));
  const most = full === -1 ? top.findIndex((row) => isFull(row, 0.4)) : full;
  return Math.max(0, most);
}

function decideBody(body: readonly (readonly string[])[], width: number, known: Known): readonly Decision[] {
  const columns = Array.from({ length: width }, (_, index) => ({
    name: '',
    values: [...new Set(body.map((cells) => (cells[index] ?? '').trim()))],
  }));
  return decide(columns, known);
}

function isData(cells: readonly string[], body: readonly (readonly string[])[], width: number, known: Known): boolean {
  if (body.length === 0) return false;
  const decisions = decideBody(body, width, known);
  let unlike = 0;
  const alike: number[] = [];
  let repeated = 0;
  decisions.forEach(({ candidates: [first] }, index) => {
    const cell = (cells[index] ?? '').trim();
    if (cell === '') return;
    if (first === undefined) {
      if (body.some((row) => (row[index] ?? '').trim() === cell)) repeated += 1;
      return;
    }
    const [own] = decide([{ name: '', values: [cell] }], known);
    const isLike = own?.candidates.some(({ kind }) => kind === first.kind) === true;
    if (isLike) alike.push(index);
    else if (own?.isEmpty !== true) unlike += 1;
  });
  if (unlike > 0) return false;
  if (alike.length === 0) return repeated * 2 > width;
  return !countsOn(
    alike.map((index) => cells[index] ?? ''),
    alike.map((index) => body.map((row) => row[index] ?? '')),
  );
}

/** Years or numbers that go up by the same step from column to column, and are not what the rows have. */
function countsOn(heads: readonly string[], columns: readonly (readonly string[])[]): boolean {
  const numbers = heads.map(Number);
  if (!numbers.every(Number.isInteger)) return false;
  const areYears = (values: readonly number[]) =>
    values.every((value) => Number.isInteger(value) && value >= 1800 && value <= 2200);
  const steps = new Set(numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0)));
  if (areYears(numbers) && !columns.every((values) => areYears(values.filter(isFilled).map(Number)))) return true;
  return numbers.length > 2 && steps.size === 1 && !steps.has(0);
}

/** The names, with the name of their group above where one alone would stand for several columns. */
function namesOf(cells: readonly string[], above: readonly string[] | undefined, width: number): readonly string[] {
  const own = Array.from({ length: width }, (_, index) => clean(cells[index] ?? ''));
  if (above === undefined || above.length < 2 || filled(above) === 0) return own;
  let group = '';
  return own.map((name, index) => {
    group = clean(above[index] ?? '') || group;
    const isShared = own.filter((other) => other === name).length > 1;
    if (name === '') return clean(above[index] ?? '');
    return isShared && group !== '' ? `${group} ${name}` : name;
  });
}

const clean = (name: string): string => name.replace(/\s+/g, ' ').trim();

/** Names that the engine tells apart: it takes capitals for small letters. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const own = name === '' ? `column_${index + 1}` : name;
    let free = own;
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${own}_${number}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
