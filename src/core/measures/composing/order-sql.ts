import { identifier } from '../model/sql-text.ts';
import { unreadable } from '../reading/explore.ts';
import { type Dimension, isMeasure, type Measure, type Reading, sameKey } from '../reading/reading.ts';
import type { Column } from './dimension-columns.ts';
import type { Computed } from './measure-sql.ts';
import type { Group } from './select-groups.ts';
import type { OrderItem, SqlColumn, SqlDialect } from './sql-dialect.ts';

/** A measure of the reading with how it is computed. */
export type Measured = { readonly measure: Measure; readonly how: Computed };

export function orderSql(
  reading: Reading,
  columns: readonly SqlColumn[],
  dimensions: readonly Column[],
  measured: readonly Measured[],
  first: Group,
  dialect: SqlDialect,
): readonly OrderItem[] {
  const { order } = reading;
  if (order === undefined) return impliedOrder(reading, columns, dimensions, measured, dialect);
  if (isMeasure(order.by)) {
    const by = order.by;
    const alias = measured.find(({ measure }) => sameKey(measure, by))?.how.alias ?? unreadable();
    const column = columns.find((one) => one.alias === alias) ?? unreadable();
    // Window functions cannot use the name of a column of the same SELECT.
    const sql = reading.limit === undefined && dialect.ordersByName ? identifier(alias) : column.sql;
    return [{ sql, descending: order.descending }];
  }
  const index = reading.dimensions.findIndex((one) => sameKey(one, order.by));
  const alias = index === -1 ? undefined : aliasOf(reading.dimensions, index, first);
  const column = columns.find((one) => one.alias === alias) ?? unreadable();
  return reading.limit === undefined ? [{ sql: column.sql, descending: order.descending }] : unreadable();
}

/** Series from the first period on, groups from the highest on. */
function impliedOrder(
  { dimensions: asked }: Reading,
  columns: readonly SqlColumn[],
  dimensions: readonly Column[],
  [measure]: readonly Measured[],
  dialect: SqlDialect,
): readonly OrderItem[] {
  const grain = asked.find(({ kind }) => kind === 'grain');
  if (grain?.kind === 'grain') {
    const others = dimensions.filter(({ alias }) => alias !== grain.grain).map(({ alias }) => alias);
    return [grain.grain, ...others].map((alias) => ({ sql: nameInOrder(alias, columns, dialect), descending: false }));
  }
  return dimensions.length === 0 || measure === undefined
    ? []
    : [{ sql: identifier(measure.how.alias), descending: true }];
}

/** A column that stands for itself has no alias in the SELECT: where two relations have one of its name, it says whose it is. */
function nameInOrder(alias: string, columns: readonly SqlColumn[], { ordersByName }: SqlDialect): string {
  const sql = columns.find((one) => one.alias === alias)?.sql;
  return sql !== undefined && (!ordersByName || sql.endsWith(`.${identifier(alias)}`)) ? sql : identifier(alias);
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
