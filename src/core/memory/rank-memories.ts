import type { Memory } from './memory.ts';
import type { Pool, Shelf } from './pool.ts';
import { type Fit, type NearBySlot, rank } from './rank.ts';

/** What one person may see of a scope. */
export type View = { readonly pool: Pool; readonly shelves: readonly Shelf[] };

/** A text, and what one person may see to compare it with. */
export type Asked = {
  readonly views: readonly View[];
  readonly text: string;
  /** Undefined: only words are compared. */
  readonly vector: Float32Array | undefined;
  readonly near: NearBySlot | undefined;
};

/** Without a common word, texts nearer than this are about the same thing (all-MiniLM-L6-v2). */
const nearEnough = 0.45;

/** Whether a memory shares a word with the text or is near enough in meaning. */
export const isRelevant = ({ lexical, cosine }: Pick<Fit, 'lexical' | 'cosine'>): boolean =>
  lexical > 0 || cosine >= nearEnough;

/** A memory with how well it fits. */
export type RankedMemory = { readonly memory: Memory; readonly fit: Fit };

/** Ranks everything that the person may see, best first, across scopes. Recall, search and the benchmark all use it. */
export function rankMemories({ views, text, vector, near }: Asked, limit: number): readonly RankedMemory[] {
  const shelves = new Map(
    views.flatMap(({ pool, shelves }) => shelves.map((shelf) => [shelf.index, { pool, shelf }] as const)),
  );
  return rank([...shelves.keys()], { text, vector, near }, limit).flatMap((fit) => {
    const place = shelves.get(fit.index);
    const memory = place?.pool.memories.get(place.shelf.ids[fit.slot] ?? '');
    return memory ? [{ memory, fit }] : [];
  });
}
