const trigrams = (word: string): Set<string> => {
  const padded = `  ${word.toLowerCase()} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3)));
};

/** Share of trigrams two words have in common, 0 to 1, as pg_trgm counts it (Jaccard). */
function similarity(a: Set<string>, b: Set<string>): number {
  let common = 0;
  for (const trigram of a) if (b.has(trigram)) common += 1;
  return common / (a.size + b.size - common);
}

/** Below this two names have little but a few letters in common. pg_trgm's own threshold. */
const threshold = 0.3;

/** Up to three of `names` that look most like `wanted`, best first. */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  const target = trigrams(wanted);
  return [...new Set(names)]
    .map((name) => ({ name, score: similarity(target, trigrams(name)) }))
    .filter(({ score }) => score >= threshold)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `Did you mean a, b or c?`, or the names there are when none is near. */
export function suggestNames(wanted: string, names: readonly string[]): string {
  const nearest = nearestNames(wanted, names);
  if (nearest.length > 0) return `Did you mean ${nearest.join(' or ')}?`;
  if (names.length === 0) return 'There is nothing to choose from.';
  const shown = names.slice(0, 12).join(', ');
  return `There is: ${shown}${names.length > 12 ? ', …' : ''}.`;
}
