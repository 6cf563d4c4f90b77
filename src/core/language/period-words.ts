import { add, allTime, makeDay, spanOf, type Unit, yearOf } from './calendar.ts';
import type { Day, Span } from './dates.ts';
import { findNumbers } from './numbers.ts';
import { tokenise } from './tokens.ts';

/** The span that a piece of text names. `window`: not a whole calendar unit, e.g. the last 30 days. */
export type NamedSpan = Span & {
  readonly unit: Unit | 'window';
  /** False for "March" and "Q3"; the year is then the latest one in which the period has begun. */
  readonly yearGiven: boolean;
  /** "the last 8 weeks": the unit that is counted. */
  readonly window?: Unit;
  /** What else the words may mean: 1/10/2026 is a day in October to some and in January to others. */
  readonly others?: readonly Span[];
};
/** Words of time, as a pattern over normalised text, and the days they name. */
export type Rule = readonly [pattern: RegExp, read: (groups: readonly string[], today: Day) => NamedSpan | undefined];

const units: Readonly<Record<string, Unit>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
  天: 'day',
  日: 'day',
  周: 'week',
  星期: 'week',
  月: 'month',
  季度: 'quarter',
  季: 'quarter',
  年: 'year',
  年度: 'year',
};
const ordinals: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  '1st': 1,
  '2nd': 2,
  '3rd': 3,
  '4th': 4,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  上: 1,
  下: 2,
};

const given = (span: Span, unit: NamedSpan['unit']): NamedSpan => ({ ...span, unit, yearGiven: true });

/** "this month": the whole unit, also the days to come. `back` counts units: 1 is the one before. */
const whole = (today: Day, unit: Unit, back: number): NamedSpan => given(spanOf(add(today, -back, unit), unit), unit);

/** "last 30 days": as many units up to and including today. */
function window(today: Day, count: number, unit: Unit): NamedSpan | undefined {
  const end = add(today, 1, 'day');
  if (count < 1 || count > 5000) return undefined;
  return { ...given({ start: add(end, -count, unit), end }, 'window'), window: unit };
}

/** "the previous 2 quarters": whole ones, the last of which ended before the present one began. */
function wholeBefore(today: Day, count: number, unit: Unit): NamedSpan | undefined {
  const { start: end } = spanOf(today, unit);
  return count >= 1 && count <= 5000 ? given({ start: add(end, -count, unit), end }, 'window') : undefined;
}

/** "two months ago", 三周前: the whole unit that lies so far back. */
const ago = (today: Day, count: number, unit: Unit): NamedSpan | undefined =>
  count >= 1 && count <= 60 ? whole(today, unit, count) : undefined;

const toDate = (today: Day, unit: Unit): NamedSpan =>
  given({ start: spanOf(today, unit).start, end: add(today, 1, 'day') }, 'window');

const countOf = (text: string): number => findNumbers(tokenise(text))[0]?.value ?? 0;

/** The part `index` (from 1) of a year that is cut into `parts`, in the latest year in which it has begun. */
function partOfYear(today: Day, index: number, parts: 2 | 4): NamedSpan {
  const months = 12 / parts;
  const begin = makeDay(yearOf(today), (index - 1) * months + 1, 1);
  const start = begin <= today ? begin : add(begin, -1, 'year');
  return { start, end: add(start, months, 'month'), unit: parts === 4 ? 'quarter' : 'window', yearGiven: false };
}

function relativeEnglish([, word = '', count, name = '']: readonly string[], today: Day): NamedSpan | undefined {
  const unit = units[name];
  if (unit === undefined) return undefined;
  const isCurrent = word === 'this' || word === 'current';
  const isBefore = word === 'previous' || word === 'prior';
  if (count !== undefined)
    return isCurrent ? undefined : (isBefore ? wholeBefore : window)(today, countOf(count), unit);
  if (isCurrent) return whole(today, unit, 0);
  return word === 'last' || isBefore ? whole(today, unit, 1) : window(today, 1, unit);
}

/** 9月 and 九月, in the latest year in which it has begun. */
function monthOfYear([, han = '']: readonly string[], today: Day): NamedSpan | undefined {
  const named = countOf(han);
  const begin = makeDay(yearOf(today), named, 1);
  if (named < 1 || named > 12) return undefined;
  const span = spanOf(begin <= today ? begin : add(begin, -1, 'year'), 'month');
  return { ...span, unit: 'month', yearGiven: false };
}

const year = (text: string): NamedSpan => given(spanOf(makeDay(Number(text), 1, 1), 'year'), 'year');

function isoMonth([, y = '', m = '']: readonly string[]): NamedSpan | undefined {
  return Number(m) >= 1 && Number(m) <= 12
    ? given(spanOf(makeDay(Number(y), Number(m), 1), 'month'), 'month')
    : undefined;
}

const number = String.raw`\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|ninety`;
const hanNumber = '[0-9一二两三四五六七八九十百]+';
const unitWord = '(day|week|month|quarter|year)';
const ordinal = '(first|second|third|fourth|1st|2nd|3rd|4th)';

/** Earlier rules win where two begin at the same character. */
export const periodWords: readonly Rule[] = [
  [
    /\ball time\b|\b(?:since|from) the (?:very )?beginning\b|(?:所有|全部)时间|有史以来|历史以来/gu,
    () => given(allTime, 'window'),
  ],
  [/\bso far this (month|quarter|year)\b/gu, ([, u = ''], today) => toDate(today, units[u] ?? 'year')],
  [/\bthis (month|quarter|year) so far\b/gu, ([, u = ''], today) => toDate(today, units[u] ?? 'year')],
  [/\b(?:this )?(month|quarter|year)[ -]to[ -]date\b/gu, ([, u = ''], today) => toDate(today, units[u] ?? 'year')],
  [/\b([mqy])td\b/gu, ([, u], today) => toDate(today, u === 'm' ? 'month' : u === 'q' ? 'quarter' : 'year')],
  [/今年(?:以来|至今|到目前为止|到现在)|(?:从)?年初(?:至今|到现在|以来)/gu, (_, today) => toDate(today, 'year')],
  [/(?:本|这个)(月|季度)(?:以来|至今)/gu, ([, u = ''], today) => toDate(today, units[u] ?? 'month')],
  [
    new RegExp(
      String.raw`\b(?:the )?(?:last|past|previous|prior) (${number}) (?:full|complete|whole|completed|entire) ${unitWord}s?\b`,
      'gu',
    ),
    ([, n = '', u = ''], today) => wholeBefore(today, countOf(n), units[u] ?? 'month'),
  ],
  [
    new RegExp(
      String.raw`\b(?:the )?(?:last|past|previous|prior) (?:full|complete|whole|completed|entire) ${unitWord}\b`,
      'gu',
    ),
    ([, u = ''], today) => whole(today, units[u] ?? 'month', 1),
  ],
  [
    new RegExp(
      String.raw`\b(?:the )?(this|current|last|previous|prior|past|trailing)\s+(?:(${number})\s+)?${unitWord}s?\b(?! of (?:the )?(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|last|this|q[1-4]|year|month|quarter))`,
      'gu',
    ),
    relativeEnglish,
  ],
  [/\bthe year before last\b|前年/gu, (_, today) => whole(today, 'year', 2)],
  [/去年|上一?年度?/gu, (_, today) => whole(today, 'year', 1)],
  [/今年|本年度?|当年/gu, (_, today) => whole(today, 'year', 0)],
  [/上上个?(周|星期|月|季度)/gu, ([, u = ''], today) => whole(today, units[u] ?? 'month', 2)],
  [
    /上(?:个|一个|一)?(周|星期|月|季度)(?![一二三四五六日末])/gu,
    ([, u = ''], today) => whole(today, units[u] ?? 'month', 1),
  ],
  [
    /(?:本|这个?|当)(周|星期|月|季度)(?![一二三四五六日末])/gu,
    ([, u = ''], today) => whole(today, units[u] ?? 'month', 0),
  ],
  [/(?:最近|过去|近)半年/gu, (_, today) => window(today, 6, 'month')],
  [
    new RegExp(`(?:最近|过去|近)的?(${hanNumber})个?(天|日|周|星期|月|季度|年)`, 'gu'),
    ([, n = '', u = ''], today) => window(today, countOf(n), units[u] ?? 'day'),
  ],
  [
    new RegExp(String.raw`\b(${number})\s+${unitWord}s? ago\b`, 'gu'),
    ([, n = '', u = ''], today) => ago(today, countOf(n), units[u] ?? 'day'),
  ],
  // 前十 and 前5 are ranks.
  [
    new RegExp(`(${hanNumber})(天|日|周|个星期|星期|个月|个季度|年)(?:之|以)?前(?!${hanNumber})`, 'gu'),
    ([, n = '', u = ''], today) => ago(today, countOf(n), units[u.replace('个', '')] ?? 'day'),
  ],
  [/\bq([1-4])\b/gu, ([, q], today) => partOfYear(today, Number(q), 4)],
  [/\bh([12])\b/gu, ([, h], today) => partOfYear(today, Number(h), 2)],
  [
    new RegExp(String.raw`\b(?:the )?${ordinal} quarter\b`, 'gu'),
    ([, q = ''], today) => partOfYear(today, ordinals[q] ?? 1, 4),
  ],
  [/\b(?:the )?(first|second|1st|2nd) half\b/gu, ([, h = ''], today) => partOfYear(today, ordinals[h] ?? 1, 2)],
  // No window such as 近3月, no day such as 九月三日.
  [
    /(?<![\d近去第.-]|最近|[一二两三四五六七八九十百])(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?![\d初底末中]|[一二三四五六七八九十]+[日号])/gu,
    monthOfYear,
  ],
  [/第?([一二三四1-4])季度/gu, ([, q = ''], today) => partOfYear(today, ordinals[q] ?? Number(q), 4)],
  [/([上下])半年/gu, ([, h = ''], today) => partOfYear(today, ordinals[h] ?? 1, 2)],
  [/(?<![\d.,-])((?:19|20)\d\d)-(\d\d)(?![\d-])/gu, isoMonth],
  [
    /(?<![\d.,-])(?:(?:calendar |the )?year )?((?:19|20)\d\d)(?:\s*年度?|(?![\d.,]\d|-\d|\p{Script=Latin}))/gu,
    ([, y = '']) => year(y),
  ],
];
