import { identifier } from '../model/sql-text.ts';
import { unreadable } from '../reading/explore.ts';
import type { Reading } from '../reading/reading.ts';
import type { AggregatePlan as Plan } from './aggregate-plan.ts';
import type { ComposeContext } from './compose-context.ts';
import { cteText, isSingle, joinedBody, singleBody } from './joined-groups.ts';
import { measureColumns } from './measure-columns.ts';
import { type Computed, computed } from './measure-sql.ts';
import { orderSql } from './order-sql.ts';
import { type Group, mapComponents, placedFormula, type RowSet } from './select-groups.ts';
import { isFilled } from './series-sql.ts';
import { type OrderItem, type SqlColumn, selectText } from './sql-dialect.ts';

/** Measures, by dimensions or in total: each is aggregated at its own grain before anything is joined. */
export function aggregateSql(reading: Reading, context: ComposeContext): string {
  const plan = planOf(reading, context);
  const { first } = plan;
  const dimensions = first.dimensions.filter(({ shown }) => shown);
  const columns = [...dimensions.map(({ alias, sql }) => dimensionColumn(plan, alias, sql)), ...measuresOf(plan)];
  if (new Set(columns.map(({ alias }) => alias)).size < columns.length) unreadable();
  const conditions = reading.filters.flatMap((filter) =>
    filter.kind === 'having'
      ? [`${formulaSql(plan, computed(context.model, filter.measure), 'now')} ${filter.op} ${filter.value}`]
      : [],
  );
  const order = orderSql(reading, columns, dimensions, plan.measured, first, context.dialect);
  const body = isSingle(plan) ? singleBody(first, conditions) : joinedBody(plan, conditions);
  return cteText(plan) + finished(plan, columns, body, order);
}

function planOf(reading: Reading, context: ComposeContext): Plan {
  const isSeries = reading.dimensions.some(({ kind }) => kind === 'grain');
  if (reading.limit !== undefined && reading.order === undefined) unreadable();
  if (reading.compare && (reading.share || isSeries)) unreadable();
  const measured = reading.metrics.map((measure) => ({ measure, how: computed(context.model, measure) }));
  if (reading.share !== undefined && !measured.every(({ how }) => addsUp(how))) unreadable();
  const groups: Group[] = [];
  const formulas = new Map<string, string>();
  for (const scope of scopesOf(reading))
    for (const { how } of measured)
      formulas.set(`${how.alias} ${scope}`, placedFormula(how, scope, reading, context, groups));
  return {
    reading,
    context,
    measured,
    groups,
    first: groups[0] ?? unreadable(),
    filled: isFilled(context.model, reading, measured),
    formula: ({ alias }, scope) => formulas.get(`${alias} ${scope}`) ?? unreadable(),
  };
}

/** Parts of it make the whole: averages, rates and numbers of different values have none. */
const addsUp = ({ formula, components }: Computed): boolean =>
  /^[\s{}\d+()-]+$/.test(formula) && components.every(({ additive, countsRows }) => additive || countsRows);

const scopesOf = ({ compare, share }: Reading): readonly RowSet[] =>
  compare ? ['now', 'before'] : share === 'part' ? ['now', 'whole'] : ['now'];

function dimensionColumn(plan: Plan, alias: string, sql: string): SqlColumn {
  if (isSingle(plan)) return { alias, sql };
  const from = plan.filled ? 'periods' : plan.groups.length === 1 ? plan.first.name : 'spine';
  return { alias, sql: `${identifier(from)}.${identifier(alias)}` };
}

const measuresOf = (plan: Plan): readonly SqlColumn[] =>
  plan.measured.flatMap(({ how }) =>
    measureColumns(how, plan.reading, (scope) => formulaSql(plan, how, scope), plan.context.dialect),
  );

/** In a single SELECT the components stand where they are used; side by side, sums and counts of nothing are 0. */
function formulaSql(plan: Plan, how: Computed, scope: RowSet): string {
  const sql = plan.formula(how, scope);
  if (isSingle(plan)) return mapComponents(sql, plan.groups, (component) => component.sql);
  return mapComponents(sql, plan.groups, (component, name) =>
    /^(?:sum|count)\(/i.test(component.sql) ? `coalesce(${name}, 0)` : name,
  );
}

function finished(
  { reading, context }: Plan,
  columns: readonly SqlColumn[],
  body: string,
  order: readonly OrderItem[],
): string {
  if (reading.limit !== undefined)
    return context.dialect.firstRows(columns, body, order[0] ?? unreadable(), reading.limit);
  const orderBy = order.map(context.dialect.ordered).join(', ');
  return `${selectText(columns)}\n${body}${orderBy === '' ? '' : `\nORDER BY ${orderBy}`}`;
}
