import type { Cell, Column, ResultRows } from '../data/database.ts';

/** A value of the result with its column, which decides how it is formatted. */
export type Figure = { readonly cell: Cell; readonly column: Column };

/** `net_revenue`, `last net_revenue`, `sum net_revenue`, `date at max net_revenue`. */
const placeholder = /^(?:(?<other>\w+) at )?(?:(?<which>last|sum|max|min) )?(?<column>\w+)$/u;

/**
 * The value of a placeholder in a sentence. Undefined when there is no such column or no row, and for figures over all
 * rows when the result was truncated: half a sum is a wrong figure. `cut`: rows of a series that do not cover a whole
 * period.
 */
export function figureOf(name: string, result: ResultRows, cut: ReadonlySet<number> = new Set()): Figure | undefined {
  const { other, which, column: columnName = '' } = placeholder.exec(name)?.groups ?? {};
  const at = result.columns.findIndex((column) => column.name === columnName);
  const shown = other === undefined ? at : result.columns.findIndex((column) => column.name === other);
  const column = result.columns[shown];
  if (at === -1 || column === undefined || result.rows.length === 0) return undefined;
  if (which === undefined) return other === undefined ? { cell: result.rows[0]?.[at] ?? null, column } : undefined;
  if (result.truncated) return undefined;
  if (which === 'sum') return sum(result, at, column);
  const row = which === 'last' ? result.rows.at(-1) : extreme(result, at, which, cut);
  return row === undefined ? undefined : { cell: row[shown] ?? null, column };
}

/** The first row with the highest or lowest number. Skips incomplete periods: half a month is not the lowest month. */
function extreme(
  { rows }: ResultRows,
  at: number,
  which: string,
  cut: ReadonlySet<number>,
): readonly Cell[] | undefined {
  const sign = which === 'max' ? 1 : -1;
  const whole = rows.filter((_, i) => !cut.has(i));
  const numbered = (whole.length > 0 ? whole : rows).filter((row) => isNumber(row[at]));
  return numbered.reduce<readonly Cell[] | undefined>(
    (best, row) => (best !== undefined && sign * Number(best[at]) >= sign * Number(row[at]) ? best : row),
    undefined,
  );
}

/** The sum, rounded to cents, so that floating-point errors do not show. */
function sum(result: ResultRows, at: number, column: Column): Figure | undefined {
  const numbers = result.rows.map((row) => row[at]).filter(isNumber);
  if (numbers.length === 0) return undefined;
  return { cell: Math.round(numbers.reduce<number>((total, value) => total + Number(value), 0) * 100) / 100, column };
}

const isNumber = (cell: Cell | undefined): cell is number | string =>
  typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+(?:\.\d+)?$/u.test(cell));
