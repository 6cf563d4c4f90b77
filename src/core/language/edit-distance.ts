/**
 * Longer texts are not compared: the cost grows with the square of the length, and identifiers have at most 63
 * characters.
 */
const longestCompared = 64;
/** Three rows of the distance table, reused for every comparison. */
const rows = [0, 1, 2].map(() => new Uint8Array(longestCompared + 1)) as [Uint8Array, Uint8Array, Uint8Array];

/**
 * Steps from one word to another: insert, delete, replace, or swap two neighbours (optimal string alignment). Infinite as
 * soon as it is more than `most`, and for words longer than `longestCompared`.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.max(a.length, b.length) > longestCompared) return Number.POSITIVE_INFINITY;
  let [before, last, current] = rows;
  for (let column = 0; column <= b.length; column += 1) last[column] = column;
  let leastOfLast = 0;
  for (let row = 1; row <= a.length; row += 1) {
    current[0] = row;
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let steps = Math.min(
        (last[column - 1] as number) + (isSame ? 0 : 1),
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        steps = Math.min(steps, (before[column - 2] as number) + 1);
      current[column] = steps;
      if (steps < least) least = steps;
    }
    // A swap reaches back two rows, for one step more.
    if (least > most && leastOfLast >= most) return Number.POSITIVE_INFINITY;
    leastOfLast = least;
    [before, last, current] = [last, current, before];
  }
  return last[b.length] as number;
}
