import { fromWholeBucket, type Series, wholeBuckets } from '../../language/buckets.ts';
import { allTime, isAllTime } from '../../language/calendar.ts';
import type { Day, Span } from '../../language/dates.ts';
import { eventTime, takesPart } from '../model/events.ts';
import type { Model } from '../model/model.ts';
import type { Measure, Reading } from './reading.ts';
import { measuredDatasets } from './term-keys.ts';

const grainOf = ({ dimensions }: Reading) => dimensions.flatMap((one) => (one.kind === 'grain' ? [one.grain] : []))[0];

/** It counts or sums what happens on a date: not what is there, as customers and a stock are. */
function isOfEvents(model: Model, one: Measure): boolean {
  const metric = one.kind === 'metric' ? model.metrics.get(one.metric) : undefined;
  if (metric?.isCurrent || metric?.isOfAllTime) return false;
  if (metric?.timeField !== undefined) return true;
  return measuredDatasets(model, [one]).every(
    (name) => eventTime(model, name) !== undefined && !takesPart(model, name),
  );
}

/** A reading that names no period, in the one that goes without saying. Undefined where none does. */
export function withDefaultPeriod(reading: Reading, span: Span, model: Model): Reading | undefined {
  const { metrics, filters, time, compare } = reading;
  const measures = [...metrics, ...filters.flatMap((one) => (one.kind === 'having' ? [one.measure] : []))];
  const isNamed = time !== undefined || compare !== undefined || filters.some((one) => one.kind === 'exists');
  if (isNamed || measures.length === 0 || !measures.every((one) => isOfEvents(model, one))) return undefined;
  const grain = grainOf(reading);
  return { ...reading, time: { span: grain === undefined ? span : fromWholeBucket(span, grain) } };
}

/** Which month was the best: of those that are whole. Undefined where nothing is left out by it. */
export function ofWholeBuckets(reading: Reading, today: Day): Reading | undefined {
  const grain = grainOf(reading);
  if (grain === undefined || reading.limit === undefined) return undefined;
  const asked = reading.time?.span ?? allTime;
  const span = wholeBuckets(asked, grain, today);
  const isSame = span === undefined || (span.start === asked.start && span.end === asked.end);
  return isSame ? undefined : { ...reading, time: { ...reading.time, span } };
}

/** The series that the rows of a reading are. */
export function seriesOf(reading: Reading): Series | undefined {
  const grain = grainOf(reading);
  const whole = reading.time?.span ?? allTime;
  const span = isAllTime(whole) ? undefined : whole;
  return grain && { column: grain, grain, span };
}
