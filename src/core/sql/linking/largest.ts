/** The places of the few largest values, largest first. */
export function largest(values: Float64Array, count: number): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const last = places[count - 1];
    if (last !== undefined && (values[at] as number) <= (values[last] as number)) continue;
    let to = Math.min(places.length, count - 1);
    for (; to > 0 && (values[places[to - 1] as number] as number) < (values[at] as number); to -= 1)
      places[to] = places[to - 1] as number;
    places[to] = at;
  }
  return places;
}

/** Compares places by their values, the larger first; equal ones in their order. */
export const byLargest =
  (values: Float64Array) =>
  (a: number, b: number): number =>
    (values[b] as number) - (values[a] as number) || a - b;

/** Number of buckets of the counting sort; most questions need only the first few of thousands of places. */
const buckets = 512;

/**
 * The places of values, largest first, as a list that can be walked several times and is sorted only as far as it is
 * walked.
 */
export function largestFirst(values: Float64Array): Iterable<number> {
  const { places, starts } = sortIntoBuckets(values);
  let sorted = 0;
  function bucket(n: number): Int32Array {
    const own = places.subarray(starts[n], starts[n + 1]);
    if (n >= sorted) own.sort(byLargest(values));
    sorted = Math.max(sorted, n + 1);
    return own;
  }
  return {
    *[Symbol.iterator]() {
      for (let n = 0; n < buckets; n += 1) yield* bucket(n);
    },
  };
}

/**
 * A counting sort of places by the size of their values, the largest in the first bucket and negative infinity last.
 */
function sortIntoBuckets(values: Float64Array): { readonly places: Int32Array; readonly starts: Int32Array } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number;
    if (value > most) most = value;
    if (value < least && value > Number.NEGATIVE_INFINITY) least = value;
  }
  const scale = most > least ? (buckets - 1) / (most - least) : 0;
  const bucketOf = (value: number): number =>
    value === Number.NEGATIVE_INFINITY ? buckets - 1 : Math.trunc((most - value) * scale);
  const starts = new Int32Array(buckets + 1);
  for (let at = 0; at < values.length; at += 1) {
    const next = bucketOf(values[at] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let n = 1; n <= buckets; n += 1) starts[n] = (starts[n] as number) + (starts[n - 1] as number);
  const free = starts.slice();
  const places = new Int32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const n = bucketOf(values[at] as number);
    places[free[n] as number] = at;
    free[n] = (free[n] as number) + 1;
  }
  return { places, starts };
}
