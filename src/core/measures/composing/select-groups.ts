import type { Model } from '../model/model.ts';
import { linkTo, reaches } from '../model/paths.ts';
import { piecesOf } from '../model/sql-text.ts';
import { unreadable } from '../reading/explore.ts';
import { isRowFilter, type Reading, type RowOrExists } from '../reading/reading.ts';
import { timeField } from '../reading/time-field.ts';
import type { ComposeContext } from './compose-context.ts';
import { type Column, dimensionColumns, dimensionDatasets, plainName } from './dimension-columns.ts';
import { baseOf, type Computed, componentSql } from './measure-sql.ts';
import { bodyOf, Selection } from './select-parts.ts';
import type { SqlColumn } from './sql-dialect.ts';

/** One SELECT: components that share their rows. */
export type Group = {
  readonly name: string;
  readonly selection: Selection;
  readonly dimensions: readonly Column[];
  readonly components: SqlColumn[];
};

/** Which rows a measure is computed over beside its own: those of the question, of the span before, or of the whole. */
export type RowSet = 'now' | 'before' | 'whole';

type Component = Computed['components'][number];

/** A measure as SQL over the groups, to which its components are added. */
export const placedFormula = (
  how: Computed,
  scope: RowSet,
  reading: Reading,
  context: ComposeContext,
  groups: Group[],
): string =>
  how.formula.replace(/\{(\d+)\}/g, (_, index: string) =>
    placed(how.components[Number(index)] ?? unreadable(), how, scope, reading, context, groups),
  );

/** Puts a component into the SELECT that has its rows, and says how it is called there. */
function placed(
  component: Component,
  how: Computed,
  scope: RowSet,
  reading: Reading,
  context: ComposeContext,
  groups: Group[],
): string {
  const made = selectionFor(component, how, scope, reading, context);
  const same = groups.find(
    (group) => bodyOf(group.selection) === bodyOf(made.selection) && sameColumns(group.dimensions, made.dimensions),
  );
  const { selection, dimensions } = made;
  const group = same ?? { name: nameOf(selection.base, scope, groups), selection, dimensions, components: [] };
  if (same === undefined) groups.push(group);
  const known = group.components.find((one) => one.sql === made.sql);
  if (known !== undefined) return `${group.name}.${known.alias}`;
  const alias = `part_${groups.reduce((sum, one) => sum + one.components.length, 0) + 1}`;
  group.components.push({ alias, sql: made.sql });
  return `${group.name}.${alias}`;
}

type Made = { readonly selection: Selection; readonly dimensions: readonly Column[]; readonly sql: string };

/** A SELECT of its own for a component; the order in which things are joined is the order of the SQL. */
function selectionFor(
  component: Component,
  how: Computed,
  scope: RowSet,
  reading: Reading,
  { model, dialect, today }: ComposeContext,
): Made {
  const filters = reading.filters.filter(isRowFilter).filter((filter) => scope !== 'whole' || filter.kind !== 'values');
  const base = baseOf(model, component, dimensionDatasets(model, reading.dimensions));
  for (const filter of filters) checkFilter(model, component, base, filter);
  const selection = new Selection(model, base, dialect, today);
  const needsTime = reading.time !== undefined || reading.dimensions.some(({ kind }) => kind === 'grain');
  // "stock of products launched in May" says of which day it speaks.
  if (needsTime && how.isCurrent && reading.time?.field === undefined) unreadable();
  const time = needsTime ? timeField(model, reading, component.dataset, how.timeField, base) : undefined;
  const dimensions = dimensionColumns(reading.dimensions, selection, time);
  const sql = componentSql(model, component, selection);
  for (const filter of filters) selection.filter(filter);
  const span = scope === 'before' ? reading.compare : reading.time?.span;
  if (time !== undefined && span !== undefined) selection.during(time, span);
  return { selection, dimensions, sql };
}

const isCount = /^count\b/i;

/**
 * A filter must narrow the rows that are aggregated; "there is a row below" only makes sense where rows are counted or
 * where the question says so: the stock "in Berlin" is not that of all that was ever sold there.
 */
function checkFilter(model: Model, component: Component, base: string, filter: RowOrExists): void {
  const dataset = filter.kind === 'exists' ? filter.dataset : (model.fields.get(filter.field)?.dataset ?? unreadable());
  if (filter.kind !== 'exists' && reaches(model, base, dataset)) return;
  const [first] = linkTo(model, base, dataset) ?? unreadable();
  const isCounted = component.countsRows || (!first?.up && (filter.kind === 'exists' || isCount.test(component.sql)));
  if (base !== component.dataset || !isCounted) unreadable();
}

const sameColumns = (a: readonly Column[], b: readonly Column[]): boolean =>
  a.length === b.length && a.every(({ sql }, i) => sql === b[i]?.sql);

function nameOf(base: string, scope: RowSet, groups: readonly Group[]): string {
  const wanted = plainName(scope === 'now' ? `${base}_part` : `${base}_${scope}`);
  const taken = groups.filter(({ name }) => name.startsWith(wanted)).length;
  return `${wanted}${taken === 0 ? '' : taken + 1}`;
}

/** Puts something in the place of each component of an SQL that `placedFormula` made. */
export function mapComponents(
  sql: string,
  groups: readonly Group[],
  change: (component: SqlColumn, name: string) => string,
): string {
  return piecesOf(sql)
    .map(({ text, names }) => {
      const [group, alias] = names ?? [];
      const found = groups.find(({ name }) => name === group)?.components.find((one) => one.alias === alias);
      return found === undefined ? text : change(found, text);
    })
    .join('');
}
