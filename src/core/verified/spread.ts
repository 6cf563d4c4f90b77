/** How much two sets of words share, 0 to 1 (Jaccard). */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared || 1);
}

/** Up to `n` items that differ: the first, then each time the one least similar to those already chosen. */
export function spread<T>(items: readonly T[], n: number, wordsOf: (item: T) => readonly string[]): readonly T[] {
  const rest = items.map((item) => ({ item, words: new Set(wordsOf(item)), likeness: 0 }));
  const chosen: T[] = [];
  while (chosen.length < n && rest.length > 0) {
    const next = rest.reduce((best, one) => (one.likeness < best.likeness ? one : best));
    rest.splice(rest.indexOf(next), 1);
    chosen.push(next.item);
    for (const one of rest) one.likeness = Math.max(one.likeness, similarity(one.words, next.words));
  }
  return chosen;
}
