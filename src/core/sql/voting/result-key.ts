import type { Cell } from '../../data/database.ts';

/** Rows as any engine returns them. Column names play no part in the comparison. */
export type ResultCells = readonly (readonly Cell[])[];

/** Keys to compare results by. */
export type ResultKey = {
  /** Equal for results with the same rows in any order. */
  readonly rows: string;
  /** Equal for results with the same rows in the same order. */
  readonly inOrder: string;
};

/** Digits of a number that count; engines and ways of summing differ in the last ones. */
const digits = 9;

/**
 * What a result holds, for comparison: columns in any order, numbers to nine digits, `1` equal to `"1"` and `true`
 * equal to 1, because engines and casts differ there.
 */
export function resultKey(rows: ResultCells): ResultKey {
  const cells = rows.map((row) => row.map(cellKey));
  const columns = (cells[0] ?? []).map((_, at) => at);
  const content = new Map(columns.map((at) => [at, JSON.stringify(cells.map((row) => row[at]).sort())]));
  const order = columns.sort((a, b) => compare(content.get(a), content.get(b)) || a - b);
  const lines = cells.map((row) => JSON.stringify(order.map((at) => row[at])));
  return { inOrder: lines.join('\n'), rows: lines.toSorted().join('\n') };
}

/** No rows, or nothing but NULL in them. */
export const isEmptyResult = (rows: ResultCells): boolean => rows.every((row) => row.every((cell) => cell === null));

function cellKey(cell: Cell): string {
  if (cell === null) return 'null';
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  const number = typeof cell === 'number' ? cell : /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : undefined;
  return number === undefined ? `"${cell}` : String(Number(number.toPrecision(digits)));
}

const compare = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
