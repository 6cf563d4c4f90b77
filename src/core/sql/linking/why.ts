import type { CatalogueIndex } from './index-catalogue.ts';
import type { Scores } from './score.ts';

/** Why a table is in the prompt. All empty and false: there was room left. */
export type WhyTable = {
  /** Words of the question (stems) that its names, comments and values account for, surest first. */
  readonly words: readonly string[];
  /** Values of its columns that the question seems to name. */
  readonly values: readonly { readonly column: string; readonly value: string }[];
  /** Better fitting tables that it joins, as `schema.table`. */
  readonly joins: readonly string[];
  /** The thread has used it. */
  readonly previous: boolean;
};

/** A value counts as named when this much of it occurs in the question. */
const namedShare = 0.6;

/** The reasons for one table, by its place in the index. */
export function whyTable(table: number, index: CatalogueIndex, scores: Scores, previous: boolean): WhyTable {
  const own = scores.tables[table] ?? 0;
  return {
    words: scores.wordsOf(table),
    values: (index.itemsOf[table] ?? [])
      .flatMap((item) => index.items[item]?.columns ?? [])
      .flatMap((column) =>
        scores
          .valuesOf(column)
          .filter(({ share }) => share >= namedShare)
          .map(({ value }) => ({ column: index.columns[column]?.column.name ?? '', value })),
      ),
    joins: (index.neighbours[table] ?? [])
      .filter((other) => (scores.tables[other] ?? 0) > own)
      .flatMap((other) => index.tables[other] ?? [])
      .map(({ schema, name }) => `${schema}.${name}`),
    previous,
  };
}
