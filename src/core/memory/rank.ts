import { cosineOf, nearestBySigns } from './packed-vectors.ts';
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
 * Weights measured on LoCoMo (`npm run bench:memory`), chosen on conversations 26, 30 and 41 only.
 */
const lexicalWeight = 1.5;
/** For all-MiniLM-L6-v2, beside `lexicalWeight`. */
const vectorWeight = 1.6;
/** Of the cosine, the part that the text with its neighbours has; the text alone has the rest. */
const windowShare = 0.6;
/** The mean of the nearest three texts of a thread speaks for all of it. */
const threadVectorWeight = 0.4;
const nearestOfThread = 3;
const namedSpeaker = 1.25;
const dateMatch = 2;

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
  const named = namedIn(query.text, indexes);
  // People say each other's names, seldom their own: the name in a question tells who speaks, not what is said.
  const names = new Set([...named].flatMap(wordsOf));
  const words = [...new Set(wordsOf(query.text).filter((word) => !names.has(word)))];
  const month = monthNamedIn(query.text);
  const pools = scoreWords(indexes, words, isSmall);
  const candidates = pools.flatMap((pool) => candidatesOf(pool, query, isSmall));
  const near = minMax(candidates.map(({ cosine }) => cosine));
  const nearThreads = nearThreadsOf(candidates);
  const fits = candidates.map(({ pool, slot, cosine }, at): Fit => {
    const { index } = pool;
    const passage = index.passages[slot];
    const dated = month !== undefined && monthOf(passage?.at) === month ? dateMatch : 1;
    const byVectors = vectorWeight * (near[at] ?? 0) + threadVectorWeight * (nearThreads[at] ?? 0);
    const isNamed = passage?.speaker !== undefined && named.has(passage.speaker.toLowerCase());
    const score = (lexicalWeight * lexicalScore(pool, slot) * dated + byVectors) * (isNamed ? namedSpeaker : 1);
    return { index, slot, score, lexical: pool.own[slot] as number, cosine };
  });
  const sorted = fits.sort((one, other) => other.score - one.score || one.slot - other.slot);
  return limit < sorted.length ? sorted.slice(0, limit) : sorted;
}

type Candidate = { readonly pool: Scored; readonly slot: number; readonly cosine: number };

function candidatesOf(pool: Scored, { vector, near }: RankQuery, isSmall: boolean): Candidate[] {
  const found = near?.get(pool.index);
  const nearest = () => found?.keys() ?? nearBySigns(pool, vector);
  const slots = isSmall ? [...pool.slots] : [...new Set([...bestByWords(pool), ...nearest()])];
  return slots.map((slot) => ({
    pool,
    slot,
    cosine: found?.get(slot) ?? (vector === undefined ? 0 : cosineTo(pool.index, slot, vector)),
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
  return nearestBySigns(index.vectors, size, vector, candidatesBySigns).slice(0, 2 * candidatesBySigns);
}

function cosineTo({ vectors, windowVectors }: PassageIndex, slot: number, query: Float32Array): number {
  if (vectors === undefined || vectors.dimensions !== query.length) return 0;
  const own = cosineOf(vectors, slot, query);
  const window = windowVectors === undefined ? 0 : cosineOf(windowVectors, slot, query);
  return window === 0 ? own : (1 - windowShare) * own + windowShare * window;
}

/** For each candidate, how near its thread is: from 0 to 1. */
function nearThreadsOf(candidates: readonly Candidate[]): number[] {
  const threads = new Map<PassageIndex, Map<number, number[]>>();
  for (const { pool, slot, cosine } of candidates) {
    if (pool.index.states[slot] === 1) continue;
    const ofIndex = threads.get(pool.index) ?? new Map<number, number[]>();
    threads.set(pool.index, ofIndex);
    const thread = pool.index.threadOf[slot] as number;
    const cosines = ofIndex.get(thread);
    if (cosines === undefined) ofIndex.set(thread, [cosine]);
    else cosines.push(cosine);
  }
  const means = new Map(
    [...threads].map(([index, all]) => [index, new Map([...all].map(([at, some]) => [at, meanOfNearest(some)]))]),
  );
  return minMax(
    candidates.map(
      ({ pool, slot, cosine }) => means.get(pool.index)?.get(pool.index.threadOf[slot] as number) ?? cosine,
    ),
  );
}

function meanOfNearest(cosines: number[]): number {
  const nearest = cosines.sort((one, other) => other - one).slice(0, nearestOfThread);
  return nearest.reduce((sum, cosine) => sum + cosine, 0) / nearest.length;
}

function minMax(values: readonly number[]): number[] {
  let least = 1;
  let most = -1;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return values.map((value) => (most > least ? (value - least) / (most - least) : 0));
}

/** The cosine of two vectors of unit length. */
export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number);
  return sum;
}

function namedIn(text: string, indexes: readonly PassageIndex[]): Set<string> {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return new Set(words.filter((word) => indexes.some(({ speakers }) => speakers.has(word))));
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** "in May 2023", "on 3 June, 2024": months since the year 0; undefined when the text names none with its year. */
function monthNamedIn(text: string): number | undefined {
  const found = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{1,2})?,?\s+(\d{4})/i.exec(text);
  if (found === null) return undefined;
  return Number(found[2]) * 12 + months.indexOf(found[1]?.toLowerCase() ?? '');
}

const monthOf = (date: Date | undefined): number | undefined =>
  date === undefined ? undefined : date.getUTCFullYear() * 12 + date.getUTCMonth();
