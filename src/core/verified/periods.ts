import { add, allTime, dayExists, makeDay, spanOf, type Unit, yearOf } from './calendar.ts';
import type { DateReader, Day, Span } from './dates.ts';
import { findNumbers } from './numbers.ts';
import { tokenise } from './tokens.ts';

/** A piece of text that names a span of days by itself: "March 2026", "last quarter", 去年. Offsets are characters. */
type Atom = Span & {
  readonly from: number;
  readonly to: number;
  readonly unit: Unit | 'window';
  /** False: "March", "Q3": the year is the latest in which it has begun. */
  readonly yearGiven: boolean;
};

/** A period in a text, with the words around it that belong to it ("since", "between … and …"). */
export type Period = { readonly from: number; readonly to: number; readonly span: Span };

type Found = Span & { readonly unit: Atom['unit']; readonly yearGiven: boolean };
type Rule = readonly [pattern: RegExp, read: (groups: readonly string[], today: Day) => Found | undefined];

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

const given = (span: Span, unit: Atom['unit']): Found => ({ ...span, unit, yearGiven: true });

/** "this month": the whole unit, also the days to come. `back` counts units: 1 is the one before. */
const whole = (today: Day, unit: Unit, back: number): Found => given(spanOf(add(today, -back, unit), unit), unit);

/** "last 30 days": as many units up to and including today. */
function window(today: Day, count: number, unit: Unit): Found | undefined {
  const end = add(today, 1, 'day');
  return count >= 1 && count <= 5000 ? given({ start: add(end, -count, unit), end }, 'window') : undefined;
}

const toDate = (today: Day, unit: Unit): Found =>
  given({ start: spanOf(today, unit).start, end: add(today, 1, 'day') }, 'window');

const countOf = (text: string): number => findNumbers(tokenise(text))[0]?.value ?? 0;

/** The part `index` (from 1) of a year that is cut into `parts`, in the latest year in which it has begun. */
function partOfYear(today: Day, index: number, parts: 2 | 4): Found {
  const months = 12 / parts;
  const begin = makeDay(yearOf(today), (index - 1) * months + 1, 1);
  const start = begin <= today ? begin : add(begin, -1, 'year');
  return { start, end: add(start, months, 'month'), unit: parts === 4 ? 'quarter' : 'window', yearGiven: false };
}

function relativeEnglish([, word = '', count, name = '']: readonly string[], today: Day): Found | undefined {
  const unit = units[name];
  if (unit === undefined) return undefined;
  const isCurrent = word === 'this' || word === 'current';
  if (count !== undefined) return isCurrent ? undefined : window(today, countOf(count), unit);
  if (isCurrent) return whole(today, unit, 0);
  return word === 'last' || word === 'previous' || word === 'prior' ? whole(today, unit, 1) : window(today, 1, unit);
}

const year = (text: string): Found => given(spanOf(makeDay(Number(text), 1, 1), 'year'), 'year');

function isoMonth([, y = '', m = '']: readonly string[]): Found | undefined {
  return Number(m) >= 1 && Number(m) <= 12
    ? given(spanOf(makeDay(Number(y), Number(m), 1), 'month'), 'month')
    : undefined;
}

const number = String.raw`\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|ninety`;
const hanNumber = '[0-9一二两三四五六七八九十百]+';
const unitWord = '(day|week|month|quarter|year)';
const ordinal = '(first|second|third|fourth|1st|2nd|3rd|4th)';

/** Earlier rules win where two begin at the same character. */
const rules: readonly Rule[] = [
  [
    /\ball time\b|\b(?:since|from) the (?:very )?beginning\b|(?:所有|全部)时间|有史以来|历史以来/gu,
    () => given(allTime, 'window'),
  ],
  [/\bso far this (month|quarter|year)\b/gu, ([, u = ''], today) => toDate(today, units[u] ?? 'year')],
  [/\bthis (month|quarter|year) so far\b/gu, ([, u = ''], today) => toDate(today, units[u] ?? 'year')],
  [/\b(month|quarter|year)[ -]to[ -]date\b/gu, ([, u = ''], today) => toDate(today, units[u] ?? 'year')],
  [/\b([mqy])td\b/gu, ([, u], today) => toDate(today, u === 'm' ? 'month' : u === 'q' ? 'quarter' : 'year')],
  [/今年(?:以来|至今|到目前为止|到现在)|(?:从)?年初(?:至今|到现在|以来)/gu, (_, today) => toDate(today, 'year')],
  [/(?:本|这个)(月|季度)(?:以来|至今)/gu, ([, u = ''], today) => toDate(today, units[u] ?? 'month')],
  [
    new RegExp(
      String.raw`\b(?:the )?(this|current|last|previous|prior|past|trailing)\s+(?:(${number})\s+)?${unitWord}s?\b`,
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
  [/\bq([1-4])\b/gu, ([, q], today) => partOfYear(today, Number(q), 4)],
  [/\bh([12])\b/gu, ([, h], today) => partOfYear(today, Number(h), 2)],
  [
    new RegExp(String.raw`\b(?:the )?${ordinal} quarter\b`, 'gu'),
    ([, q = ''], today) => partOfYear(today, ordinals[q] ?? 1, 4),
  ],
  [/\b(?:the )?(first|second|1st|2nd) half\b/gu, ([, h = ''], today) => partOfYear(today, ordinals[h] ?? 1, 2)],
  [/第?([一二三四1-4])季度/gu, ([, q = ''], today) => partOfYear(today, ordinals[q] ?? Number(q), 4)],
  [/([上下])半年/gu, ([, h = ''], today) => partOfYear(today, ordinals[h] ?? 1, 2)],
  [/(?<![\d.,-])((?:19|20)\d\d)-(\d\d)(?![\d-])/gu, isoMonth],
  [
    /(?<![\d.,-])(?:(?:calendar |the )?year )?((?:19|20)\d\d)(?:\s*年度?)?(?![\d.,]\d|-\d|\p{Script=Latin})/gu,
    ([, y = '']) => year(y),
  ],
];

function dateAtoms(text: string, today: Day, dates: DateReader): readonly Atom[] {
  return dates.read(text, today).flatMap(({ index, length, precision, yearGiven, ...at }) => {
    if (!dayExists(at.year, at.month, at.day)) return [];
    const named = makeDay(at.year, at.month, at.day);
    const thisYear = makeDay(yearOf(today), at.month, at.day);
    const latest = thisYear <= today ? thisYear : add(thisYear, -1, 'year');
    const span = spanOf(yearGiven ? named : latest, precision);
    return [{ ...span, from: index, to: index + length, unit: precision, yearGiven }];
  });
}

const ruleAtoms = (text: string, today: Day): readonly Atom[] =>
  rules.flatMap(([pattern, read]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const found = read([...match], today);
      return found === undefined ? [] : [{ ...found, from: match.index, to: match.index + match[0].length }];
    }),
  );

/** From left to right, the longest first, none inside another. */
function withoutOverlap(atoms: readonly Atom[]): Atom[] {
  const kept: Atom[] = [];
  for (const atom of atoms.toSorted((a, b) => b.to - b.from - (a.to - a.from)))
    if (kept.every((other) => atom.to <= other.from || atom.from >= other.to)) kept.push(atom);
  return kept.sort((a, b) => a.from - b.from);
}

const inYear = (atom: Atom, y: number): Atom => {
  const years = y - yearOf(atom.start);
  return { ...atom, start: add(atom.start, years, 'year'), end: add(atom.end, years, 'year'), yearGiven: true };
};

/** "Q3 2025", "March last year", 去年3月: a part of a year beside the year it belongs to. */
function joinYears(text: string, atoms: readonly Atom[]): readonly Atom[] {
  const joined: Atom[] = [];
  for (const atom of atoms) {
    const before = joined.at(-1);
    const gap = before === undefined ? undefined : text.slice(before.to, atom.from);
    const touches = gap !== undefined && /^(?:,|\s|of|in|的)*$/u.test(gap);
    if (before !== undefined && touches && atom.unit === 'year' && !before.yearGiven)
      joined.splice(-1, 1, { ...inYear(before, yearOf(atom.start)), to: atom.to });
    else if (before !== undefined && touches && before.unit === 'year' && !atom.yearGiven)
      joined.splice(-1, 1, { ...inYear(atom, yearOf(before.start)), from: before.from });
    else joined.push(atom);
  }
  return joined;
}

const rangeGap = /^\s*(?:to|until|till|through|thru|-|–|—|~|到|至)\s*(?:the )?$/u;
const betweenGap = /^\s*(?:and|和|与)\s*(?:the )?$/u;

function range(text: string, a: Atom, b: Atom): Period | undefined {
  const gap = text.slice(a.to, b.from);
  const lead = /(?:\b(from|between)\s+(?:the )?|(从|自)\s*)$/u.exec(text.slice(0, a.from));
  const tail = /^\s*(?:之间|期间)/u.exec(text.slice(b.to));
  const isBetween = betweenGap.test(gap) && (lead?.[1] === 'between' || tail !== null);
  if (!rangeGap.test(gap) && !isBetween) return undefined;
  const [first, last] = resolveYears(a, b);
  if (first.start >= last.end) return undefined;
  const from = a.from - (lead?.[0].length ?? 0);
  return { from, to: b.to + (tail?.[0].length ?? 0), span: { start: first.start, end: last.end } };
}

/** "May to July 2025" is one year; "November to February" crosses it. */
function resolveYears(a: Atom, b: Atom): readonly [Atom, Atom] {
  if (!a.yearGiven && b.yearGiven) {
    const same = inYear(a, yearOf(b.start));
    return [same.start < b.end ? same : inYear(a, yearOf(b.start) - 1), b];
  }
  if (a.yearGiven && !b.yearGiven) {
    const same = inYear(b, yearOf(a.start));
    return [a, same.end > a.start ? same : inYear(b, yearOf(a.start) + 1)];
  }
  return !a.yearGiven && a.start >= b.end ? [inYear(a, yearOf(a.start) - 1), b] : [a, b];
}

type Side = readonly [before: RegExp | undefined, after: RegExp | undefined, span: (atom: Atom, today: Day) => Span];

const untilNow = (today: Day): Day => add(today, 1, 'day');
const since = (atom: Atom, today: Day): Span => ({ start: atom.start, end: untilNow(today) });
const before = (atom: Atom): Span => ({ start: allTime.start, end: atom.start });
const until = (atom: Atom): Span => ({ start: allTime.start, end: atom.end });
const later = (atom: Atom, today: Day): Span => ({ start: atom.end, end: untilNow(today) });

/** Open ends. "until March" and 截至3月 include March, "before" and "after" exclude what they name. */
const sides: readonly Side[] = [
  [
    /\b(?:from|starting(?: from| in| on)?|beginning(?: in| on)?) $/u,
    /^ (?:onwards?|on|until (?:now|today)|to (?:now|today)|till (?:now|today))\b/u,
    since,
  ],
  [/\b(?:ever )?since (?:the )?$|(?:自从|自)$/u, undefined, since],
  [/\bstarting (?:from |in |on )?$/u, undefined, since],
  [/(?:自从|自|从)?$/u, /^(?:以来|起|开始|至今|到现在)/u, since],
  [/\bafter (?:the )?$/u, undefined, later],
  [undefined, /^(?:之后|以后)/u, later],
  [/\b(?:before|prior to) (?:the )?$/u, undefined, before],
  [undefined, /^(?:之前|以前)/u, before],
  [/\b(?:until|till|up to|through) (?:the )?(?:end of )?$|(?:截至|截止到?)$/u, undefined, until],
];

function oneSided(text: string, atom: Atom, today: Day): Period {
  for (const [lead, tail, span] of sides) {
    const left = lead?.exec(text.slice(0, atom.from));
    const right = tail?.exec(text.slice(atom.to));
    if ((lead !== undefined && left == null) || (tail !== undefined && right == null)) continue;
    const found = span(atom, today);
    if (found.start >= found.end) continue;
    return { from: atom.from - (left?.[0].length ?? 0), to: atom.to + (right?.[0].length ?? 0), span: found };
  }
  const most = /\blast $/u.exec(text.slice(0, atom.from));
  const absorbed = most !== null && !atom.yearGiven ? most[0].length : 0;
  return { from: atom.from - absorbed, to: atom.to, span: { start: atom.start, end: atom.end } };
}

/**
 * The periods that a normalised text names, in its order, relative to `today`. Years that are not named are the latest
 * in which the period has begun; weeks begin on Monday; "last 30 days" ends with today.
 */
export function readPeriods(text: string, today: Day, dates: DateReader): readonly Period[] {
  const atoms = joinYears(text, withoutOverlap([...ruleAtoms(text, today), ...dateAtoms(text, today, dates)]));
  const periods: Period[] = [];
  for (let i = 0; i < atoms.length; i++) {
    const [atom, next] = [atoms[i], atoms[i + 1]];
    if (atom === undefined) continue;
    const joint = next === undefined ? undefined : range(text, atom, next);
    if (joint !== undefined) i++;
    periods.push(joint ?? oneSided(text, atom, today));
  }
  return periods;
}
