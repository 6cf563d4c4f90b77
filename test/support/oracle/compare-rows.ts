import type { Cell } from '../../../src/core/data/database.ts';
import { order } from './cells.ts';
import type { Interpreted } from './interpreted.ts';

/** MySQL gives averages with four digits. */
const near = (a: number, b: number): boolean =>
  a === b ||
  (!(Number.isInteger(a) && Number.isInteger(b)) && Math.abs(a - b) <= 0.0002 + 1e-6 * Math.abs(a)) ||
  isHalf(a, b);
/** 0.25 is 0.2 or 0.3, as the engine rounds. */
const isHalf = (a: number, b: number): boolean =>
  [0, 1, 2].some(
    (digits) => Math.abs(Math.abs(a - b) - 10 ** -digits) < 1e-9 && isRounded(a, digits) && isRounded(b, digits),
  );
const isRounded = (value: number, digits: number): boolean =>
  digits > 0 && Math.abs(value * 10 ** digits - Math.round(value * 10 ** digits)) < 1e-9;

function isSameCell(right: Cell, given: Cell): boolean {
  if (right === null || given === null) return right === given;
  if (typeof right === 'boolean') return right === given || Number(right) === given;
  const [a, b] = [Number(right), Number(given)];
  if (typeof right === 'number' && given !== '' && !Number.isNaN(b)) return near(a, b);
  if (String(right) === String(given)) return true;
  const [x, y] = [String(right), String(given)].map((text) =>
    text.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?Z?$/, ''),
  );
  return x === y;
}

type Rows = readonly (readonly Cell[])[];

/** What is not the same, in words; undefined when all is. */
export function differenceOf(right: Extract<Interpreted, { kind: 'rows' }>, given: Rows): string | undefined {
  const rows = right.mayRepeat ? once(right.rows) : right.rows;
  const ours = right.mayRepeat ? once(given) : given;
  if (rows.length !== ours.length) return `${ours.length} rows instead of ${rows.length}`;
  const width = rows[0]?.length ?? 0;
  if (rows.length > 0 && ours[0]?.length !== width) return `${ours[0]?.length} columns instead of ${width}`;
  const left = [...ours];
  for (const row of rows) {
    const at = left.findIndex((one) => row.every((cell, i) => isSameCell(cell, one[i] ?? null)));
    if (at === -1) return `no row ${JSON.stringify(row)}`;
    left.splice(at, 1);
  }
  return right.sorted === undefined ? undefined : disorder(given, right.sorted);
}

const once = (rows: Rows): Rows => [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];

/** Texts are sorted by each engine's own alphabet. */
function disorder(
  rows: Rows,
  { at, descending }: { readonly at: number; readonly descending: boolean },
): string | undefined {
  const cells = rows.map((row) => row[at] ?? null);
  const numeric = cells.every((cell) => cell === null || (cell !== '' && !Number.isNaN(Number(cell))));
  const dated = cells.every((cell) => cell === null || /^\d{4}-\d\d-\d\d/.test(String(cell)));
  if (!numeric && !dated) return undefined;
  const keys = numeric ? cells.map((cell) => (cell === null ? null : Number(cell))) : cells;
  const wrong = keys.findIndex((cell, i) => i > 0 && order(keys[i - 1] ?? null, cell, descending) > 0);
  return wrong === -1 ? undefined : `row ${wrong + 1} is out of order`;
}
