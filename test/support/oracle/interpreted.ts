import type { Cell } from '../../../src/core/data/database.ts';
import { order } from './cells.ts';

export type Sorted = { readonly at: number; readonly descending: boolean };

/** The rows that a reading asks for, or why it has no one meaning. */
export type Interpreted =
  | {
      readonly kind: 'rows';
      readonly rows: readonly (readonly Cell[])[];
      /** The place of the column that the rows go by, if they go by one. */
      readonly sorted: Sorted | undefined;
      /** Rows are pairs of things, which may be shown once or once for each time that they meet. */
      readonly mayRepeat?: boolean;
    }
  | { readonly kind: 'refused'; readonly why: string };

/** The first rows, with all that are level with the last of them. */
export function firstOf<T extends { readonly cells: readonly Cell[] }>(
  lines: readonly T[],
  limit: number | undefined,
  sorted: Sorted | undefined,
): readonly T[] {
  if (limit === undefined || sorted === undefined) return lines;
  const { at, descending } = sorted;
  const compare = (a: T, b: T): number => order(a.cells[at] ?? null, b.cells[at] ?? null, descending);
  return lines.filter((line) => lines.filter((other) => compare(other, line) < 0).length < limit);
}
