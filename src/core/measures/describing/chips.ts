import type { Locale } from '../../base/namespace.ts';
import { add, allTime, spanOf } from '../../language/calendar.ts';
import type { Day, Span } from '../../language/dates.ts';
import { periodText } from '../../language/period-text.ts';
import { grainWords, type TimeGrain } from '../lexicon/words.ts';
import type { Field, Model } from '../model/model.ts';
import { labelIn } from '../model/names.ts';
import { reaches } from '../model/paths.ts';
import type { Dimension, Filter, Reading } from '../reading/reading.ts';
import { describeReading } from './describe-reading.ts';

/** One part of an interpretation, and what it could be instead. Each option is a whole question. */
export type Chip = {
  readonly part: 'metric' | 'by' | 'filter' | 'period';
  /** What it is now. */
  readonly label: string;
  readonly options: readonly { readonly label: string; readonly question: string }[];
};

type Option = { readonly label: string; readonly reading: Reading };

/** Options of one chip. */
const offered = 6;

/**
 * The parts of a reading that can be changed with one click. `rereads` says whether a question is read back as the
 * reading it was made from; options that are not are left out.
 */
export function chipsOf(
  reading: Reading,
  { model, locale, today }: { readonly model: Model; readonly locale: Locale; readonly today: Day },
  rereads: (question: string, reading: Reading) => boolean,
): readonly Chip[] {
  const [metric] = reading.metrics;
  if (metric?.kind !== 'metric') return [];
  const base = model.metrics.get(metric.metric)?.components[0]?.dataset ?? '';
  const chip = (part: Chip['part'], label: string, options: readonly Option[]): readonly Chip[] => {
    const found: Chip['options'][number][] = [];
    for (const option of options) {
      if (found.length === offered) break;
      const question = describeReading(option.reading, model, locale);
      if (rereads(question, option.reading)) found.push({ label: option.label, question });
    }
    return found.length === 0 ? [] : [{ part, label, options: found }];
  };
  return [
    ...chip('metric', metricLabel(model, metric.metric, locale), otherMetrics(reading, model, locale, base)),
    ...chip('by', byLabel(reading, model, locale), otherDimensions(reading, model, locale, base)),
    ...reading.filters.flatMap((filter, i) =>
      filter.kind === 'values'
        ? chip('filter', filter.values.join(', '), otherValues(reading, filter, i, model, locale))
        : [],
    ),
    ...chip('period', periodText(reading.time?.span ?? allTime, locale), otherPeriods(reading, today, locale)),
  ];
}

const metricLabel = (model: Model, name: string, locale: Locale): string =>
  labelIn(locale, model.metrics.get(name)?.phrases ?? []);

function otherMetrics(reading: Reading, model: Model, locale: Locale, base: string): readonly Option[] {
  const [current] = reading.metrics;
  return [...model.metrics.values()]
    .filter(
      ({ name, hidden, components }) =>
        !hidden &&
        !reading.metrics.some((one) => one.kind === 'metric' && one.metric === name) &&
        components.some(({ dataset }) => reaches(model, base, dataset) || reaches(model, dataset, base)),
    )
    .map(({ name }) => {
      const metric = { kind: 'metric' as const, metric: name };
      const order =
        reading.order && JSON.stringify(reading.order.by) === JSON.stringify(current)
          ? { order: { ...reading.order, by: metric } }
          : {};
      return {
        label: metricLabel(model, name, locale),
        reading: { ...reading, ...order, metrics: [metric, ...reading.metrics.slice(1)] },
      };
    });
}

function byLabel({ dimensions }: Reading, model: Model, locale: Locale): string {
  const label = (one: Dimension): string =>
    one.kind === 'grain'
      ? grainLabel(one.grain, locale)
      : one.kind === 'entity'
        ? labelIn(locale, model.datasets.get(one.dataset)?.phrases ?? [])
        : labelIn(locale, model.fields.get(one.field)?.phrases ?? []);
  return dimensions.length === 0 ? (locale === 'zh' ? '合计' : 'total') : dimensions.map(label).join(', ');
}

const grainLabel = (grain: TimeGrain, locale: Locale): string =>
  locale === 'zh' ? (grainWords[grain].names.at(-1) ?? grain) : grain;

/** Months, columns with few values, and the total. */
function otherDimensions(reading: Reading, model: Model, locale: Locale, base: string): readonly Option[] {
  const isOffered = (field: Field): boolean =>
    !field.hidden &&
    !field.isKey &&
    field.type === 'text' &&
    field.values.length > 1 &&
    field.values.length <= 60 &&
    reaches(model, base, field.dataset);
  const { order: _, limit: __, ...rest } = reading;
  const dimensions: readonly { label: string; dimension: Dimension }[] = [
    ...(['month', 'quarter'] as const).map((grain) => ({
      label: grainLabel(grain, locale),
      dimension: { kind: 'grain' as const, grain },
    })),
    ...[...model.fields.values()].filter(isOffered).map((field) => ({
      label: labelIn(locale, field.phrases),
      dimension: { kind: 'field' as const, field: field.id },
    })),
  ];
  const others = dimensions.filter(
    ({ dimension }) => !reading.dimensions.some((one) => JSON.stringify(one) === JSON.stringify(dimension)),
  );
  return others.map(({ label, dimension }) => ({ label, reading: { ...rest, dimensions: [dimension] } }));
}

/** Without the filter, and its next values. */
function otherValues(
  reading: Reading,
  filter: Extract<Filter, { kind: 'values' }>,
  at: number,
  model: Model,
  locale: Locale,
): readonly Option[] {
  const without = reading.filters.filter((_, i) => i !== at);
  const values = model.fields.get(filter.field)?.values.filter((value) => !filter.values.includes(value)) ?? [];
  return [
    { label: locale === 'zh' ? '全部' : 'all', reading: { ...reading, filters: without } },
    ...values.slice(0, offered).map((value) => ({
      label: value,
      reading: {
        ...reading,
        filters: reading.filters.map((one, i) => (i === at ? { ...filter, values: [value] } : one)),
      },
    })),
  ];
}

function otherPeriods(reading: Reading, today: Day, locale: Locale): readonly Option[] {
  if (reading.compare) return [];
  const spans: readonly Span[] = [
    spanOf(today, 'month'),
    spanOf(add(today, -1, 'month'), 'month'),
    spanOf(add(today, -1, 'quarter'), 'quarter'),
    spanOf(today, 'year'),
    spanOf(add(today, -1, 'year'), 'year'),
    allTime,
  ];
  const { time, ...rest } = reading;
  const current = time?.span ?? allTime;
  return spans
    .filter(({ start, end }) => start !== current.start || end !== current.end)
    .map((span) => ({
      label: periodText(span, locale),
      reading: span === allTime ? rest : { ...rest, time: { ...time, span } },
    }));
}
