import { stem } from '../../language/tokens.ts';
import { eventTime } from '../model/events.ts';
import { type Field, isNumeric } from '../model/model.ts';
import { unreadable } from './explore.ts';
import { type Dimension, isMeasure, type Key, type Measure, type Reading } from './reading.ts';
import type { ReadingDraft } from './reading-draft.ts';
import { measuredDatasets } from './term-keys.ts';

const isDate = ({ type }: Field): boolean => type === 'date' || type === 'timestamp';
const fieldOf = ({ model }: ReadingDraft, one: Key): Field | undefined =>
  one.kind === 'field' ? model.fields.get(one.field) : undefined;

/** A column of numbers that are years. */
const isYears = (field: Field | undefined): field is Field => field?.isTime === true && !isDate(field);

const isCalendar = (draft: ReadingDraft, one: Dimension): boolean =>
  one.kind === 'grain' || isYears(fieldOf(draft, one));

/**
 * "deaths per year": what is shown by year is added up. Where its name is no plural, as temperature is, it may as well be
 * averaged: the person is asked.
 */
export function measuredOverTime(
  draft: ReadingDraft,
  targets: readonly Key[],
  by: readonly Dimension[],
): readonly Measure[] | undefined {
  const fields = targets.map((one) => fieldOf(draft, one));
  const isMeasured = (field: Field | undefined): field is Field =>
    field !== undefined && isNumeric(field) && !field.isKey && !field.isTime;
  if (!by.some((one) => isCalendar(draft, one)) || fields.length === 0 || !fields.every(isMeasured)) return undefined;
  return fields.map((field) => {
    const name = field.phrases[0]?.split(' ').at(-1) ?? '';
    const fns = stem(name) === name ? (['sum', 'avg'] as const) : (['sum'] as const);
    const fn = draft.choose(fns.map((value) => ({ value, cost: 0 })));
    return { kind: 'aggregate', fn, field: field.id };
  });
}

/** Figures by a column of years are a series of years. Undefined time: the column is what the rows go by anyway. */
export function asYears(draft: ReadingDraft, reading: Reading): Reading {
  const { model } = draft;
  const { dimensions, metrics, order, limit, share, time } = reading;
  const [at, ...more] = dimensions.flatMap((one, i) => (isYears(fieldOf(draft, one)) ? [i] : []));
  const field = at === undefined ? undefined : fieldOf(draft, dimensions[at] as Dimension);
  if (field === undefined || more.length > 0 || metrics.length === 0 || !metrics.every(isMeasure)) return reading;
  const datasets = measuredDatasets(model, metrics);
  if (!datasets.includes(field.dataset)) {
    // The year of a film is not that of its rentals, which have dates of their own.
    if (field.name.toLowerCase() === 'year' && datasets.some((name) => eventTime(model, name) !== undefined))
      unreadable();
    return reading;
  }
  const isTaken = time?.field !== undefined && time.field !== field.id;
  if (order || limit !== undefined || share || isTaken || dimensions.some(({ kind }) => kind === 'grain'))
    return reading;
  const isUsual = model.datasets.get(field.dataset)?.time?.id === field.id;
  return {
    ...reading,
    dimensions: dimensions.map((one, i) => (i === at ? { kind: 'grain', grain: 'year' } : one)),
    ...(isUsual ? {} : { time: { ...time, field: field.id } }),
  };
}
