import type { Catalogue } from '../../data/catalogue.ts';
import type { OssieModel } from './ossie.ts';
import { resolveModel } from './resolve-model.ts';
import { identifier, qualify } from './sql-text.ts';

/** A column with more names than this is not one whose rows people name. */
const maxNames = 2000;

export type ValueQuery = { readonly field: string; readonly sql: string; readonly maxRows: number };

/**
 * The SELECTs that read what rows are called ("Ember Kettle"), where the catalogue has no values because no two rows
 * share a name. One row more than `maxRows` means that there are too many.
 */
export function labelQueries(model: OssieModel, catalogue: Catalogue): readonly ValueQuery[] {
  return [...resolveModel(model, catalogue).model.datasets.values()].flatMap(
    ({ name, source, columns, label, hidden }) => {
      if (hidden || label === undefined || label.hidden || label.type !== 'text' || label.values.length > 0) return [];
      const value = qualify(label.expression, columns, name);
      const sql = `SELECT DISTINCT ${value} AS value FROM ${source} AS ${identifier(name)} WHERE ${value} IS NOT NULL LIMIT ${maxNames + 1}`;
      return [{ field: label.id, sql, maxRows: maxNames }];
    },
  );
}

/** Values by field, from the rows of those queries: none where there are too many. */
export const labelValues = (
  read: readonly { readonly query: ValueQuery; readonly rows: readonly (readonly unknown[])[] }[],
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    read.flatMap(({ query, rows }) =>
      rows.length > query.maxRows ? [] : [[query.field, rows.map(([value]) => String(value))] as const],
    ),
  );
