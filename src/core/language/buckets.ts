import { add, allTime, startOf, type Unit } from './calendar.ts';
import type { Day, Span } from './dates.ts';

/** A period that begins with a whole unit, so that the first bucket of a series is not cut. */
export const fromWholeBucket = (span: Span, grain: Unit): Span =>
  span.start === allTime.start ? span : { ...span, start: startOf(span.start, grain) };

/**
 * Aligns a window to its grain: "the last 8 weeks" by week are eight calendar weeks including the current one, not 56
 * days that begin within a week. A window in other units keeps its days.
 */
export function inBuckets(span: Span & { readonly window?: Unit | undefined }, grain: Unit, today: Day): Span {
  const { start, end, window } = span;
  if (window !== grain || startOf(start, grain) === start) return { start, end };
  return { start: add(startOf(start, grain), 1, grain), end: laterOf(end, add(today, 1, 'day')) };
}

/**
 * The part of a span with only complete buckets, for ranking them: half a week is not the worst week. Undefined when
 * there is none.
 */
export function wholeBuckets({ start, end }: Span, grain: Unit, today: Day): Span | undefined {
  const tomorrow = add(today, 1, 'day');
  const first =
    start === allTime.start || startOf(start, grain) === start ? start : add(startOf(start, grain), 1, grain);
  const last = startOf(earlierOf(end, tomorrow), grain);
  return first < last ? { start: first, end: last } : undefined;
}

/** Rows that are a series over time. */
export type Series = {
  /** Name of the column that holds the first day of each bucket. */
  readonly column: string;
  readonly grain: Unit;
  /** What was asked for; undefined for all time. */
  readonly span: Span | undefined;
};

const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);
const earlierOf = (a: Day, b: Day): Day => (a < b ? a : b);

/** The days of a bucket that a series has, where they are not all of it: `first` when it was cut by the range asked for. */
export type CutBucket = Span & { readonly bucket: Day };

/**
 * Of the buckets that begin on these days, those that are not whole: cut by the range, or not over yet. `span`: what was
 * asked for, undefined for all time.
 */
export function cutBuckets(
  starts: readonly Day[],
  grain: Unit,
  span: Span | undefined,
  today: Day,
): readonly CutBucket[] {
  const from = span?.start ?? allTime.start;
  const to = earlierOf(span?.end ?? allTime.end, add(today, 1, 'day'));
  return starts.flatMap((bucket) => {
    const end = add(bucket, 1, grain);
    // What lies ahead is no bucket that was cut: bookings to come, say.
    if (bucket >= from && (end <= to || bucket >= to)) return [];
    return [{ bucket, start: laterOf(bucket, from), end: earlierOf(end, to) }];
  });
}
