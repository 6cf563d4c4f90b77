import type { Locale } from '../namespace.ts';
import { add, allTime, monthOf, spanOf, startOf, yearOf } from './calendar.ts';
import type { Day, Span } from './dates.ts';

const format = (day: Day, locale: Locale, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { ...options, timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

/** "5 May 2026", 2026年5月5日. */
export const dayText = (day: Day, locale: Locale): string =>
  format(day, locale, { day: 'numeric', month: locale === 'zh' ? 'long' : 'short', year: 'numeric' });

const isWhole = ({ start, end }: Span, unit: 'month' | 'quarter' | 'year'): boolean =>
  startOf(start, unit) === start && spanOf(start, unit).end === end;

/** A span as people write it; reading the text again gives the same span, whatever day it is. */
export function periodText(span: Span, locale: Locale): string {
  const zh = locale === 'zh';
  const last = add(span.end, -1, 'day');
  const quarter = Math.ceil(monthOf(span.start) / 3);
  if (span.start === allTime.start && span.end === allTime.end) return zh ? '全部时间' : 'all time';
  if (span.start === allTime.start)
    return zh ? `${dayText(span.end, locale)}之前` : `before ${dayText(span.end, locale)}`;
  if (isWhole(span, 'year')) return zh ? `${yearOf(span.start)}年` : String(yearOf(span.start));
  if (isWhole(span, 'quarter'))
    return zh ? `${yearOf(span.start)}年第${'一二三四'[quarter - 1]}季度` : `Q${quarter} ${yearOf(span.start)}`;
  if (isWhole(span, 'month')) return format(span.start, locale, { month: 'long', year: 'numeric' });
  if (span.start === last) return dayText(span.start, locale);
  return `${dayText(span.start, locale)}${zh ? '至' : ' – '}${dayText(last, locale)}`;
}
