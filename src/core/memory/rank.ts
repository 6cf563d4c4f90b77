import { wordsOf } from '../language/search-words.ts';
import { nearestBySigns } from '../vectors/packed-vectors.ts';
import { type AskedAbout, askedAbout } from './asked-about.ts';
import { nearnessTo, threadNearness } from './nearness.ts';
import type { PassageIndex } from './passage-index.ts';
import { type Terms, termsOf } from './query-terms.ts';
import { lexicalScore, type Scored, scoreWords } from './score-words.ts';
import { calledBy, selfReferenceAt } from './speakers.ts';
import type { Most } from './sum-words.ts';

/** What passages are ranked for. */
export type RankQuery = {
  readonly text: string;
  /** Undefined: only words are compared. */
  readonly vector: Float32Array | undefined;
  /** Cosines from the store's own vector search; the indexes then hold no vectors. */
  readonly near?: NearBySlot | undefined;
};

/** Cosines by slot of an index. */
export type NearBySlot = ReadonlyMap<PassageIndex, ReadonlyMap<number, number>>;

/** How well one passage fits. `score` gives the order; `lexical` and `cosine` have scales of their own. */
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
 * Weights relative to that of the words, which is 1. Fitted on LoCoMo conversations 26, 30 and 41 only, by the
 * likelihood of the right passages, and rounded (docs/decisions/0023). The vector weights are for all-MiniLM-L6-v2.
 */
const weights = { cosine: 3, thread: 2, speaker: 0.5, month: 1.7, ofOneself: 0.4, asks: -0.8 };

/**
 * Up to this many passages, every one is scored. Beyond it, only those that share a word or are near by their sign
 * bits.
 */
const exactUntil = 1_000;
/** How many candidates of a large pool, by words and by sign bits, get an exact cosine. */
const candidatesByWords = 600;
const candidatesBySigns = 440;

/** The passages that fit, best first, at most `limit`, across several indexes. */
export function rank(indexes: readonly PassageIndex[], query: RankQuery, limit = Number.POSITIVE_INFINITY): Fit[] {
  const size = indexes.reduce((sum, { live }) => sum + live, 0);
  if (size === 0) return [];
  const about = askedAbout(query.text, new Set(indexes.flatMap(({ speakers }) => [...speakers.parts.keys()])));
  // People say each other's names and seldom their own, so a name in a question says who spoke, not which words were
  // used.
  const names = new Set([...about.names].flatMap(wordsOf));
  const terms = termsOf(indexes, [...new Set(wordsOf(query.text).filter((word) => !names.has(word)))]);
  const most: Most = { near: 0, thread: 0 };
  const candidates = indexes.flatMap((index) => candidatesOf(index, query, terms, most, size <= exactUntil));
  const threads = threadNearness(candidates);
  const others = new Map(indexes.map((index) => [index, bySpeaker(index, about)]));
  const fits = candidates.map(({ index, slot, at, scored, cosine }, place): Fit => {
    const byVectors = weights.cosine * cosine + weights.thread * (threads[place] ?? 0);
    const score = lexicalScore(scored, at, most) + byVectors + (others.get(index)?.(slot) ?? 0);
    return { index, slot, score, lexical: scored.own[at] as number, cosine };
  });
  const sorted = fits.sort((one, other) => other.score - one.score || one.slot - other.slot);
  return limit < sorted.length ? sorted.slice(0, limit) : sorted;
}

/** The part of the score that comes from who said it, when, and how. */
function bySpeaker({ speakers, months }: PassageIndex, about: AskedAbout): (slot: number) => number {
  const asked = calledBy(speakers, about.speakers);
  return (slot) => {
    const said = asked.has(speakers.of[slot] ?? 0);
    const dated = about.month !== undefined && months[slot] === about.month;
    const { ofOneself, asks } = selfReferenceAt(speakers, slot);
    return (
      (said ? weights.speaker : 0) + (dated ? weights.month : 0) + weights.ofOneself * ofOneself + weights.asks * asks
    );
  };
}

/** A passage that gets an exact score. `at`: the index of its word scores in `scored`. */
type Candidate = {
  readonly index: PassageIndex;
  readonly slot: number;
  readonly scored: Scored;
  readonly at: number;
  readonly cosine: number;
};

function candidatesOf(index: PassageIndex, query: RankQuery, terms: Terms, most: Most, all: boolean): Candidate[] {
  const { vector, near } = query;
  const found = near?.get(index);
  const nearest = all ? [] : (found?.keys() ?? nearBySigns(index, vector));
  const scored = scoreWords(index, terms, most, nearest, all ? undefined : candidatesByWords);
  return scored.slots.map((slot, at) => ({
    index,
    slot,
    scored,
    at,
    cosine: found?.get(slot) ?? (vector === undefined ? 0 : nearnessTo(index, slot, vector)),
  }));
}

const nearBySigns = ({ vectors, texts }: PassageIndex, vector: Float32Array | undefined): Iterable<number> =>
  vector === undefined || vectors === undefined ? [] : nearestBySigns(vectors, texts.length, vector, candidatesBySigns);

/** The cosine of two vectors of unit length. */
export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
