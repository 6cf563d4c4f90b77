import type { CatalogueColumn } from '../../core/data/catalogue.ts';

/** People name values of columns with few of them; columns with more distinct values get none. */
export const maxDistinct = 200;
/** Longest value kept, in characters: longer ones are prose. */
const maxLength = 100;
/** Tables of up to this many rows are read in full; for larger ones the planner's statistics are used. */
export const readInFull = 200_000;
/** Values of a column; `complete` when there are no others. */
export type Values = { readonly values: readonly string[]; readonly complete: boolean };

/** A column with its values; unchanged when none were found. */
export const withValues = (column: CatalogueColumn, found: Values | undefined): CatalogueColumn =>
  found === undefined ? column : { ...column, values: found.values, valuesComplete: found.complete };

/** Mail addresses and phone numbers are never listed. */
export const isPersonal = (values: readonly string[]): boolean =>
  values.length > 0 && values.every((value) => /^\S+@\S+\.\S+$|^\+?[\d\s()./-]{7,}$/.test(value));

/** Drops long values, which are prose; the list is then incomplete. */
export function keepShort(values: readonly string[]): Values {
  const short = values.filter((value) => value.length <= maxLength);
  return { values: short, complete: short.length === values.length };
}
