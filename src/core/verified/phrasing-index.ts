import { readText, type Token } from '../language/tokens.ts';
import { cosineOf, type PackedVectors } from '../vectors/packed-vectors.ts';
import { conceptsOf } from './concepts.ts';
import type { Phrasing } from './phrasing.ts';
import { isSlot } from './slots.ts';

/** A phrasing with its similarity to a text: 0 to 1, on the same scale with and without vectors. */
export type RankedPhrasing = { readonly phrasing: Phrasing; readonly score: number };

/** Finds phrasings by their words, letters and vectors. */
export interface PhrasingIndex {
  /** The phrasings whose words are all in the question in some form. Only these can match in full. */
  candidates(stems: readonly string[]): readonly Phrasing[];
  /** The `n` nearest phrasings by words and letters, and by meaning when there are vectors; best first. */
  rank(text: string, n: number, vectors?: QuestionVectors): readonly RankedPhrasing[];
}

/** Vectors of unit length: of the question, and of each phrasing in their order. */
export type QuestionVectors = { readonly question: Float32Array; readonly phrasings: PackedVectors };

/** Meanings that other words can add or remove, so that they do not exclude a candidate. */
const movable = new Set([
  'AMOUNT',
  'TOP',
  'BOTTOM',
  'MOST',
  'LEAST',
  'TOTAL',
  'COUNT',
  'COUNTED',
  'BY',
  'WITH',
  'from',
  'over',
  'under',
  'during',
  'within',
  'since',
  'GT',
  'LT',
]);

/** Whether other words can add or remove the meaning. */
export const isMovable = (meaning: string): boolean => movable.has(meaning);

const telling = (elements: readonly string[]): readonly string[] => [
  ...new Set(elements.filter((element) => !isSlot(element) && !movable.has(element))),
];

/**
 * Share of words in the score. Letters count more, because they also capture word forms, order and typing errors. Tuned
 * on other data sets.
 */
const wordWeight = 0.2;
const letterWeight = 0.8;
/**
 * Weight of meaning relative to words and letters together. Chosen by leave-one-out on the wordings of Advising's train
 * split.
 */
const meaningWeight = 1;

type Features = readonly string[];

const wordFeatures = (tokens: readonly Token[]): Features =>
  conceptsOf(tokens.map((token) => token.stem)).filter((concept) => !concept.startsWith('{'));

/** Letter trigrams across word boundaries, so that the order of words counts. */
const letterFeatures = (tokens: readonly Token[]): Features => {
  const words = tokens.filter((token) => !token.text.startsWith('{'));
  const line = `  ${words.map((token) => token.text).join(' ')}  `;
  return Array.from({ length: line.length - 2 }, (_, i) => line.slice(i, i + 3));
};

const noDocuments = new Int32Array();

/** Where each feature occurs, as indexes of documents. */
function postingsOf(documents: readonly Features[]): ReadonlyMap<string, Int32Array> {
  const lists = new Map<string, number[]>();
  documents.forEach((features, i) => {
    for (const feature of new Set(features)) {
      const list = lists.get(feature);
      if (list === undefined) lists.set(feature, [i]);
      else list.push(i);
    }
  });
  return new Map([...lists].map(([feature, list]) => [feature, Int32Array.from(list)]));
}

/** Adds `share` times the cosine similarity of the features and each document to the document's score. */
type AddCosine = (features: Features, share: number, scores: Float32Array) => void;

/** Cosine similarity of sets by an inverted index; rare features count more (`idf`) or all count the same. */
function createCosine(documents: readonly Features[], weighting: 'idf' | 'equal'): AddCosine {
  const postings = postingsOf(documents);
  const weight = (feature: string): number =>
    weighting === 'equal' ? 1 : Math.log(1 + documents.length / (1 + (postings.get(feature)?.length ?? 0)));
  const length = (features: ReadonlySet<string>): number => Math.hypot(...[...features].map(weight)) || 1;
  const lengths = Float32Array.from(documents, (features) => length(new Set(features)));
  return (features, share, scores) => {
    const distinct = new Set(features);
    // Words that no phrasing has are mostly values, so they count half as much against a phrasing.
    const own = Math.hypot(...[...distinct].map((feature) => weight(feature) * (postings.has(feature) ? 1 : 0.5))) || 1;
    for (const feature of distinct)
      addEach(scores, postings.get(feature) ?? noDocuments, (share * weight(feature) ** 2) / own, lengths);
  };
}

/** The innermost loop: `amount` for each document of a posting, in proportion to its length. */
function addEach(scores: Float32Array, at: Int32Array, amount: number, lengths: Float32Array): void {
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number;
    scores[i] = (scores[i] as number) + amount / (lengths[i] as number);
  }
}

/** Indexes of the `n` highest positive scores, best first, without sorting all of them. */
function highest(scores: Float32Array, n: number): readonly number[] {
  const best: number[] = [];
  const scoreAt = (place: number): number => scores[best[place] as number] as number;
  let least = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (score <= least) continue;
    let place = best.length;
    while (place > 0 && scoreAt(place - 1) < score) place--;
    best.splice(place, 0, i);
    if (best.length > n) best.pop();
    if (best.length === n) least = scoreAt(n - 1);
  }
  return best;
}

const mean = (lexical: number, meaning: number): number =>
  (lexical + meaningWeight * Math.max(0, meaning)) / (1 + meaningWeight);

/** Indexes the phrasings of one source. */
export function createPhrasingIndex(phrasings: readonly Phrasing[]): PhrasingIndex {
  const needed = phrasings.map(({ elements }) => telling(elements));
  const counts = Uint16Array.from(needed, (words) => words.length);
  const wordless = [...counts.keys()].filter((i) => counts[i] === 0);
  const postings = postingsOf(needed);
  const read = phrasings.map(({ text }) => readText(text).tokens);
  const addWords = createCosine(read.map(wordFeatures), 'idf');
  const addLetters = createCosine(read.map(letterFeatures), 'equal');
  let last: { readonly text: string; readonly scores: Float32Array } | undefined;
  /** Word and letter scores, cached for the last question: it is ranked for its rivals and for suggestions. */
  function lexicalScores(text: string): Float32Array {
    if (last?.text === text) return last.scores;
    const scores = new Float32Array(phrasings.length);
    const { tokens } = readText(text);
    addWords(wordFeatures(tokens), wordWeight, scores);
    addLetters(letterFeatures(tokens), letterWeight, scores);
    last = { text, scores };
    return scores;
  }
  return {
    candidates(stems) {
      const missing = counts.slice();
      const whole = [...wordless];
      for (const word of telling(conceptsOf(stems))) {
        const having = postings.get(word) ?? noDocuments;
        for (let k = 0; k < having.length; k++) {
          const i = having[k] as number;
          const left = (missing[i] as number) - 1;
          missing[i] = left;
          if (left === 0) whole.push(i);
        }
      }
      return whole.sort((a, b) => a - b).flatMap((i) => phrasings[i] ?? []);
    },
    rank(text, n, vectors) {
      const lexical = lexicalScores(text);
      const scores = vectors
        ? lexical.map((score, i) => mean(score, cosineOf(vectors.phrasings, i, vectors.question)))
        : lexical;
      return highest(scores, n).flatMap((i) => {
        const phrasing = phrasings[i];
        return phrasing === undefined ? [] : [{ phrasing, score: scores[i] ?? 0 }];
      });
    },
  };
}
