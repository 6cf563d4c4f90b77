/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export const localDay = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/**
 * The instant at which the next local day begins. Found by bisection on `localDay`, to the second, so that days of 23
 * and 25 hours (and zones that skip midnight) come out right.
 */
export function nextDayStart(at: Date, timeZone: string): Date {
  const today = localDay(at, timeZone);
  let before = Math.floor(at.getTime() / 1000);
  let after = before + 26 * 3600;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localDay(new Date(middle * 1000), timeZone) === today) before = middle;
    else after = middle;
  }
  return new Date(after * 1000);
}
