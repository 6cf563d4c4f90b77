import { add, monthOf, spanOf, type Unit, yearOf } from './calendar.ts';
import type { Day, Span } from './dates.ts';

export type Compared = { readonly now: Span; readonly before: Span };

/** Months differ by up to three days, leap years by one; beyond it, two spans are no like for like. Days. */
const mayDiffer = 3;

const units = ['day', 'week', 'month', 'quarter', 'year'] as const;

/** The unit that a span is one whole of: March, Q3, 2025. */
export const unitOf = ({ start, end }: Span): Unit | undefined =>
  units.find((unit) => {
    const whole = spanOf(start, unit);
    return whole.start === start && whole.end === end;
  });

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const daysIn = ({ start, end }: Span): number => daysBetween(start, end);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** "October against last year" means the October of last year, whatever shorter span is named. */
function sameDaysOf(now: Span, before: Span): Span {
  if (unitOf(before) !== 'year' || unitOf(now) === 'year' || daysIn(now) > daysIn(before) + mayDiffer) return before;
  const years = yearOf(before.start) - yearOf(add(now.end, -1, 'day'));
  return { start: add(now.start, years, 'year'), end: add(now.end, years, 'year') };
}

/** `day` of one span, in the other: as many calendar months on where both begin with a month, else as many days. */
function dayIn(other: Span, day: Day, own: Span): Day {
  const isMonthly = [other, own].every(({ start }) => start.endsWith('-01'));
  if (!isMonthly) return add(other.start, daysBetween(own.start, day), 'day');
  const months = (yearOf(other.start) - yearOf(own.start)) * 12 + monthOf(other.start) - monthOf(own.start);
  return add(day, months, 'month');
}

/**
 * Adjusts two spans so that they can be compared fairly: one that is not over yet is cut after today, and the other at
 * the same place; a month is compared with the same month of a year. Undefined when they overlap or still differ in
 * length.
 */
export function likeForLike(now: Span, before: Span, today: Day): Compared | undefined {
  const tomorrow = add(today, 1, 'day');
  const isOpen = ({ start, end }: Span): boolean => start <= today && end > tomorrow;
  const cut = (own: Span): Span => ({ ...own, end: tomorrow });
  const alike = (other: Span, own: Span): Span => ({
    start: other.start,
    end: earlier(other.end, dayIn(other, tomorrow, own)),
  });
  const base = sameDaysOf(now, before);
  const fair = isOpen(now)
    ? { now: cut(now), before: alike(base, now) }
    : isOpen(base)
      ? { now: alike(now, base), before: cut(base) }
      : { now, before: base };
  const areApart = fair.before.end <= fair.now.start || fair.now.end <= fair.before.start;
  return !areApart || Math.abs(daysIn(fair.now) - daysIn(fair.before)) > mayDiffer ? undefined : fair;
}
