import type { Locale } from '../base/namespace.ts';
import { fromWholeBucket, inBuckets } from '../language/buckets.ts';
import type { Unit } from '../language/calendar.ts';
import type { DateReader, Day, Span } from '../language/dates.ts';
import { likeForLike } from '../language/like-for-like.ts';
import { periodText } from '../language/period-text.ts';
import { wholeSpan } from '../language/periods.ts';
import { isHan } from '../language/tokens.ts';
import type { Mention } from './mentions.ts';
import type { BoundParameter, BoundParameters } from './verified-match.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

/** The day and the reader that defaults and periods in words are read with. */
export type Today = { readonly today: Day; readonly dates: DateReader };

/** A choice as shown in a title: its key; in Chinese, the first Chinese word without 按 or 每. */
export const choiceText = (words: readonly string[], key: string, locale: Locale): string =>
  (locale === 'zh' ? words.find(isHan)?.replace(/^[按每]/u, '') : undefined) ?? key.replaceAll('_', ' ');

const numbers: Readonly<Record<Locale, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat('en'),
  zh: new Intl.NumberFormat('zh'),
};

const numberText = (value: number, locale: Locale): string => numbers[locale].format(value);

function bound(
  parameter: Parameter,
  value: string | number | Span,
  asked: boolean,
  locale: Locale,
): BoundParameter | undefined {
  const isSpan = typeof value === 'object';
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return typeof value === 'number'
        ? { type: parameter.type, value, display: numberText(value, locale), asked }
        : undefined;
    case 'value':
      return typeof value === 'string' ? { type: 'value', value, display: value.trim(), asked } : undefined;
    case 'choice':
      return typeof value === 'string'
        ? { type: 'choice', value, display: choiceText(parameter.choices[value] ?? [], value, locale), asked }
        : undefined;
    case 'period':
      return isSpan ? { type: 'period', value, display: periodText(value, locale), asked } : undefined;
  }
}

/** Defaults already read, by their words, for one day at a time. */
const spans = new WeakMap<DateReader, { readonly day: Day; readonly of: Map<string, Span | undefined> }>();

/** Reads a default with `wholeSpan` and caches it, because every question needs the few defaults of a file. */
function defaultSpan(text: string, today: Today): Span | undefined {
  const known = spans.get(today.dates);
  const kept = known?.day === today.today ? known : { day: today.today, of: new Map<string, Span | undefined>() };
  if (kept !== known) spans.set(today.dates, kept);
  if (!kept.of.has(text)) kept.of.set(text, wholeSpan(text, today));
  return kept.of.get(text);
}

/** The default of a parameter as a value. A period's words are read relative to today. */
const fallback = (parameter: Parameter, today: Today): string | number | Span | undefined =>
  parameter.type === 'period' && parameter.default !== undefined
    ? defaultSpan(parameter.default, today)
    : parameter.default;

/**
 * Binds what was found in the question, then what is `kept` from the question before, then defaults. Periods are
 * adjusted so that they can be compared. Leaves out parameters that have none of these.
 */
export function bindMentions(
  query: VerifiedQuery,
  mentions: Readonly<Record<string, Mention>>,
  today: Today,
  locale: Locale,
  kept: BoundParameters = {},
): BoundParameters {
  const values = new Map(
    Object.entries(query.parameters).flatMap(([name, parameter]) => {
      const value = mentions[name]?.value ?? kept[name]?.value ?? fallback(parameter, today);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return Object.fromEntries(
    Object.entries(query.parameters).flatMap(([name, parameter]) => {
      const value = fittingValue(name, query, values, { ...kept, ...mentions }, today);
      const isAsked = name in mentions || name in kept;
      const one = value === undefined ? undefined : bound(parameter, value, isAsked, locale);
      return one === undefined ? [] : [[name, one] as const];
    }),
  );
}

type Values = ReadonlyMap<string, string | number | Span>;

/**
 * Adjusts the periods: that of a series to whole buckets, two that are compared to the same days. Undefined when two
 * periods cannot be compared.
 */
function fittingValue(
  name: string,
  { parameters }: VerifiedQuery,
  values: Values,
  asked: Readonly<Record<string, Mention | BoundParameter>>,
  { today }: Today,
): string | number | Span | undefined {
  const value = values.get(name);
  if (typeof value !== 'object') return value;
  const [pair] = Object.entries(parameters).flatMap(([before, one]) =>
    one.type === 'period' && one.compared_with !== undefined && [before, one.compared_with].includes(name)
      ? [{ before, now: one.compared_with }]
      : [],
  );
  const [now, before] = [values.get(pair?.now ?? ''), values.get(pair?.before ?? '')];
  if (pair !== undefined && typeof now === 'object' && typeof before === 'object')
    return likeForLike(now, before, today)?.[name === pair.now ? 'now' : 'before'];
  const grain = grainOf(values, parameters);
  if (grain === undefined) return value;
  const said = asked[name];
  if (said === undefined) return fromWholeBucket(value, grain);
  return inBuckets({ ...value, window: 'window' in said ? said.window : undefined }, grain, today);
}

const grains: readonly string[] = ['day', 'week', 'month', 'quarter', 'year'];

/** The unit that the rows are grouped by, if the query lets people choose one. */
const grainOf = (values: Values, parameters: VerifiedQuery['parameters']): Unit | undefined =>
  Object.entries(parameters).flatMap(([name, { type }]) => {
    const value = values.get(name);
    return type === 'choice' && typeof value === 'string' && grains.includes(value) ? [value as Unit] : [];
  })[0];

/** The grain of rows that are a series over time, by the parameters that they were asked with. */
export const boundGrain = (parameters: BoundParameters): Unit | undefined =>
  Object.values(parameters).flatMap(({ type, value }) =>
    type === 'choice' && grains.includes(value) ? [value as Unit] : [],
  )[0];

/** Every parameter of the query is bound. */
export const isComplete = (query: VerifiedQuery, parameters: BoundParameters): boolean =>
  Object.keys(query.parameters).every((name) => name in parameters);

/** Reads a parameter back from the form in which it is kept with an answer; undefined when it no longer fits. */
export function restoreParameter(parameter: Parameter, kept: string, locale: Locale): BoundParameter | undefined {
  const days = /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)$/u.exec(kept);
  if (parameter.type === 'period') {
    const [, start, end] = days ?? [];
    return start === undefined || end === undefined ? undefined : bound(parameter, { start, end }, true, locale);
  }
  if (parameter.type === 'choice' && !(kept in parameter.choices)) return undefined;
  const isNumeric = parameter.type === 'integer' || parameter.type === 'number';
  return bound(parameter, isNumeric ? Number(kept) : kept, true, locale);
}
