import type { ScopeType } from '../namespace.ts';
import { occurs, precedence, withoutOverridden } from './definitions.ts';
import type { IndexCache } from './index-cache.ts';
import type { Recalled } from './memories.ts';
import type { Memory } from './memory.ts';
import { normalise } from './memory-id.ts';
import { dot, type Fit, type Passage, rank } from './rank.ts';
import { memoryTokens } from './tokens.ts';
import { wordsOf } from './words.ts';

/** What a prompt may hold of memories, in tokens and pieces. */
export const recallTokens = 450;
const consciousTokens = 400;
const maxConscious = 10;
const maxRelevant = 8;
/** Of what one other person merely asked: nobody may fill everyone's prompts. */
const maxObservedPerAuthor = 2;
/** Without a common word, texts nearer than this are about the same thing (all-MiniLM-L6-v2). */
const nearEnough = 0.45;
const dayMs = 24 * 60 * 60 * 1000;
/** What is asked within this time in one place is one conversation. */
const sessionGapMs = 30 * 60 * 1000;

export type SelectQuery = {
  readonly text: string;
  readonly user: string;
  readonly now: Date;
  /** Of the question; undefined: words alone decide. */
  readonly vector: Float32Array | undefined;
  /** Model of that vector: vectors of another one are not compared with it. */
  readonly model: string;
  readonly cache: IndexCache;
};

type Candidate = { readonly memory: Memory; readonly fit: Fit; readonly score: number };

/**
 * What goes into the prompt, in this order and within the token budget: definitions of terms in the question, then
 * conscious memories (oldest first, so that the prompt stays the same from question to question), then what is relevant.
 */
export function selectMemories(memories: readonly Memory[], query: SelectQuery): readonly Recalled[] {
  const candidates = scored(withoutOverridden(memories), query);
  const named = candidates.filter(({ memory }) => memory.term !== undefined && occurs(memory.term, query.text));
  const conscious = pickConscious(candidates.filter((one) => one.memory.conscious && !named.includes(one)));
  const others = candidates.filter((one) => !named.includes(one) && !conscious.includes(one));
  const relevant = pickRelevant(others.filter(isRelevant), query);
  return withinBudget(
    [
      ...named.sort(byScore).map((one) => recalled(one, `defines "${one.memory.term}"`)),
      ...conscious.map((one) => recalled(one, `taught ${placeOf[one.memory.scope.type]}`)),
      ...relevant.map((one) => recalled(one, one.fit.lexical > 0 ? 'similar words' : 'similar meaning')),
    ],
    recallTokens,
  );
}

const placeOf: Readonly<Record<ScopeType, string>> = {
  user: 'by you',
  dm: 'in this conversation',
  thread: 'in this thread',
  channel: 'in this channel',
  workspace: 'for the workspace',
  datasource: 'for this data source',
};

const byScore = (a: Candidate, b: Candidate) => b.score - a.score || (a.memory.id < b.memory.id ? -1 : 1);
const recalled = ({ memory, score }: Candidate, why: string): Recalled => ({ memory, score, why });

function scored(memories: readonly Memory[], query: SelectQuery): Candidate[] {
  const ordered = inConversations(memories);
  const passages = ordered.map(({ memory, conversation }) => passageOf(memory, conversation, query));
  // An id follows from the text, so the ids stand for all texts.
  const key = ordered.map(({ memory, conversation }) => `${memory.id}/${conversation}`).join();
  const fits = rank(query.cache.index(key, passages), { text: query.text, vector: query.vector });
  return ordered.map(({ memory }, at) => {
    const fit = fits[at] ?? { score: 0, lexical: 0, cosine: 0 };
    return { memory, fit, score: fit.score * boost(memory, query.now) };
  });
}

function passageOf(memory: Memory, conversation: string, query: SelectQuery): Passage {
  return {
    text: memory.text,
    speaker: undefined,
    thread: conversation,
    at: memory.kind === 'episode' ? memory.createdAt : undefined,
    vector: memory.embedding?.model === query.model ? memory.embedding.vector : undefined,
    windowVector: undefined,
  };
}

/** Episodes of one conversation behind each other, so that they are each other's neighbours; all else stands alone. */
function inConversations(memories: readonly Memory[]) {
  const episodes = memories
    .filter(({ kind }) => kind === 'episode')
    .sort((a, b) => compare(a.source.channel, b.source.channel) || a.createdAt.getTime() - b.createdAt.getTime());
  let conversation = '';
  let last: Memory | undefined;
  const together = episodes.map((memory) => {
    const goesOn =
      last?.source.channel === memory.source.channel &&
      memory.createdAt.getTime() - last.createdAt.getTime() <= sessionGapMs;
    if (!goesOn) conversation = memory.id;
    last = memory;
    return { memory, conversation };
  });
  const alone = memories
    .filter(({ kind }) => kind !== 'episode')
    .map((memory) => ({ memory, conversation: memory.id }));
  return [...alone, ...together];
}

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

/** Standing instructions first when there are too many; in the end the oldest first. */
function pickConscious(candidates: readonly Candidate[]): readonly Candidate[] {
  const isInstruction = ({ memory }: Candidate) => Number(/^(?:rule|preference|correction)$/.test(memory.kind));
  const chosen = [...candidates]
    .sort((a, b) => isInstruction(b) - isInstruction(a) || byScore(a, b))
    .slice(0, maxConscious);
  return [...withinBudget(chosen, consciousTokens)].sort(
    (a, b) => a.memory.createdAt.getTime() - b.memory.createdAt.getTime() || compare(a.memory.id, b.memory.id),
  );
}

const isRelevant = ({ fit }: Candidate) => fit.lexical > 0 || fit.cosine >= nearEnough;

/**
 * Maximal marginal relevance (Carbonell and Goldstein 1998): each next one is the best that does not repeat those
 * before it.
 */
function pickRelevant(candidates: readonly Candidate[], { user, text }: SelectQuery): readonly Candidate[] {
  const best = candidates.reduce((most, { score }) => Math.max(most, score), 0) || 1;
  const left = [...candidates].sort(byScore).slice(0, 4 * maxRelevant);
  const picked: Candidate[] = [];
  const byAuthor = new Map<string, number>();
  while (left.length > 0 && picked.length < maxRelevant) {
    const worth = left.map(
      (one) => 0.7 * (one.score / best) - 0.3 * Math.max(0, ...picked.map((p) => likeness(one, p))),
    );
    const [next] = left.splice(worth.indexOf(Math.max(...worth)), 1);
    if (next === undefined) break;
    // The same question asked before tells nothing new.
    if (normalise(next.memory.text) === normalise(text)) continue;
    const { author } = next.memory.source;
    const heard = byAuthor.get(author) ?? 0;
    if (next.memory.trust === 'observed' && author !== user && heard >= maxObservedPerAuthor) continue;
    byAuthor.set(author, heard + 1);
    picked.push(next);
  }
  return picked;
}

/** Jaccard similarity of the words, or the cosine where there are vectors. */
function likeness(a: Candidate, b: Candidate): number {
  const [one, other] = [a.memory.embedding, b.memory.embedding];
  if (one !== undefined && other !== undefined && one.model === other.model) return dot(one.vector, other.vector);
  const words = new Set(wordsOf(a.memory.text));
  const others = new Set(wordsOf(b.memory.text));
  const shared = [...words].filter((word) => others.has(word)).length;
  return shared / Math.max(1, words.size + others.size - shared);
}

/** As many as fit, in order; one that is too long is passed over. */
function withinBudget<T extends { readonly memory: Memory }>(items: readonly T[], tokens: number): readonly T[] {
  let left = tokens;
  return items.filter(({ memory }) => {
    const cost = memoryTokens(memory.text);
    if (cost > left) return false;
    left -= cost;
    return true;
  });
}
