import { type ColumnValues, createColumnValues } from '../language/column-values.ts';

/** What is known of columns whose values the catalogue does not list, for one question. */
export type LookedUp = {
  /** Columns of which any run of words that are not known otherwise may be a value: to see what is worth looking up. */
  readonly assumed: ReadonlySet<string>;
  /** Values that the database has, by column. */
  readonly found: ReadonlyMap<string, ColumnValues>;
};

export const nothingLookedUp: LookedUp = { assumed: new Set(), found: new Map() };

/** What the database has of the values that a question may name. */
export const lookedUp = (found: ReadonlyMap<string, readonly string[]>): LookedUp => ({
  assumed: new Set(),
  found: new Map([...found].map(([column, values]) => [column, createColumnValues(values)])),
});
