import { add, dayExists, makeDay, spanOf, startOf, yearOf } from './calendar.ts';
import type { Day, Span } from './dates.ts';
import { findNumbers } from './numbers.ts';
import type { NamedSpan, Rule } from './period-words.ts';
import { tokenise } from './tokens.ts';

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthName = String.raw`(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const monthNumber = (name: string): number => monthNames.indexOf(name.slice(0, 3)) + 1;

/** A year as it is written: 2026, or 26. */
const yearIn = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

const given = (span: Span, unit: NamedSpan['unit'], others: readonly Span[] = []): NamedSpan => ({
  ...span,
  unit,
  yearGiven: true,
  ...(others.length > 0 ? { others } : {}),
});

const dayOf = (year: number, month: number, day: number): readonly Span[] =>
  month >= 1 && month <= 12 && day >= 1 && dayExists(year, month, day)
    ? [spanOf(makeDay(year, month, day), 'day')]
    : [];

/** 1/10/2026: the day comes first to some, the month to others; where both give a day, neither is taken. */
function slashed([, a = '', b = '', y = '']: readonly string[]): NamedSpan | undefined {
  const year = yearIn(y);
  const [first, second] = [dayOf(year, Number(b), Number(a)), dayOf(year, Number(a), Number(b))];
  const [span, other] = [...first, ...second];
  if (span === undefined) return undefined;
  return given(span, 'day', other === undefined || other.start === span.start ? [] : [other]);
}

/** "Jan - Mar", "jan-mar 2026". In "jan-mar 26" the 26 may be a day or a year. */
function months([, from = '', to = '', y]: readonly string[], today: Day): NamedSpan | undefined {
  const [first, last] = [monthNumber(from), monthNumber(to)];
  if (y !== undefined) return monthsOf(yearIn(y), first, last, y.length === 2 ? Number(y) : undefined, today);
  const begin = makeDay(yearOf(today), first, 1);
  const year = begin <= today ? yearOf(today) : yearOf(today) - 1;
  const found = monthsOf(year, first, last, undefined, today);
  return { ...found, yearGiven: false };
}

function monthsOf(year: number, first: number, last: number, day: number | undefined, today: Day): NamedSpan {
  const years = last < first ? 1 : 0;
  const start = makeDay(year - (day === undefined ? 0 : years), first, 1);
  const whole = { start, end: add(makeDay(yearOf(start) + years, last, 1), 1, 'month') };
  if (day === undefined) return given(whole, 'window');
  const ends = dayOf(yearOf(today), last, day).map(({ end }) => ({
    start: makeDay(yearOf(today) - years, first, 1),
    end,
  }));
  return given(whole, 'window', ends);
}

/** 1-3月, 一到三月. */
function chineseMonths([, from = '', to = '']: readonly string[], today: Day): NamedSpan | undefined {
  const [first, last] = [from, to].map((text) => findNumbers(tokenise(text))[0]?.value ?? 0);
  if (first === undefined || last === undefined || first < 1 || last > 12 || last <= first) return undefined;
  const year = makeDay(yearOf(today), first, 1) <= today ? yearOf(today) : yearOf(today) - 1;
  return { ...monthsOf(year, first, last, undefined, today), yearGiven: false };
}

/** ISO 8601: the first week of a year holds its 4 January. */
function weekOfYear(year: number, week: number): Span | undefined {
  const span = spanOf(add(startOf(makeDay(year, 1, 4), 'week'), week - 1, 'week'), 'week');
  return week >= 1 && yearOf(add(span.start, 3, 'day')) === year ? span : undefined;
}

/** "week 45", in the latest year in which it has begun. */
function numberedWeek([, n = '', y]: readonly string[], today: Day): NamedSpan | undefined {
  const named = y === undefined ? undefined : weekOfYear(yearIn(y), Number(n));
  const latest = [yearOf(today), yearOf(today) - 1].flatMap((year) => weekOfYear(year, Number(n)) ?? []);
  const span = y === undefined ? latest.find(({ start }) => start <= today) : named;
  return span && given(span, 'week');
}

const shortYear = String.raw`(?:,?\s+(?:of\s+|in\s+)?'?((?:19|20)\d\d|\d\d)(?![\d.,/-]\d|\d))?`;

/** Days, weeks and months as figures and short forms, which the reader of dates leaves out or reads one way of two. */
export const writtenDates: readonly Rule[] = [
  [/(?<![\d/.])(\d{1,2})\/(\d{1,2})\/((?:19|20)?\d\d)(?![\d/])/gu, slashed],
  [
    /(?<![\d/.])((?:19|20)\d\d)\/(\d{1,2})\/(\d{1,2})(?![\d/])/gu,
    ([, y, m, d]) => dayOf(Number(y), Number(m), Number(d)).map((span) => given(span, 'day'))[0],
  ],
  [
    /(?<![\d/.])(\d{1,2})\/((?:19|20)\d\d)(?![\d/])/gu,
    ([, m, y]) => dayOf(Number(y), Number(m), 1).map(({ start }) => given(spanOf(start, 'month'), 'month'))[0],
  ],
  [new RegExp(String.raw`\b${monthName}\s*[-–—]\s*${monthName}${shortYear}(?![\p{L}\d])`, 'gu'), months],
  [
    /\b(?:calendar |cal(?:endar)? |the )?(?:week|kw|wk|cw)\s*(?:no\.?\s*|number\s+|#)?(\d{1,2})(?:,?\s+(?:of\s+|in\s+)?((?:19|20)\d\d))?(?![\d.,]\d|\d|\s*(?:days?|weeks?|months?|years?)\b)/gu,
    numberedWeek,
  ],
  [
    /(?<![\d.,/-]|[一二三四五六七八九十])(\d{1,2}|十[一二]?|[一二三四五六七八九])月?份?\s*[-–—~到至]\s*(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?![\d初底末中])/gu,
    chineseMonths,
  ],
  [/(?:((?:19|20)\d\d)年)?第(\d{1,2})周/gu, ([, y, n = ''], today) => numberedWeek(['', n, ...(y ? [y] : [])], today)],
];

const ordinals: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  last: -1,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
};

export const partBefore =
  /\b(?:the )?(first|second|third|fourth|last|[1-4](?:st|nd|rd|th)) (day|week|month|quarter) (?:of|in) (?:the )?$/u;
export const partAfter = /^的?第?([一二三四1-4]|最后一)个?(天|周|星期|月|季度)/u;

const chineseUnits: Readonly<Record<string, 'day' | 'week' | 'month' | 'quarter'>> = {
  天: 'day',
  周: 'week',
  星期: 'week',
  月: 'month',
  季度: 'quarter',
};

/** "the first week of October": seven days, counted from its first one, or to its last. Undefined outside of `whole`. */
export function partOf(whole: Span, ordinal: string, unitName: string): Span | undefined {
  const unit = chineseUnits[unitName] ?? (unitName as 'day' | 'week' | 'month' | 'quarter');
  const n = ordinal === '最后一' ? -1 : (ordinals[ordinal] ?? Number(ordinal[0]));
  const start = n < 0 ? add(whole.end, -1, unit) : add(whole.start, n - 1, unit);
  const span = { start, end: add(start, 1, unit) };
  return span.start >= whole.start && span.end <= whole.end ? span : undefined;
}
