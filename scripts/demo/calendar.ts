/** The shop's time: two whole years that end on the day the demo calls "today". Times are milliseconds, read as UTC. */
export const firstDay = '2024-11-01';
export const today = '2026-10-31';

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;

export const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Every day from the first to "today". */
export const days: readonly number[] = Array.from(
  { length: (at(today) - at(firstDay)) / dayMs + 1 },
  (_, index) => at(firstDay) + index * dayMs,
);

/** The last moment that may appear in the data. */
export const closingTime = at(today) + dayMs - 60_000;

/** `2026-03-01 14:05:00` */
export const timestamp = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** `2026-03-01` */
export const date = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Is the moment within the days, both included? */
export const within = (time: number, from: string, to: string): boolean => time >= at(from) && time < at(to) + dayMs;

/** January to December: a quiet summer, a fourth quarter that carries the year. */
const monthFactors = [0.82, 0.8, 0.92, 0.95, 0.98, 0.88, 0.8, 0.85, 0.98, 1.08, 1.5, 1.62];
/** Sunday to Saturday. */
const weekdayFactors = [1.18, 1.15, 1.02, 0.98, 0.97, 0.9, 0.8];
const yearlyGrowth = 1.28;

/** How much is sold on a day, 1 being an average day of the first year. */
export function demandOn(day: number): number {
  const moment = new Date(day);
  const years = (day - at(firstDay)) / (365 * dayMs);
  const season = monthFactors[moment.getUTCMonth()] ?? 1;
  const weekday = weekdayFactors[moment.getUTCDay()] ?? 1;
  return season * weekday * yearlyGrowth ** years * peakOn(date(day));
}

/** Black-week sales and the days after Christmas, when nobody orders. */
function peakOn(day: string): number {
  const monthDay = day.slice(5);
  if (monthDay >= '11-24' && monthDay <= '12-01') return 1.6;
  if (monthDay >= '12-24' && monthDay <= '12-27') return 0.35;
  return 1;
}

type Hours = readonly (readonly [hour: number, weight: number])[];
const hours = (weights: readonly number[]): Hours => weights.map((weight, hour) => [hour, weight]);

/** Weights of the 24 hours for a shop that is visited in the lunch break and in the evening. */
export const onlineHours = hours([
  4, 2, 1, 1, 1, 2, 5, 9, 13, 16, 18, 19, 22, 19, 17, 17, 18, 20, 24, 30, 34, 31, 20, 10,
]);
/** Weights of the 24 hours while shop and telephone are staffed. */
export const staffedHours = hours([0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 14, 18, 15, 13, 16, 18, 20, 17, 9, 0, 0, 0, 0, 0]);
