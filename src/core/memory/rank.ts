import { wordsOf } from '../language/search-words.ts';
import { nearestBySigns } from '../vectors/packed-vectors.ts';
import { type AskedAbout, askedAbout } from './asked-about.ts';
import { nearnessTo, threadNearness } from './nearness.ts';
import type { PassageIndex } from './passage-index.ts';
import { lexicalScore, type Scored, scoreWords } from './score-words.ts';
import { calledBy, tellingAt } from './speakers.ts';
import type { Most } from './sum-words.ts';
import { type Terms, termsOf } from './terms.ts';

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
const candidatesBySigns = 440;

/** The passages that fit, over several indexes as if they were one, best first, at most `limit`. */
export function rank(indexes: readonly PassageIndex[], query: RankQuery, limit = Number.POSITIVE_INFINITY): Fit[] {
  const size = indexes.reduce((sum, { live }) => sum + live, 0);
  if (size === 0) return [];
  const about = askedAbout(query.text, new Set(indexes.flatMap(({ speakers }) => [...speakers.parts.keys()])));
  // People say each other's names, seldom their own: the name in a question tells who speaks, not what is said.
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

/** What speaks for a passage beside its words and its meaning: who said it, when, and how. */
function bySpeaker({ speakers, months }: PassageIndex, about: AskedAbout): (slot: number) => number {
  const asked = calledBy(speakers, about.speakers);
  return (slot) => {
    const said = asked.has(speakers.of[slot] ?? 0);
    const dated = about.month !== undefined && months[slot] === about.month;
    const { ofOneself, asks } = tellingAt(speakers, slot);
    return (
      (said ? weights.speaker : 0) + (dated ? weights.month : 0) + weights.ofOneself * ofOneself + weights.asks * asks
    );
  };
}

/** A passage that is looked at more closely; its words' scores are at `at` of `scored`. */
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
