import { stem } from '../../language/tokens.ts';
import type { Field, Model } from '../model/model.ts';
import { nearestBase } from '../model/paths.ts';
import { unreadable } from '../reading/explore.ts';
import { type Dimension, isRowFilter, type Key, type Reading } from '../reading/reading.ts';
import { timeField } from '../reading/time-field.ts';
import type { ComposeContext } from './compose-context.ts';
import { bodyOf, Selection } from './select-parts.ts';
import { type SqlColumn, selectText } from './sql-dialect.ts';

/** Rows without measures: what a reading without metrics comes to. */
export function listSql(reading: Reading, context: ComposeContext): string {
  const { model, dialect } = context;
  if (reading.share || reading.compare || reading.root === undefined) unreadable();
  const fields = reading.dimensions.flatMap((one) => shownFields(model, one));
  const order = reading.order && fieldOfKey(model, reading.order.by);
  const needed = [...fields, ...(order ? [order] : [])].map(({ dataset }) => dataset);
  const base = nearestBase(model, reading.root, needed) ?? unreadable();
  const selection = new Selection(model, base, dialect, context.today);
  for (const filter of reading.filters.filter(isRowFilter)) selection.filter(filter);
  if (reading.time?.span) selection.during(timeField(model, reading, reading.root, undefined), reading.time.span);
  const columns = named(fields.map((field) => ({ alias: field.name, sql: selection.field(field), field })));
  const by = order && { sql: selection.field(order), descending: reading.order?.descending === true };
  const body = bodyOf(selection);
  if (reading.limit !== undefined) return dialect.firstRows(columns, body, by ?? unreadable(), reading.limit);
  const select = `${selectText(columns, reading.distinct)}\n${body}`;
  if (by === undefined) return select;
  if (reading.distinct && !fields.some((field) => field.id === order?.id)) unreadable();
  return `${select}\nORDER BY ${dialect.ordered(by)}`;
}

function shownFields(model: Model, dimension: Dimension): readonly Field[] {
  if (dimension.kind === 'grain') return unreadable();
  if (dimension.kind === 'field') return [model.fields.get(dimension.field) ?? unreadable()];
  const dataset = model.datasets.get(dimension.dataset) ?? unreadable();
  if (dimension.fields) return dimension.fields.map((id) => model.fields.get(id) ?? unreadable());
  if (dataset.label) return [dataset.label];
  const keys = dataset.fields.filter(({ name }) => dataset.key.includes(name));
  return keys.length > 0 && keys.length === dataset.key.length ? keys : unreadable();
}

function fieldOfKey(model: Model, key: Key): Field {
  if (key.kind === 'field') return model.fields.get(key.field) ?? unreadable();
  if (key.kind === 'entity') return model.datasets.get(key.dataset)?.label ?? unreadable();
  return unreadable();
}

/** Aliases that are taken get the dataset in front. */
function named<T extends SqlColumn & { readonly field: Field }>(columns: readonly T[]): readonly T[] {
  return columns.map((column, i) =>
    columns.some((other, j) => j !== i && other.alias === column.alias)
      ? { ...column, alias: `${stem(column.field.dataset)}_${column.alias}` }
      : column,
  );
}
