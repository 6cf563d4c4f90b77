/**
 * Cuts `2026-03-01T00:00:00Z` down to the part that differs: the year when every time is the first day of a year, the
 * month when every time is the first day of a month, the day when every time is midnight.
 */
export function shortenTimes(times: readonly string[]): readonly string[] {
  const days = times.every((time) => /^\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?Z?)?$/.test(time));
  if (!days) return times;
  const length = times.every((time) => time.startsWith('-01-01', 4))
    ? 4
    : times.every((time) => time.startsWith('-01', 7))
      ? 7
      : 10;
  return times.map((time) => time.slice(0, length));
}
