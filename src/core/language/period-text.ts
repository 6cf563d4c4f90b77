import type { Locale } from '../base/namespace.ts';
import { add, allTime, monthOf, spanOf, startOf, type Unit, yearOf } from './calendar.ts';
import type { Day, Span } from './dates.ts';

// Created once, because creating a formatter costs more than a thousand uses of it.
const formatter = (tag: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
const days: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  en: formatter('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }),
  zh: formatter('zh-CN', { day: 'numeric', month: 'long', year: 'numeric' }),
};
const months: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  en: formatter('en-GB', { month: 'long', year: 'numeric' }),
  zh: formatter('zh-CN', { month: 'long', year: 'numeric' }),
};

const format = (day: Day, by: Intl.DateTimeFormat): string => by.format(new Date(`${day}T00:00:00Z`));

/** "5 May 2026", 2026年5月5日. */
export const dayText = (day: Day, locale: Locale): string => format(day, days[locale]);

/** The day before `end`, which spans leave out. */
export const lastDayOf = (end: Day): Day => add(end, -1, 'day');

/** The unit that begins on a day: "Q3 2026", "the week of 26 Oct 2026". */
export function bucketText(day: Day, grain: Unit, locale: Locale): string {
  if (grain !== 'week') return periodText(spanOf(day, grain), locale);
  return locale === 'zh' ? `${dayText(day, locale)}那一周` : `the week of ${dayText(day, locale)}`;
}

const isWhole = ({ start, end }: Span, unit: 'month' | 'quarter' | 'year'): boolean =>
  startOf(start, unit) === start && spanOf(start, unit).end === end;

/** A span as people write it; reading the text again gives the same span, whatever day it is. */
export function periodText(span: Span, locale: Locale): string {
  const zh = locale === 'zh';
  const last = lastDayOf(span.end);
  const quarter = Math.ceil(monthOf(span.start) / 3);
  if (span.start === allTime.start && span.end === allTime.end) return zh ? '全部时间' : 'all time';
  if (span.start === allTime.start)
    return zh ? `${dayText(span.end, locale)}之前` : `before ${dayText(span.end, locale)}`;
  if (isWhole(span, 'year')) return zh ? `${yearOf(span.start)}年` : String(yearOf(span.start));
  if (isWhole(span, 'quarter'))
    return zh ? `${yearOf(span.start)}年第${'一二三四'[quarter - 1]}季度` : `Q${quarter} ${yearOf(span.start)}`;
  if (isWhole(span, 'month')) return format(span.start, months[locale]);
  if (span.start === last) return dayText(span.start, locale);
  return `${dayText(span.start, locale)}${zh ? '至' : ' – '}${dayText(last, locale)}`;
}
