import { bm25, countWords, type WordCounts } from './bm25.ts';
import { wordsOf } from './words.ts';

/** One thing that may be recalled, as the ranking sees it. Passages of one thread follow each other in time. */
export type Passage = {
  readonly text: string;
  /** Who said it; undefined when that plays no part. */
  readonly speaker: string | undefined;
  /** What was said together: a conversation, a session. */
  readonly thread: string;
  readonly at: Date | undefined;
  /** Of the text alone, and of the text with its neighbours; unit length. Undefined: words alone decide. */
  readonly vector: Float32Array | undefined;
  readonly windowVector: Float32Array | undefined;
};

export type RankQuery = {
  readonly text: string;
  /** Undefined: words alone decide. */
  readonly vector: Float32Array | undefined;
};

/** How well one passage fits. `score` orders; the other two say how much there is to it, on scales of their own. */
export type Fit = {
  readonly score: number;
  /** BM25 of the text alone; 0 when it shares no word with the query. */
  readonly lexical: number;
  /** -1 to 1; 0 without vectors. */
  readonly cosine: number;
};

/**
 * Weights measured on LoCoMo (`npm run bench:memory`), chosen on conversations 26, 30 and 41 only. What is said before
 * and after tells what a short remark is about, so the window weighs more than the text, and less the longer it is.
 */
const windowWeight = 1.5;
const windowFullUntil = 60;
const threadWeight = 0.6;
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
/** Words of each neighbour that belong to the window. */
export const neighbourWords = 20;

export type Index = {
  readonly passages: readonly Passage[];
  readonly turns: readonly WordCounts[];
  readonly windows: readonly WordCounts[];
  readonly threads: readonly WordCounts[];
  /** For each passage, its place in `threads`. */
  readonly threadOf: readonly number[];
};

/** Counts words once for many queries. */
export function indexPassages(passages: readonly Passage[], count: (text: string) => WordCounts = countText): Index {
  const turns = passages.map(({ text }) => count(text));
  const places = new Map<string, number>();
  const members: WordCounts[][] = [];
  const threadOf = passages.map(({ thread }, at) => {
    const place = places.get(thread) ?? places.size;
    places.set(thread, place);
    members[place] = [...(members[place] ?? []), turns[at] as WordCounts];
    return place;
  });
  return {
    passages,
    turns,
    windows: passages.map((_, at) => count(windowText(passages, at))),
    threads: members.map((documents) => (documents.length === 1 && documents[0] ? documents[0] : merge(documents))),
    threadOf,
  };
}

export const countText = (text: string): WordCounts => countWords(wordsOf(text));

/** The text with the nearest words of what was said just before and just after in the same thread. */
export function windowText(passages: readonly Passage[], at: number): string {
  const here = passages[at];
  const inThread = (other: Passage | undefined) => (other?.thread === here?.thread ? (other?.text ?? '') : '');
  const before = inThread(passages[at - 1])
    .split(/\s+/)
    .slice(-neighbourWords)
    .join(' ');
  const after = inThread(passages[at + 1])
    .split(/\s+/)
    .slice(0, neighbourWords)
    .join(' ');
  return `${before} ${here?.text ?? ''} ${after}`.trim();
}

/** The fit of every passage, in their order. */
export function rank(index: Index, query: RankQuery): Fit[] {
  const { passages, threadOf, turns } = index;
  const named = namedIn(query.text, passages);
  // People say each other's names, seldom their own: the name in a question tells who speaks, not what is said.
  const names = new Set([...named].flatMap(wordsOf));
  const words = wordsOf(query.text).filter((word) => !names.has(word));
  const month = monthNamedIn(query.text);
  const own = bm25(words, turns);
  const lexical = lexicalScores(index, words, own);
  const cosines = passages.map((passage) => cosineTo(query.vector, passage));
  const near = minMax(cosines);
  const nearThreads = minMax(threadCosines(index, cosines));
  return passages.map(({ speaker, at: saidAt }, at) => {
    const byWords = (lexical[at] ?? 0) * (month !== undefined && monthOf(saidAt) === month ? dateMatch : 1);
    const byVectors = vectorWeight * (near[at] ?? 0) + threadVectorWeight * (nearThreads[threadOf[at] ?? 0] ?? 0);
    const isNamed = speaker !== undefined && named.has(speaker);
    return {
      score: (lexicalWeight * byWords + byVectors) * (isNamed ? namedSpeaker : 1),
      lexical: own[at] ?? 0,
      cosine: cosines[at] ?? 0,
    };
  });
}

/** The text and its window, from 0 to 1, and the thread beside them. */
function lexicalScores(index: Index, words: readonly string[], own: readonly number[]): number[] {
  const windows = bm25(words, index.windows);
  const near = normalised(
    own.map((score, at) => {
      const length = Math.max(1, index.windows[at]?.length ?? 1);
      return score + windowWeight * Math.min(1, windowFullUntil / length) * (windows[at] ?? 0);
    }),
  );
  const threads = normalised(bm25(words, index.threads));
  return near.map((score, at) => score + threadWeight * (threads[index.threadOf[at] ?? 0] ?? 0));
}

function threadCosines({ threads, threadOf }: Index, cosines: readonly number[]): number[] {
  const members: number[][] = threads.map(() => []);
  for (const [at, cosine] of cosines.entries()) members[threadOf[at] ?? 0]?.push(cosine);
  return members.map((all) => {
    const nearest = all.sort((a, b) => b - a).slice(0, nearestOfThread);
    return nearest.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, nearest.length);
  });
}

function merge(documents: readonly WordCounts[]): WordCounts {
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const [word, times] of document.counts) counts.set(word, (counts.get(word) ?? 0) + times);
  return { counts, length: documents.reduce((sum, { length }) => sum + length, 0) };
}

function normalised(scores: readonly number[]): number[] {
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  return scores.map((score) => (most > 0 ? score / most : 0));
}

function minMax(values: readonly number[]): number[] {
  const least = values.reduce((a, b) => Math.min(a, b), 1);
  const most = values.reduce((a, b) => Math.max(a, b), -1);
  return values.map((value) => (most > least ? (value - least) / (most - least) : 0));
}

function cosineTo(query: Float32Array | undefined, { vector, windowVector }: Passage): number {
  if (query === undefined || vector === undefined) return 0;
  const own = dot(query, vector);
  return windowVector === undefined ? own : (1 - windowShare) * own + windowShare * dot(query, windowVector);
}

/** The cosine of two vectors of unit length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

function namedIn(text: string, passages: readonly Passage[]): Set<string> {
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []);
  const speakers = new Set(passages.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker])));
  return new Set([...speakers].filter((speaker) => words.has(speaker.toLowerCase())));
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
