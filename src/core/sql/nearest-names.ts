import { LRUCache } from 'lru-cache';
import { editDistance } from '../language/edit-distance.ts';

function trigrams(word: string): readonly string[] {
  const text = `  ${word.toLowerCase()} `;
  return Array.from({ length: text.length - 2 }, (_, index) => text.slice(index, index + 3));
}

/** Names are looked up repeatedly: functions of a dialect, columns of a schema. */
const mostKept = 20_000;
const kept = new LRUCache<string, readonly string[]>({ max: mostKept });

function trigramsOf(name: string): readonly string[] {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const made = trigrams(name);
  kept.set(name, made);
  return made;
}

/** The share of trigrams that two words have in common, from 0 to 1, as pg_trgm counts it (Jaccard). */
function similarity(wanted: ReadonlySet<string>, name: readonly string[]): number {
  let common = 0;
  for (const trigram of name) if (wanted.has(trigram)) common += 1;
  return common / Math.max(wanted.size + name.length - common, 1);
}

/** From 0 to 1. Trigrams find reordered and longer names, the edit distance finds typing errors. */
function likeness(wanted: string, wantedTrigrams: ReadonlySet<string>, name: string): number {
  const shared = similarity(wantedTrigrams, trigramsOf(name));
  const longest = Math.max(wanted.length, name.length);
  const slips = Math.max(1, longest / 4);
  if (Math.abs(wanted.length - name.length) > slips || shared === 0) return shared;
  const distance = editDistance(wanted.toLowerCase(), name.toLowerCase(), slips);
  return Math.max(shared, distance <= slips ? 1 - distance / longest : 0);
}

/** pg_trgm's own threshold; below it two names share little more than a few letters. */
const threshold = 0.3;

/** Up to three of `names` that are most similar to `wanted`, best first. */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  const target = new Set(trigrams(wanted));
  return [...new Set(names)]
    .map((name) => ({ name, score: likeness(wanted, target, name) }))
    .filter(({ score }) => score >= threshold)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `Did you mean a or b?`; empty when no name is near. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const nearest = nearestNames(wanted, names);
  return nearest.length > 0 ? `Did you mean ${nearest.join(' or ')}?` : '';
}

/** `Did you mean a or b?`, or a list of the names when none is similar. */
export function suggestNames(wanted: string, names: readonly string[]): string {
  const near = didYouMean(wanted, names);
  if (near !== '') return near;
  if (names.length === 0) return 'There is nothing to choose from.';
  const shown = names.slice(0, 12).join(', ');
  return `There is: ${shown}${names.length > 12 ? ', …' : ''}.`;
}
