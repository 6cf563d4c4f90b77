import type { CatalogueColumn } from '../../core/data/catalogue.ts';

/** A column with more distinct values than this is not one whose values people name. */
export const maxDistinct = 200;
/** Longest value kept, in characters: longer ones are prose. */
const maxLength = 100;
/** Tables of up to this many rows are read in full; of larger ones the planner's statistics are used. */
export const readInFull = 200_000;
export type Values = { readonly values: readonly string[]; readonly complete: boolean };

export const withValues = (column: CatalogueColumn, found: Values | undefined): CatalogueColumn =>
  found === undefined ? column : { ...column, values: found.values, valuesComplete: found.complete };

/** Mail addresses and phone numbers are nobody's vocabulary. */
export const isPersonal = (values: readonly string[]): boolean =>
  values.length > 0 && values.every((value) => /^\S+@\S+\.\S+$|^\+?[\d\s()./-]{7,}$/.test(value));

export function keepShort(values: readonly string[]): Values {
  const short = values.filter((value) => value.length <= maxLength);
  return { values: short, complete: short.length === values.length };
}
