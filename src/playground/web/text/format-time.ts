/** Slack's `ts` as a date. */
export function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

/** `3:07 PM` where the person is. */
export function clockTime(ts: string, tz: string): string {
  return new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: tz }).format(dateOf(ts));
}

/** `Monday, November 23, 2026 at 3:07 PM`, for tooltips. */
export function fullTime(ts: string, tz: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'short', timeZone: tz }).format(dateOf(ts));
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Cached, because creating one is slow and a list of messages needs many. */
function dayFormat(tz: string): Intl.DateTimeFormat {
  const known = dayFormats.get(tz) ?? new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: tz });
  dayFormats.set(tz, known);
  return known;
}

/** `2026-11-23` where the person is: equal for messages of one day. */
export function dayKey(date: Date, tz: string): string {
  return dayFormat(tz).format(date);
}

/** `Today`, `Yesterday` or `Monday, November 23`, with the year if it is another one. */
export function dayLabel(ts: string, tz: string, now: Date): string {
  const date = dateOf(ts);
  const day = dayKey(date, tz);
  if (day === dayKey(now, tz)) return 'Today';
  if (day === dayKey(new Date(now.getTime() - 86_400_000), tz)) return 'Yesterday';
  const year = day.slice(0, 4) === dayKey(now, tz).slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  const parts = { weekday: 'long', month: 'long', day: 'numeric', timeZone: tz, ...year } as const;
  return new Intl.DateTimeFormat('en-US', parts).format(date);
}

/** `just now`, `5 minutes ago`, `today at 3:07 PM`, `Nov 23 at 3:07 PM`: for "last reply". */
export function relativeTime(ts: string, tz: string, now: Date): string {
  const date = dateOf(ts);
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
  if (dayKey(date, tz) === dayKey(now, tz)) return `today at ${clockTime(ts, tz)}`;
  const day = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: tz }).format(date);
  return `${day} at ${clockTime(ts, tz)}`;
}
