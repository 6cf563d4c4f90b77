import type { Day, Span } from './dates.ts';

/** Units of calendar time, the grains of a period. */
export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** "All time": from the first to the last day that PostgreSQL, people and JSON write in the same way. */
export const allTime: Span = { start: '0001-01-01', end: '9999-12-31' };

export const isAllTime = ({ start, end }: Span): boolean => start === allTime.start && end === allTime.end;

const toDate = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date): Day => date.toISOString().slice(0, 10);

/** `YYYY-MM-DD` of a year, month (1 to 12, may overflow) and day. */
export const makeDay = (year: number, month: number, day: number): Day =>
  toDay(new Date(Date.UTC(year, month - 1, day)));

/** True when the day exists: 31 April does not. */
export const dayExists = (year: number, month: number, day: number): boolean =>
  new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;

/** The year of a day. */
export const yearOf = (day: Day): number => Number(day.slice(0, 4));
/** The month of a day, 1 to 12. */
export const monthOf = (day: Day): number => Number(day.slice(5, 7));

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function addMonths(day: Day, months: number): Day {
  const first = toDate(makeDay(yearOf(day), monthOf(day) + months, 1));
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  return makeDay(year, month, Math.min(Number(day.slice(8)), daysInMonth(year, month)));
}

/** Moves a day by whole units; the day of the month is clipped to the length of the month. */
export function add(day: Day, count: number, unit: Unit): Day {
  if (unit === 'day' || unit === 'week') {
    const date = toDate(day);
    date.setUTCDate(date.getUTCDate() + count * (unit === 'week' ? 7 : 1));
    return toDay(date);
  }
  return addMonths(day, count * { month: 1, quarter: 3, year: 12 }[unit]);
}

/** The first day of the unit that holds `day`. Weeks begin on Monday (ISO 8601). */
export function startOf(day: Day, unit: Unit): Day {
  if (unit === 'day') return day;
  if (unit === 'week') return add(day, -((toDate(day).getUTCDay() + 6) % 7), 'day');
  if (unit === 'month') return makeDay(yearOf(day), monthOf(day), 1);
  if (unit === 'quarter') return makeDay(yearOf(day), Math.floor((monthOf(day) - 1) / 3) * 3 + 1, 1);
  return makeDay(yearOf(day), 1, 1);
}

/** The whole unit that holds `day`. */
export function spanOf(day: Day, unit: Unit): Span {
  const start = startOf(day, unit);
  return { start, end: add(start, 1, unit) };
}
