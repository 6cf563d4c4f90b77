import type { Cell } from '../../../src/core/data/database.ts';
import type { Comparator } from '../../../src/core/measures/reading/reading.ts';

/** The independent reader cannot give the reading one meaning: SQL for it would be a guess. */
export class Refused extends Error {}

export function refuse(why: string): never {
  throw new Refused(why);
}

/** Texts that differ in case, blanks and signs only are one to people. */
export const sameText = (a: string, b: string): boolean => bare(a) === bare(b);
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export function compares(cell: Cell, op: Comparator, value: number): boolean {
  if (cell === null) return false;
  const number = Number(cell);
  switch (op) {
    case '=':
      return number === value;
    case '<>':
      return number !== value;
    case '>':
      return number > value;
    case '>=':
      return number >= value;
    case '<':
      return number < value;
    case '<=':
      return number <= value;
  }
}

/** -1, 0 or 1; the empty one comes last. */
export function order(a: Cell, b: Cell, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const sign = a < b ? -1 : a > b ? 1 : 0;
  return descending ? -sign : sign;
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
const dateOf = (text: string): Date => new Date(`${text.slice(0, 10)}T00:00:00Z`);

export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The first day of the unit that the day lies in. Weeks begin on Monday. */
export function bucketOf(text: string, grain: Grain): string {
  const date = dateOf(text);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (grain) {
    case 'day':
      return day(date);
    case 'week':
      date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
      return day(date);
    case 'month':
      return day(new Date(Date.UTC(year, month, 1)));
    case 'quarter':
      return day(new Date(Date.UTC(year, month - (month % 3), 1)));
    case 'year':
      return day(new Date(Date.UTC(year, 0, 1)));
  }
}

export function nextDay(text: string, days: number): string {
  const date = dateOf(text);
  date.setUTCDate(date.getUTCDate() + days);
  return day(date);
}

/** All units from one to another, as their first days. */
export function bucketsBetween(first: string, last: string, grain: Grain): readonly string[] {
  const found: string[] = [];
  for (let at = first; at <= last; at = nextDay(at, 1)) if (bucketOf(at, grain) === at) found.push(at);
  return found;
}
