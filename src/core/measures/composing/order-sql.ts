import { identifier } from '../model/sql-text.ts';
import { unreadable } from '../reading/explore.ts';
import { type Dimension, isMeasure, type Measure, type Reading, sameKey } from '../reading/reading.ts';
import type { Column } from './dimension-columns.ts';
import type { Computed } from './measure-sql.ts';
import type { Group } from './select-groups.ts';
import type { SqlColumn } from './sql-dialects.ts';

/** A measure of the reading with how it is computed. */
export type Measured = { readonly measure: Measure; readonly how: Computed };

export function orderSql(
  reading: Reading,
  columns: readonly SqlColumn[],
  dimensions: readonly Column[],
  measured: readonly Measured[],
  first: Group,
): string | undefined {
  const { order } = reading;
  if (order === undefined) return impliedOrder(reading, columns, dimensions, measured);
  const direction = `${order.descending ? 'DESC' : 'ASC'} NULLS LAST`;
  if (isMeasure(order.by)) {
    const by = order.by;
    const alias = measured.find(({ measure }) => sameKey(measure, by))?.how.alias ?? unreadable();
    const column = columns.find((one) => one.alias === alias) ?? unreadable();
    // Window functions cannot use the name of a column of the same SELECT.
    return `${reading.limit === undefined ? identifier(alias) : column.sql} ${direction}`;
  }
  const index = reading.dimensions.findIndex((one) => sameKey(one, order.by));
  const alias = index === -1 ? undefined : aliasOf(reading.dimensions, index, first);
  const column = columns.find((one) => one.alias === alias) ?? unreadable();
  return reading.limit === undefined ? `${column.sql} ${direction}` : unreadable();
}

/** Series from the first period on, groups from the highest on. */
function impliedOrder(
  { dimensions: asked }: Reading,
  columns: readonly SqlColumn[],
  dimensions: readonly Column[],
  [measure]: readonly Measured[],
): string | undefined {
  const grain = asked.find(({ kind }) => kind === 'grain');
  if (grain?.kind === 'grain') {
    const others = dimensions.filter(({ alias }) => alias !== grain.grain).map(({ alias }) => alias);
    return [grain.grain, ...others].map((alias) => nameInOrder(alias, columns)).join(', ');
  }
  return dimensions.length === 0 || measure === undefined
    ? undefined
    : `${identifier(measure.how.alias)} DESC NULLS LAST`;
}

/** A column that stands for itself has no alias in the SELECT: where two relations have one of its name, it says whose it is. */
function nameInOrder(alias: string, columns: readonly SqlColumn[]): string {
  const sql = columns.find((one) => one.alias === alias)?.sql;
  return sql?.endsWith(`.${identifier(alias)}`) ? sql : identifier(alias);
}

/** The first shown column of a dimension: two of them may have fields of one name. */
function aliasOf(asked: readonly Dimension[], index: number, { dimensions, selection }: Group): string | undefined {
  const place = asked.slice(0, index).reduce((sum, one) => sum + shownColumns(one, selection), 0);
  return dimensions.filter(({ shown }) => shown)[place]?.alias;
}

function shownColumns(one: Dimension, selection: Group['selection']): number {
  if (one.kind !== 'entity') return 1;
  const { label, key } = selection.dataset(one.dataset);
  return one.fields?.length ?? (label ? 1 : key.length);
}
