import type { Locale } from '../base/namespace.ts';
import type { DateReader, Day, Span } from '../language/dates.ts';
import { periodText } from '../language/period-text.ts';
import { readPeriods } from '../language/periods.ts';
import { isHan, normalise } from '../language/tokens.ts';
import type { Mention } from './mentions.ts';
import type { BoundParameter, BoundParameters } from './verified-match.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

/** What a default, or a period in words, is read against. */
export type Today = { readonly today: Day; readonly dates: DateReader };

/** A choice as it stands in a title: its key, in Chinese the first listed word without its 按 or 每. */
export const choiceText = (words: readonly string[], key: string, locale: Locale): string =>
  (locale === 'zh' ? words.find(isHan)?.replace(/^[按每]/u, '') : undefined) ?? key.replaceAll('_', ' ');

/** The first period of a text that is nothing but a period; undefined otherwise. */
export function readSpan(text: string, { today, dates }: Today): Span | undefined {
  const normal = normalise(text);
  return readPeriods(normal, today, dates).find(({ from, to }) => from === 0 && to === normal.length)?.span;
}

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

/** Defaults that were read already, by their words; for one day at a time. */
const spans = new WeakMap<DateReader, { readonly day: Day; readonly of: Map<string, Span | undefined> }>();

/** `readSpan`, kept: the few defaults of a file are asked for with every question. */
function defaultSpan(text: string, today: Today): Span | undefined {
  const known = spans.get(today.dates);
  const kept = known?.day === today.today ? known : { day: today.today, of: new Map<string, Span | undefined>() };
  if (kept !== known) spans.set(today.dates, kept);
  if (!kept.of.has(text)) kept.of.set(text, readSpan(text, today));
  return kept.of.get(text);
}

/** The default of a parameter, as a value: a period's words are read relative to today. */
const fallback = (parameter: Parameter, today: Today): string | number | Span | undefined =>
  parameter.type === 'period' && parameter.default !== undefined
    ? defaultSpan(parameter.default, today)
    : parameter.default;

/** What was found in the question, and the defaults of the rest. A parameter that has neither is not in the result. */
export function bindMentions(
  query: VerifiedQuery,
  mentions: Readonly<Record<string, Mention>>,
  today: Today,
  locale: Locale,
): BoundParameters {
  return Object.fromEntries(
    Object.entries(query.parameters).flatMap(([name, parameter]) => {
      const mention = mentions[name];
      const value = mention?.value ?? fallback(parameter, today);
      const one = value === undefined ? undefined : bound(parameter, value, mention !== undefined, locale);
      return one === undefined ? [] : [[name, one] as const];
    }),
  );
}

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
