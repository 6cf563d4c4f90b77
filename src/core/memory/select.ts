import { wordsOf } from '../language/search-words.ts';
import { occurs, overridden, precedence, termKey } from './definitions.ts';
import { overlap } from './likeness.ts';
import type { Recalled, Why } from './memories.ts';
import type { Memory } from './memory.ts';
import { normalise } from './memory-id.ts';
import { memoryTokens } from './memory-tokens.ts';
import { holdsAt, isConscious, shelfOf } from './pool.ts';
import type { Fit } from './rank.ts';
import { type Asked, isRelevant, rankMemories, type View } from './rank-memories.ts';

/** The most tokens that memories may take in a prompt. */
export const recallTokens = 450;
const consciousTokens = 400;
const maxConscious = 10;
const maxRelevant = 8;
/** The most observed questions of one other person, so that nobody fills everyone's prompts. */
const maxObservedPerAuthor = 2;
/** The most fits that are considered. */
const maxFits = 200;
const dayMs = 24 * 60 * 60 * 1000;

/** What memories are selected for. */
export type SelectQuery = {
  readonly user: string;
  readonly now: Date;
  /** What the person wants: memories that fit the question, and those always kept in mind. */
  readonly settings: { readonly auto: boolean; readonly conscious: boolean };
};

type Candidate = { readonly memory: Memory; readonly fit: Pick<Fit, 'lexical' | 'cosine'>; readonly score: number };

/**
 * Selects the memories for the prompt within the token budget, in this order: definitions of terms in the question,
 * conscious memories (oldest first, so that the prompt stays the same from question to question), relevant memories.
 */
export function selectMemories(asked: Asked, query: SelectQuery): readonly Recalled[] {
  const { views, text } = asked;
  const { now, settings } = query;
  const hidden = overridden(noted(views, 'definitions', now));
  const shown = (memory: Memory) => !hidden.has(memory) && holdsAt(memory, now);
  const fits = fitsOf(asked, now).filter(({ memory }) => shown(memory));
  const withFit = (memory: Memory): Candidate =>
    fits.find((one) => one.memory === memory) ?? { memory, fit: { lexical: 0, cosine: 0 }, score: 0 };
  const named = noted(views, 'definitions', now)
    .filter((memory) => shown(memory) && occurs(memory.term ?? '', text))
    .map(withFit);
  const minded = noted(views, 'prominent', now).filter((memory) => shown(memory) && isConscious(memory, now));
  const conscious = pickConscious(minded.filter((memory) => !named.some((one) => one.memory === memory)));
  const others = fits.filter(
    ({ memory }) => !conscious.includes(memory) && !named.some((one) => one.memory === memory),
  );
  return withinBudget(
    [
      ...(settings.auto || settings.conscious ? named : [])
        .sort(byScore)
        .map((one) => recalled(one, definesInsteadOf(one.memory, hidden))),
      ...(settings.conscious ? conscious : []).map((memory) => recalled(withFit(memory), reasonOf(memory))),
      ...(settings.auto
        ? pickRelevant(
            others.filter(({ fit }) => isRelevant(fit)),
            text,
            query.user,
          )
        : []
      ).map((one) => recalled(one, { reason: one.fit.lexical > 0 ? 'words' : 'meaning' })),
    ],
    recallTokens,
  );
}

/** The valid memories of the views that define a term, or that may be conscious. */
const noted = (views: readonly View[], which: 'definitions' | 'prominent', now: Date): Memory[] =>
  views.flatMap(({ pool, shelves }) =>
    [...pool[which]].flatMap((id) => {
      const memory = pool.memories.get(id);
      return memory && shelves.includes(shelfOf(pool, memory)) && holdsAt(memory, now) ? [memory] : [];
    }),
  );

const reasonOf = ({ pinned, conscious, scope }: Memory): Why => ({
  reason: pinned ? 'pinned' : conscious ? 'taught' : 'confirmed',
  scope: scope.type,
});

/** Why a definition was applied, with the scopes of those it overrides, nearest first. */
function definesInsteadOf({ term = '', scope }: Memory, overridden: ReadonlySet<Memory>): Why {
  const others = [...overridden].filter((other) => termKey(other.term ?? '') === termKey(term));
  const instead = precedence.filter((type) => type !== scope.type && others.some((other) => other.scope.type === type));
  return { reason: 'defines', term, scope: scope.type, instead };
}

const byScore = (a: Candidate, b: Candidate) => b.score - a.score || (a.memory.id < b.memory.id ? -1 : 1);
const recalled = ({ memory, score }: Candidate, why: Why): Recalled => ({ memory, score, why });

/** The best fits by words and vectors, with a small boost for what they are. */
const fitsOf = (asked: Asked, now: Date): readonly Candidate[] =>
  rankMemories(asked, maxFits).map(({ memory, fit }) => ({ memory, fit, score: fit.score * boost(memory, now) }));

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Small advantages, at most a third in all: what is relevant must stay ahead of what is merely new or important. */
function boost(memory: Memory, now: Date): number {
  const days = Math.max(0, now.getTime() - memory.usedAt.getTime()) / dayMs;
  const halfLife = memory.kind === 'episode' ? 14 : 90;
  const recency = memory.kind === 'definition' ? 1 : 0.5 ** (days / halfLife);
  const proof = Math.min(1, Math.log2(memory.proof) / 3);
  const nearness = 1 - precedence.indexOf(memory.scope.type) / precedence.length;
  return (0.85 + 0.15 * recency) * (1 + 0.1 * memory.importance) * (1 + 0.05 * proof) * (1 + 0.03 * nearness);
}

/**
 * Picks pinned memories first, then standing instructions, short before long, then the most important, then the newest;
 * returns them oldest first. Independent of the question, so that the prompt begins the same throughout a session.
 */
function pickConscious(memories: readonly Memory[]): readonly Memory[] {
  const isLong = ({ text }: Memory) => memoryTokens(text) > consciousTokens / 4;
  const isInstruction = ({ kind }: Memory) => Number(/^(?:rule|preference|correction)$/.test(kind));
  const chosen = [...memories]
    .sort(
      (a, b) =>
        Number(b.pinned ?? false) - Number(a.pinned ?? false) ||
        isInstruction(b) - isInstruction(a) ||
        Number(isLong(a)) - Number(isLong(b)) ||
        b.importance - a.importance ||
        b.createdAt.getTime() - a.createdAt.getTime() ||
        compare(a.id, b.id),
    )
    .slice(0, maxConscious);
  return withinBudget(
    chosen.map((memory) => ({ memory })),
    consciousTokens,
  )
    .map(({ memory }) => memory)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || compare(a.id, b.id));
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): each next memory is the best one that does not repeat
 * those before it.
 */
function pickRelevant(candidates: readonly Candidate[], text: string, user: string): readonly Candidate[] {
  const best = candidates.reduce((most, { score }) => Math.max(most, score), 0) || 1;
  const left = [...candidates]
    .sort(byScore)
    .slice(0, 4 * maxRelevant)
    .map((one) => ({ one, words: new Set(wordsOf(one.memory.text)), repeats: 0 }));
  const picked: Candidate[] = [];
  const byAuthor = new Map<string, number>();
  while (left.length > 0 && picked.length < maxRelevant) {
    const worth = left.map(({ one, repeats }) => 0.7 * (one.score / best) - 0.3 * repeats);
    const [found] = left.splice(worth.indexOf(Math.max(...worth)), 1);
    if (found === undefined) break;
    const next = found.one;
    // An earlier asking of the same question adds nothing.
    if (normalise(next.memory.text) === normalise(text)) continue;
    const { author } = next.memory.source;
    const heard = byAuthor.get(author) ?? 0;
    if (next.memory.trust === 'observed' && author !== user && heard >= maxObservedPerAuthor) continue;
    byAuthor.set(author, heard + 1);
    picked.push(next);
    for (const other of left) other.repeats = Math.max(other.repeats, overlap(other.words, found.words));
  }
  return picked;
}

/** As many as fit, in order; skips one that is too long. */
function withinBudget<T extends { readonly memory: Memory }>(items: readonly T[], tokens: number): readonly T[] {
  let left = tokens;
  return items.filter(({ memory }) => {
    const cost = memoryTokens(`${memory.text}${memory.sql ?? ''}`);
    if (cost > left) return false;
    left -= cost;
    return true;
  });
}
