import { type AskedAbout, askedAbout, monthOf } from './asked-about.ts';
import { nearnessTo, threadNearness } from './nearness.ts';
import { nearestBySigns } from './packed-vectors.ts';
import type { PassageIndex } from './passage-index.ts';
import { lexicalScore, type Scored, scoreWords } from './score-words.ts';
import { wordsOf } from './words.ts';

export type RankQuery = {
  readonly text: string;
  /** Undefined: words alone decide. */
  readonly vector: Float32Array | undefined;
  /** How near the store's own vector search says they are; the indexes then hold no vectors. */
  readonly near?: NearBySlot | undefined;
};

/** Cosines by slot of an index. */
export type NearBySlot = ReadonlyMap<PassageIndex, ReadonlyMap<number, number>>;

/** How well one passage fits. `score` orders; the other two say how much there is to it, on scales of their own. */
export type Fit = {
  readonly index: PassageIndex;
  readonly slot: number;
  readonly score: number;
  /** BM25 of the text alone; 0 when it shares no word with the query. */
  readonly lexical: number;
  /** -1 to 1; 0 without vectors. */
  readonly cosine: number;
};

/**
 * Weights beside that of the words, which is 1: fitted on LoCoMo conversations 26, 30 and 41 only, by the likelihood of
 * what answers among all that was said, and rounded (docs/decisions/0023). Those of vectors are for all-MiniLM-L6-v2.
 */
const weights = { cosine: 3, thread: 2, speaker: 0.5, month: 1.7, ofOneself: 0.4, asks: -0.8 };

/** Passages up to which every one is scored; beyond it those that share a word, and those that are near by their signs. */
const exactUntil = 1_000;
/** Of a large pool, how many by words and how many by signs get their exact cosine. */
const candidatesByWords = 600;
const candidatesBySigns = 400;

/** The passages that fit, over several indexes as if they were one, best first, at most `limit`. */
export function rank(indexes: readonly PassageIndex[], query: RankQuery, limit = Number.POSITIVE_INFINITY): Fit[] {
  const size = indexes.reduce((sum, { live }) => sum + live, 0);
  if (size === 0) return [];
  const isSmall = size <= exactUntil;
  const about = askedAbout(query.text, new Set(indexes.flatMap(({ speakers }) => [...speakers.keys()])));
  // People say each other's names, seldom their own: the name in a question tells who speaks, not what is said.
  const names = new Set([...about.names].flatMap(wordsOf));
  const words = [...new Set(wordsOf(query.text).filter((word) => !names.has(word)))];
  const pools = scoreWords(indexes, words, isSmall);
  const candidates = pools.flatMap((pool) => candidatesOf(pool, query, isSmall));
  const threads = threadNearness(candidates);
  const fits = candidates.map(({ pool, index, slot, cosine }, at): Fit => {
    const byVectors = weights.cosine * cosine + weights.thread * (threads[at] ?? 0);
    const score = lexicalScore(pool, slot) + byVectors + bySpeaker(index, slot, about);
    return { index, slot, score, lexical: pool.own[slot] as number, cosine };
  });
  const sorted = fits.sort((one, other) => other.score - one.score || one.slot - other.slot);
  return limit < sorted.length ? sorted.slice(0, limit) : sorted;
}

/** What speaks for a passage beside its words and its meaning: who said it, when, and how. */
function bySpeaker({ passages, speakers, tellings }: PassageIndex, slot: number, about: AskedAbout): number {
  const said = [...about.speakers].some((part) => speakers.get(part)?.has(slot));
  const telling = tellings.get(slot);
  const dated = about.month !== undefined && monthOf(passages[slot]?.at) === about.month;
  return (
    (said ? weights.speaker : 0) +
    (dated ? weights.month : 0) +
    weights.ofOneself * (telling?.ofOneself ?? 0) +
    weights.asks * (telling?.asks ?? 0)
  );
}

type Candidate = {
  readonly pool: Scored;
  readonly index: PassageIndex;
  readonly slot: number;
  readonly cosine: number;
};

function candidatesOf(pool: Scored, { vector, near }: RankQuery, isSmall: boolean): Candidate[] {
  const { index } = pool;
  const found = near?.get(index);
  const nearest = () => found?.keys() ?? nearBySigns(pool, vector);
  const slots = isSmall ? [...pool.slots] : [...new Set([...bestByWords(pool), ...nearest()])];
  return slots.map((slot) => ({
    pool,
    index,
    slot,
    cosine: found?.get(slot) ?? (vector === undefined ? 0 : nearnessTo(index, slot, vector)),
  }));
}

/** The best by words, by way of a threshold that a sample gives: sorting all of a large pool would take too long. */
function bestByWords({ slots, near }: Scored): readonly number[] {
  if (slots.length <= candidatesByWords) return [...slots];
  const step = Math.max(1, Math.floor(slots.length / 10_000));
  const sample: number[] = [];
  for (let at = 0; at < slots.length; at += step) sample.push(near[slots[at] as number] as number);
  sample.sort((one, other) => other - one);
  const threshold = sample[Math.min(sample.length - 1, Math.ceil((1.5 * candidatesByWords) / step))] as number;
  const best: number[] = [];
  for (const slot of slots)
    if ((near[slot] as number) >= threshold && best.length < 4 * candidatesByWords) best.push(slot);
  return best
    .sort((one, other) => (near[other] as number) - (near[one] as number) || one - other)
    .slice(0, candidatesByWords);
}

function nearBySigns({ index }: Scored, vector: Float32Array | undefined): readonly number[] {
  if (vector === undefined || index.vectors === undefined) return [];
  const size = Math.min(index.passages.length, index.vectors.factors.length);
  return [...nearestBySigns(index.vectors, size, vector, candidatesBySigns).subarray(0, 2 * candidatesBySigns)];
}

/** The cosine of two vectors of unit length. */
export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
