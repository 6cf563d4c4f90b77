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
  if (order === undefined) return impliedOrder(reading, dimensions, measured);
  const direction = `${order.descending ? 'DESC' : 'ASC'} NULLS LAST`;
  if (isMeasure(order.by)) {
    const by = order.by;
    const alias = measured.find(({ measure }) => sameKey(measure, by))?.how.alias ?? unreadable();
    const column = columns.find((one) => one.alias === alias) ?? unreadable();
    // Window functions cannot use the name of a column of the same SELECT.
    return `${reading.limit === undefined ? identifier(alias) : column.sql} ${direction}`;
  }
  const index = reading.dimensions.findIndex((one) => sameKey(one, order.by));
  const alias = index === -1 ? undefined : aliasOf(reading.dimensions[index], first);
  const column = columns.find((one) => one.alias === alias) ?? unreadable();
  return reading.limit === undefined ? `${column.sql} ${direction}` : unreadable();
}

/** Series from the first period on, groups from the highest on. */
function impliedOrder(
  { dimensions: asked }: Reading,
  dimensions: readonly Column[],
  [measure]: readonly Measured[],
): string | undefined {
  const grain = asked.find(({ kind }) => kind === 'grain');
  if (grain?.kind === 'grain') {
    const others = dimensions.filter(({ alias }) => alias !== grain.grain).map(({ alias }) => alias);
    return [grain.grain, ...others].map(identifier).join(', ');
  }
  return dimensions.length === 0 || measure === undefined
    ? undefined
    : `${identifier(measure.how.alias)} DESC NULLS LAST`;
}

/** The first shown column of a dimension. */
function aliasOf(dimension: Dimension | undefined, { dimensions }: Group): string | undefined {
  if (dimension?.kind === 'grain') return dimension.grain;
  if (dimension?.kind === 'field')
    return dimensions.find(({ alias }) => alias === dimension.field.split('.')[1])?.alias;
  return dimensions.find(({ shown }) => shown)?.alias;
}
