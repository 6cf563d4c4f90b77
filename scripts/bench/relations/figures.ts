import type { Cell } from '../../../src/core/data/database.ts';
import type { Answer } from './answers.ts';
import type { Rows } from './open-asked.ts';

const isFigure = (cell: Cell | undefined): boolean =>
  cell !== null && cell !== undefined && cell !== '' && !Number.isNaN(Number(cell));

/** The single figure of an answer; NULL counts as 0. */
export function figureOf({ rows }: Answer): number | undefined {
  const [row, ...more] = rows ?? [];
  if (row === undefined || more.length > 0 || row.length !== 1) return undefined;
  const [cell = null] = row;
  return cell === null ? 0 : isFigure(cell) ? Number(cell) : undefined;
}

/** The last column of a grouped answer, as figures. */
export function figuresOf({ rows }: Answer): readonly number[] | undefined {
  if (rows === undefined || rows.some((row) => row.length < 2)) return undefined;
  const cells = rows.map((row) => row.at(-1) ?? null);
  return cells.every((cell) => cell === null || isFigure(cell)) ? cells.map(Number) : undefined;
}

export const sum = (figures: readonly number[]): number => figures.reduce((all, one) => all + one, 0);

export const isNear = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 0.011 + 1e-9 * Math.max(Math.abs(a), Math.abs(b));

const cellKey = (cell: Cell): string => (isFigure(cell) ? String(Number(Number(cell).toPrecision(9))) : String(cell));

/** The same rows, in whatever order. */
export function areSame(a: Rows, b: Rows): boolean {
  const keys = (rows: Rows): string =>
    rows
      .map((row) => row.map(cellKey).join('|'))
      .sort()
      .join('\n');
  return a.length === b.length && keys(a) === keys(b);
}

/** Different values add up to nothing. */
const isDistinct = ({ sql }: Answer): boolean => /count\(distinct/i.test(sql ?? '');

/** The difference when the parts do not add up to the whole. */
export const sumIs = (parts: Answer, whole: Answer): string | undefined => {
  const [all, of] = [figuresOf(parts), figureOf(whole)];
  if (all === undefined || of === undefined || isDistinct(parts) || all.length >= 20_000) return undefined;
  return isNear(sum(all), of) ? undefined : `parts add up to ${sum(all)}, the whole is ${of}`;
};

/** Whether the text says that a bucket or a period is incomplete. */
export const isMarked = ({ said }: Answer): boolean =>
  /so far|to date|until|up to|partial|incomplete|unfinished|not whole|截至|不完整/i.test(said);

/** The difference when two answers have different rows. */
export const sameRows = (one: Answer, other: Answer): string | undefined =>
  one.rows === undefined || other.rows === undefined || areSame(one.rows, other.rows)
    ? undefined
    : `${JSON.stringify(one.rows.slice(0, 3))} is not ${JSON.stringify(other.rows.slice(0, 3))}`;
