import { LRUCache } from 'lru-cache';
import { editDistance } from '../language/edit-distance.ts';

function trigrams(word: string): readonly string[] {
  const text = `  ${word.toLowerCase()} `;
  return Array.from({ length: text.length - 2 }, (_, index) => text.slice(index, index + 3));
}

/** Names that are looked up again and again: functions of a dialect, columns of a schema. */
const mostKept = 20_000;
const kept = new LRUCache<string, readonly string[]>({ max: mostKept });

function trigramsOf(name: string): readonly string[] {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const made = trigrams(name);
  kept.set(name, made);
  return made;
}

/** Share of trigrams two words have in common, 0 to 1, much as pg_trgm counts it (Jaccard). */
function similarity(wanted: ReadonlySet<string>, name: readonly string[]): number {
  let common = 0;
  for (const trigram of name) if (wanted.has(trigram)) common += 1;
  return common / Math.max(wanted.size + name.length - common, 1);
}

/** Likeness from 0 to 1: trigrams find reordered and longer names, the edit distance finds slips of the finger. */
function likeness(wanted: string, wantedTrigrams: ReadonlySet<string>, name: string): number {
  const shared = similarity(wantedTrigrams, trigramsOf(name));
  const longest = Math.max(wanted.length, name.length);
  const slips = Math.max(1, longest / 4);
  if (Math.abs(wanted.length - name.length) > slips || shared === 0) return shared;
  const distance = editDistance(wanted.toLowerCase(), name.toLowerCase(), slips);
  return Math.max(shared, distance <= slips ? 1 - distance / longest : 0);
}

/** Below this two names have little but a few letters in common. pg_trgm's own threshold. */
const threshold = 0.3;

/** Up to three of `names` that look most like `wanted`, best first. */
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

/** `Did you mean a or b?`, or the names there are when none is near. */
export function suggestNames(wanted: string, names: readonly string[]): string {
  const near = didYouMean(wanted, names);
  if (near !== '') return near;
  if (names.length === 0) return 'There is nothing to choose from.';
  const shown = names.slice(0, 12).join(', ');
  return `There is: ${shown}${names.length > 12 ? ', …' : ''}.`;
}
