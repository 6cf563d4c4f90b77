import { identifier } from '../model/sql-text.ts';
import type { AggregatePlan as Plan } from './aggregate-plan.ts';
import type { Group } from './select-groups.ts';
import { bodyOf } from './select-parts.ts';
import { seriesSql } from './series-sql.ts';
import { selectText } from './sql-dialect.ts';

/** One SELECT is enough. */
export const isSingle = ({ groups, filled }: Pick<Plan, 'groups' | 'filled'>): boolean =>
  groups.length === 1 && !filled;

const groupedBy = ({ dimensions }: Group): string =>
  dimensions.length === 0 ? '' : `\nGROUP BY ${dimensions.map(({ sql }) => sql).join(', ')}`;

export const singleBody = (group: Group, conditions: readonly string[]): string =>
  `${bodyOf(group.selection)}${groupedBy(group)}${conditions.length === 0 ? '' : `\nHAVING ${conditions.join(' AND ')}`}`;

/** Groups side by side: along the periods of a series, along all that any of them has, or one row each. */
export function joinedBody(
  { context: { dialect }, groups, first, filled }: Plan,
  conditions: readonly string[],
): string {
  const where = conditions.length > 0 ? `\nWHERE ${conditions.join(' AND ')}` : '';
  if (first.dimensions.length === 0) return `FROM ${groups.map(({ name }) => name).join('\nCROSS JOIN ')}${where}`;
  const spine = filled ? 'periods' : 'spine';
  const joins = groups.map(({ name, dimensions }) => {
    const on = dimensions.map(
      ({ alias }) => `${name}.${identifier(alias)} ${filled ? '=' : dialect.same} ${spine}.${identifier(alias)}`,
    );
    return `LEFT JOIN ${name} ON ${on.join(' AND ')}`;
  });
  return [`FROM ${spine}`, ...joins].join('\n') + where;
}

const indent = (sql: string): string => sql.replace(/^/gm, '  ');

/** The groups as CTEs, with what they are joined along. */
export function cteText(plan: Plan): string {
  if (isSingle(plan)) return '';
  const ctes = [...plan.groups.map((group) => [group.name, groupSql(group)] as const), ...spineOf(plan)];
  return `WITH ${ctes.map(([name, sql]) => `${name} AS (\n${indent(sql)}\n)`).join(', ')}\n`;
}

const groupSql = (group: Group): string =>
  `${selectText([...group.dimensions, ...group.components])}\n${bodyOf(group.selection)}${groupedBy(group)}`;

function spineOf({ reading, context, groups, first, filled }: Plan): readonly (readonly [string, string])[] {
  if (first.dimensions.length === 0) return [];
  if (filled) return [['periods', seriesSql(reading, context, groups)]];
  const keys = first.dimensions.map(({ alias }) => identifier(alias)).join(', ');
  return [['spine', groups.map(({ name }) => `SELECT ${keys} FROM ${name}`).join('\nUNION\n')]];
}
