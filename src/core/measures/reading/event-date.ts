import { isAllTime } from '../../language/calendar.ts';
import { eventsOf, takesPart } from '../model/events.ts';
import type { Field, Metric, Model } from '../model/model.ts';
import { nearestBase, reaches } from '../model/paths.ts';
import { type Choice, unreadable } from './explore.ts';
import { datasetOf } from './read-dimensions.ts';
import type { Measure, Reading } from './reading.ts';
import type { ReadingDraft } from './reading-draft.ts';
import { measuredDatasets } from './term-keys.ts';

/** Events that are offered where it is open which one is meant. */
const offered = 3;
/** What the words leave open costs more than what they say: "items sold" are no items of which a date is missing. */
const isOpen = 0.8;

const hasGrain = ({ dimensions }: Reading): boolean => dimensions.some(({ kind }) => kind === 'grain');
const isDated = (reading: Reading): boolean =>
  hasGrain(reading) || (reading.time?.span !== undefined && !isAllTime(reading.time.span));

/**
 * The date that a period or a grain goes by, where the model leaves it open. "customers in May" are those who joined or
 * those who ordered; orders with two dates go by the one or the other: each is a reading, and the person is asked.
 */
export function withEventDate(draft: ReadingDraft, reading: Reading, cost = isOpen): Reading {
  if (!isDated(reading) || reading.time?.field !== undefined) return reading;
  const { model } = draft;
  const conditions = reading.filters.flatMap((one) => (one.kind === 'having' ? [one.measure] : []));
  const measures = [...reading.metrics, ...conditions];
  const found = measures.length === 0 ? [reading.root ?? unreadable()] : measuredDatasets(model, measures);
  const datasets = [...new Set(found)];
  const things = datasets.filter((name) => takesPart(model, name) && isOwnGrain(model, reading, name));
  if (things.length > 0) return ofThings(draft, reading, things, cost);
  const [only, ...more] = datasets;
  const times = only === undefined ? [] : timesOf(model, only);
  if (times.length < 2 || more.length > 0 || isTimed(model, reading)) return reading;
  return draft.choose(
    open(
      times.map((field) => byField(reading, field)),
      cost,
    ),
  );
}

/** Nothing is grouped by that would take the rows of an event. */
function isOwnGrain(model: Model, { dimensions }: Reading, dataset: string): boolean {
  const needed = dimensions.flatMap((one) => datasetOf(model, one) ?? []);
  return nearestBase(model, dataset, needed) === dataset;
}

const isTimed = (model: Model, { metrics }: Reading): boolean =>
  metrics.some((one) => one.kind === 'metric' && model.metrics.get(one.metric)?.timeField !== undefined);

const isCurrent = (model: Model, { metrics }: Reading): boolean =>
  metrics.some((one) => one.kind === 'metric' && model.metrics.get(one.metric)?.isCurrent);

const timesOf = (model: Model, dataset: string): readonly Field[] => {
  const found = model.datasets.get(dataset);
  return found === undefined || found.time !== undefined
    ? []
    : found.fields.filter(({ isTime, hidden }) => isTime && !hidden);
};

const byField = (reading: Reading, field: Field): Reading => ({
  ...reading,
  time: { ...reading.time, field: field.id },
});

const open = <T>(values: readonly T[], cost: number): readonly Choice<T>[] => values.map((value) => ({ value, cost }));

function ofThings(draft: ReadingDraft, reading: Reading, things: readonly string[], cost: number): Reading {
  const { model } = draft;
  const [thing, ...more] = things;
  if (thing === undefined) return reading;
  if (isTimed(model, reading) || isCurrent(model, reading)) return reading;
  const [metric, ...others] = reading.metrics;
  if (more.length > 0 || others.length > 0) return unreadable();
  // "customers who bought kitchenware in May": the period is that of what they bought, which the filter does not say.
  if (reading.filters.some((one) => 'field' in one && !isAbove(model, thing, one.field))) unreadable();
  const isCount = metric === undefined || countsRows(model, metric);
  return draft.choose(open(isCount ? meanings(model, reading, metric, thing) : ownDate(model, reading, thing), cost));
}

const isAbove = (model: Model, from: string, field: string): boolean =>
  reaches(model, from, model.fields.get(field)?.dataset ?? '');

const countsRows = (model: Model, one: Measure): boolean =>
  one.kind === 'count' ||
  (one.kind === 'metric' &&
    model.metrics.get(one.metric)?.components.every((component) => component.countsRows) === true);

function ownDate(model: Model, reading: Reading, thing: string): readonly Reading[] {
  const own = model.datasets.get(thing)?.time;
  return own === undefined || own.hidden ? [] : [byField(reading, own)];
}

/** What a count of things in a period can mean: metrics that say it, their own date, or that they took part in an event. */
function meanings(model: Model, reading: Reading, metric: Measure | undefined, thing: string): readonly Reading[] {
  const named = [...model.metrics.values()].filter(({ hidden }) => !hidden);
  const joined = metric === undefined ? [] : named.filter((one) => isOfOwnDate(one, thing));
  const active = metric === undefined ? [] : named.filter((one) => isOfEvent(model, one, thing));
  const as = ({ name }: Metric): Reading => ({
    ...reading,
    metrics: [{ kind: 'metric', metric: name }],
    ...(reading.order ? { order: { ...reading.order, by: { kind: 'metric', metric: name } } } : {}),
  });
  return [
    ...(joined.length > 0 ? joined.map(as) : ownDate(model, reading, thing)),
    ...(active.length > 0 ? active.map(as) : tookPart(model, reading, thing)),
  ];
}

const isOfOwnDate = ({ components: [only, ...more], timeField }: Metric, thing: string): boolean =>
  only?.countsRows === true && more.length === 0 && only.dataset === thing && timeField?.dataset === thing;

/** It counts the different keys of the things in an event: COUNT(DISTINCT orders.customer_id). */
function isOfEvent(model: Model, { components: [only, ...more], formula }: Metric, thing: string): boolean {
  if (only === undefined || more.length > 0 || formula !== '{0}') return false;
  const column = /^count\s*\(\s*distinct\s+[\w"]+\."?(\w+)"?\s*\)$/i.exec(only.sql)?.[1];
  return model.relationships.some(
    ({ from, to, fromColumns }) =>
      from === only.dataset && to === thing && fromColumns.length === 1 && fromColumns[0] === column,
  );
}

/** "with any orders in May". */
function tookPart(model: Model, { time, ...rest }: Reading, thing: string): readonly Reading[] {
  const span = time?.span;
  if (span === undefined || hasGrain(rest)) return [];
  return eventsOf(model, thing)
    .slice(0, offered)
    .map(({ name }) => ({
      ...rest,
      filters: [...rest.filters, { kind: 'exists', dataset: name, negated: false, where: [], span }],
    }));
}
