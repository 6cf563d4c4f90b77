import type { Locale } from '../base/namespace.ts';
import type { Chart } from '../charts/chart.ts';
import type { Cell, ResultRows } from '../data/database.ts';
import { type CutBucket, cutBuckets, type Series } from '../language/buckets.ts';
import { allTime } from '../language/calendar.ts';
import type { Day } from '../language/dates.ts';
import { bucketText, dayText, lastDayOf } from '../language/period-text.ts';
import { textsFor } from '../texts/texts-for.ts';

/** A row of a series whose period is cut by the range asked for, or not over yet. */
export type CutRow = {
  readonly row: number;
  readonly column: number;
  /** The part that is included: "to 31 Oct 2026". */
  readonly part: string;
};

/** The incomplete rows of a series, with the texts that say so. */
export type CutSeries = {
  readonly rows: readonly CutRow[];
  /** Indexes of these rows, so that figures are taken from whole periods only. */
  readonly numbers: ReadonlySet<number>;
  /** A sentence that names the incomplete periods; empty when there are none. */
  readonly note: string;
  /** Explains the star next to a name. */
  readonly legend: string;
};

const none: CutSeries = { rows: [], numbers: new Set(), note: '', legend: '' };

/** The first day of a bucket, from a date, a time or a year. */
const dayOf = (cell: Cell | undefined): Day | undefined =>
  /^\d{4}$/.test(String(cell)) ? `${cell}-01-01` : /^\d{4}-\d\d-\d\d/.exec(String(cell ?? ''))?.[0];

/** Finds the rows of a series that do not cover a whole day, week, month, quarter or year. */
export function findCutRows(series: Series | undefined, result: ResultRows, today: Day, locale: Locale): CutSeries {
  const column = series === undefined ? -1 : columnOf(series, result);
  if (series === undefined || column === -1 || result.truncated) return none;
  const days = result.rows.map((row) => dayOf(row[column]));
  const buckets = [...new Set(days.filter((day) => day !== undefined))];
  const cut = cutBuckets(buckets, series.grain, series.span, today);
  if (cut.length === 0) return none;
  const rows = days.flatMap((day, row) => {
    const found = cut.find(({ bucket }) => bucket === day);
    return found === undefined ? [] : [{ row, column, part: partText(found, locale) }];
  });
  const named = cut.map((one) => [bucketText(one.bucket, series.grain, locale), partText(one, locale)] as const);
  const texts = textsFor(locale);
  const numbers = new Set(rows.map(({ row }) => row));
  return { rows, numbers, note: texts.notWhole(named), legend: texts.notWholeLegend };
}

/** Index of the series' column by name, else of the first date column. */
function columnOf({ column }: Series, { columns }: ResultRows): number {
  const named = columns.findIndex(({ name }) => name === column);
  return named !== -1 ? named : columns.findIndex(({ type }) => type === 'date' || type === 'timestamp');
}

function partText({ bucket, start, end }: CutBucket, locale: Locale): string {
  const texts = textsFor(locale);
  const [first, last] = [dayText(start, locale), dayText(lastDayOf(end), locale)];
  if (start === bucket || start === allTime.start) return texts.until(last);
  return start <= bucket ? texts.until(last) : texts.from(first);
}

/** Marks incomplete periods in a chart with a star. */
export function withCutMarks(
  chart: Chart | undefined,
  { rows, legend }: CutSeries,
  result: ResultRows,
): Chart | undefined {
  if (chart === undefined || rows.length === 0) return chart;
  const isCut = (category: string): boolean =>
    rows.some(({ row, column }) => String(result.rows[row]?.[column] ?? '').startsWith(category));
  const categories = chart.categories.map((category) => (isCut(category) ? `${category} *` : category));
  return { ...chart, categories, xLabel: `${chart.xLabel} (${legend})`.trim() };
}

/** Appends the note on incomplete periods to a sentence. */
export const withNote = (text: string, { note }: CutSeries): string =>
  `${text}${note === '' || text.endsWith('。') ? '' : ' '}${note}`;

/** The fields of an answer that describe its series. */
export const seriesOf = (
  series: Series | undefined,
  { rows }: CutSeries,
): { readonly series?: Series; readonly cut?: readonly CutRow[] } => ({
  ...(series === undefined ? {} : { series }),
  ...(rows.length === 0 ? {} : { cut: rows }),
});
