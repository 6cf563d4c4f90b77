import type { Cell, Column, ResultRows } from '../data/database.ts';
import type { Chart } from './chart.ts';
import { shortenTimes } from './shorten-times.ts';

/** What the verified query, or the person, asks for. `auto`: decide from the shape of the rows. */
export type ChartHint = 'auto' | 'none' | Chart['kind'];

const maxSeries = 6;
const maxBars = 20;
const maxSlices = 6;
/** Beyond this a line is a smear and a PNG cannot be read either. */
const maxPoints = 1000;

/**
 * The chart that shows these rows best, or none. Time on the first axis gives a line, up to 20 categories give bars,
 * a pie is drawn only when asked for and when its slices are few and large enough. Rows are drawn as they are, never
 * aggregated or cut. A truncated result is not drawn at all, because its picture would mislead. An empty title is replaced
 * by one made from the columns.
 */
export function chooseChart(result: ResultRows, hint: ChartHint, title: string): Chart | undefined {
  if (hint === 'none' || result.truncated || result.rows.length < 2) return undefined;
  const shape = shapeOf(result, hint !== 'auto');
  if (shape === undefined || !shape.series.some(({ values }) => values.some((value) => value !== null)))
    return undefined;
  const kind = kindOf(shape, hint);
  return kind === undefined ? undefined : { kind, title: title === '' ? titleOf(shape) : title, ...drawn(shape) };
}

/** `Net revenue by month`, for a question that nobody gave a title. */
function titleOf({ yLabel, xLabel, series }: Shape): string {
  const figures = yLabel === '' ? series.map(({ name }) => name).join(', ') : yLabel;
  const title = xLabel === '' ? figures : `${figures} by ${xLabel}`;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

type Shape = Omit<Chart, 'kind' | 'title'> & { readonly isTime: boolean };

const drawn = ({ isTime: _, ...rest }: Shape): Omit<Shape, 'isTime'> => rest;

function kindOf(shape: Shape, hint: ChartHint): Chart['kind'] | undefined {
  const points = shape.categories.length;
  if (points > maxPoints) return undefined;
  if (hint === 'line' || hint === 'area') return hint;
  if (hint === 'pie' && isShare(shape)) return 'pie';
  if (shape.isTime && (hint === 'auto' || points > maxBars)) return 'line';
  return points <= maxBars ? 'bar' : undefined;
}

const isShare = ({ series, categories }: Shape): boolean =>
  series.length === 1 && categories.length <= maxSlices && (series[0]?.values ?? []).every((value) => (value ?? 0) > 0);

/**
 * Two shapes can be drawn: one column of labels with up to six columns of figures, and (time, label, figure) triples,
 * which become one line for each label. A list with several label columns is drawn by its first one, but only when
 * somebody asked for a chart (`isAsked`).
 */
function shapeOf({ columns, rows }: ResultRows, isAsked: boolean): Shape | undefined {
  const roles = columns.map((column, index) =>
    roleOf(
      column,
      rows.map((row) => row[index] ?? null),
    ),
  );
  const at = (role: Role): readonly number[] => roles.flatMap((each, index) => (each === role ? [index] : []));
  const [times, labels, measures] = [at('time'), at('label'), at('measure')];
  const [time, label, measure] = [times[0], labels[0], measures[0]];
  if (measure === undefined || times.length > 1) return undefined;
  if (time !== undefined && labels.length === 0) return wide(columns, rows, time, measures, true);
  if (time === undefined && label !== undefined && (labels.length === 1 || isAsked))
    return wide(columns, rows, label, measures, false);
  if (time !== undefined && labels.length === 1 && label !== undefined && measures.length === 1)
    return long(columns, rows, { time, label, measure });
  return undefined;
}

type Role = 'time' | 'label' | 'measure' | 'key';

const isNumeric = (column: Column): boolean => column.type === 'integer' || column.type === 'number';
const keyName = /(^|_)(id|uuid|key|code|zip|postcode|phone|sku)$/i;
const periodName = /^(year|quarter|month|week|day|date|hour)(_?(start|of|no|number))?$/i;
const periodText = /^\d{4}(-(\d{2}|Q[1-4]|W\d{2})(-\d{2})?)?$/;

function roleOf(column: Column, values: readonly Cell[]): Role {
  if (column.type === 'date' || column.type === 'timestamp') return 'time';
  if (keyName.test(column.name)) return 'key';
  if (periodName.test(column.name)) return isNumeric(column) || isPeriods(values) ? 'time' : 'label';
  if (isNumeric(column)) return 'measure';
  return isPeriods(values) ? 'time' : 'label';
}

const isPeriods = (values: readonly Cell[]): boolean =>
  values.every((value) => typeof value === 'string' && periodText.test(value));

type Rows = ResultRows['rows'];

function wide(columns: readonly Column[], rows: Rows, axis: number, measures: readonly number[], isTime: boolean) {
  const categories = rows.map((row) => text(row[axis] ?? null));
  if (new Set(categories).size !== categories.length) return undefined;
  const order = isTime ? sortedBy(categories) : categories.map((_, index) => index);
  const series = comparable(columns, rows, measures).map(({ name, values }) => ({
    name,
    values: order.map((index) => values[index] ?? null),
  }));
  const named = order.map((index) => categories[index] ?? '');
  const yLabel = series.length === 1 ? (series[0]?.name ?? '') : '';
  return { categories: isTime ? shortenTimes(named) : named, series, xLabel: label(columns[axis]), yLabel, isTime };
}

/**
 * Counts and amounts do not share an axis, nor do figures of very different size: only figures of the first one's type
 * and within a factor of 50 of it are drawn.
 */
function comparable(columns: readonly Column[], rows: Rows, measures: readonly number[]) {
  const all = measures.map((index) => ({
    name: label(columns[index]),
    values: rows.map((row) => figure(row[index] ?? null)),
  }));
  const size = (values: readonly (number | null)[]): number => Math.max(...values.map((value) => Math.abs(value ?? 0)));
  const first = size(all[0]?.values ?? []);
  const type = columns[measures[0] ?? 0]?.type;
  const alike = all.filter(
    ({ values }, at) =>
      columns[measures[at] ?? 0]?.type === type && size(values) <= first * 50 && first <= size(values) * 50,
  );
  return alike.slice(0, maxSeries);
}

function long(columns: readonly Column[], rows: Rows, at: { time: number; label: number; measure: number }) {
  const times = [...new Set(rows.map((row) => text(row[at.time] ?? null)))].sort();
  const names = [...new Set(rows.map((row) => text(row[at.label] ?? null)))];
  if (names.length > maxSeries || times.length < 2) return undefined;
  const cells = new Map(rows.map((row) => [keyOf(row[at.time], row[at.label]), figure(row[at.measure] ?? null)]));
  if (cells.size !== rows.length) return undefined;
  const series = names.map((name) => ({ name, values: times.map((time) => cells.get(keyOf(time, name)) ?? null) }));
  const axes = { xLabel: label(columns[at.time]), yLabel: label(columns[at.measure]) };
  return { categories: shortenTimes(times), series, ...axes, isTime: true };
}

const keyOf = (time: Cell | undefined, name: Cell | undefined): string =>
  JSON.stringify([text(time ?? null), text(name ?? null)]);
const text = (cell: Cell): string => (cell === null || cell === '' ? '–' : String(cell));
const label = (column: Column | undefined): string => (column?.name ?? '').replaceAll('_', ' ').trim();

function figure(cell: Cell): number | null {
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function sortedBy(categories: readonly string[]): readonly number[] {
  const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
  return categories.map((_, index) => index).sort((a, b) => compare(categories[a] ?? '', categories[b] ?? ''));
}
