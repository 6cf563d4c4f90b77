import { add } from '../../language/calendar.ts';
import type { Day, Span } from '../../language/dates.ts';
import type { TimeGrain } from '../lexicon/words.ts';
import type { Model } from '../model/model.ts';
import { identifier } from '../model/sql-text.ts';
import { unreadable } from '../reading/explore.ts';
import type { Reading } from '../reading/reading.ts';
import { timeField } from '../reading/time-field.ts';
import type { ComposeContext } from './compose-context.ts';
import type { Measured } from './order-sql.ts';
import type { Group } from './select-groups.ts';

/** A series over time alone, of which all rows are asked for, shows the empty periods too. */
export const isFilled = (model: Model, reading: Reading, measured: readonly Measured[]): boolean =>
  isWholeSeries(reading) && isDated(model, reading, measured);

const isWholeSeries = ({ dimensions, filters, limit, compare, share, time }: Reading): boolean =>
  dimensions.length === 1 &&
  dimensions[0]?.kind === 'grain' &&
  limit === undefined &&
  compare === undefined &&
  share === undefined &&
  time?.field === undefined &&
  !filters.some(({ kind }) => kind === 'having');

/** Years in a column of numbers have no calendar to fill. */
const isDated = (model: Model, reading: Reading, measured: readonly Measured[]): boolean =>
  measured.every(({ how }) =>
    how.components.every((component) =>
      ['date', 'timestamp'].includes(timeField(model, reading, component.dataset, how.timeField).type),
    ),
  );

/** All periods of the series, from the first to the last that is asked for or known. */
export function seriesSql(reading: Reading, { dialect, today }: ComposeContext, groups: readonly Group[]): string {
  const [dimension] = reading.dimensions;
  const grain: TimeGrain = dimension?.kind === 'grain' ? dimension.grain : unreadable();
  const span = reading.time?.span && shownSpan(reading.time.span, today);
  const bound = (fn: 'min' | 'max'): string => {
    const all = groups.map(({ name }) => `SELECT ${identifier(grain)} FROM ${name}`).join(' UNION ALL ');
    return `(SELECT ${fn}(${identifier(grain)}) FROM (${all}) AS known)`;
  };
  const isOpen = span === undefined || span.start <= '0001-01-01';
  const first = isOpen ? bound('min') : dialect.truncate(grain, dialect.day(span.start));
  const last =
    span === undefined || span.end >= '9999-12-31'
      ? bound('max')
      : dialect.truncate(grain, dialect.day(add(span.end, -1, 'day')));
  return dialect.series(identifier(grain), grain, first, last);
}

/** "this year" ends today: days to come are no gaps. */
const shownSpan = (span: Span, today: Day): Span => {
  const tomorrow = add(today, 1, 'day');
  return span.start < tomorrow && span.end > tomorrow && span.end < '9999-12-31' ? { ...span, end: tomorrow } : span;
};
