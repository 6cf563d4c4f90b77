import { wordsOf } from '../language/search-words.ts';
import { createPackedVectors, dropVector, type PackedVectors, setVector } from '../vectors/packed-vectors.ts';
import { addWords, createField, grown, type WordIndex } from '../vectors/postings.ts';
import { monthOf } from './asked-about.ts';
import { countWords, type WordCounts } from './bm25.ts';
import { firstWords, lastWords } from './embedding-text.ts';
import { addSpeaker, createSpeakers, type Speakers } from './speakers.ts';
import { setWindows } from './window-vectors.ts';

/** A text that may be recalled, as the ranking sees it. Passages of one thread follow each other in time. */
export type Passage = {
  readonly text: string;
  /** Who said it; undefined when that does not matter. */
  readonly speaker: string | undefined;
  /** Id of the conversation or session it belongs to. */
  readonly thread: string;
  readonly at: Date | undefined;
  /** Vector of the text alone, of unit length. Undefined: only words are compared. */
  readonly vector: Float32Array | undefined;
  /** One vector for each piece of a text that has several. */
  readonly pieceVectors?: readonly Float32Array[] | undefined;
};

/**
 * Passages with their words counted, for many queries. Stored in arrays by slot, because a million objects would slow
 * down garbage collection. A passage that is alone in its thread is its own window and its own thread, so `windows` and
 * `threads` hold only passages with neighbours.
 */
export type PassageIndex = {
  /** Undefined where a passage was removed. */
  readonly texts: (string | undefined)[];
  readonly own: WordIndex;
  readonly windows: WordIndex;
  /** Word counts of threads, each under the slot of its first passage. */
  readonly threads: WordIndex;
  /** For each passage: 0 removed, 1 alone in its thread, 2 with neighbours. */
  states: Uint8Array;
  /** For each passage its thread, and for each thread its last passage. */
  threadOf: Int32Array;
  readonly lastOf: Map<string, number>;
  /** For each passage, the slot of the one before it in its thread plus one; 0 for the first. */
  beforeOf: Int32Array;
  /** When each was said, as `monthOf` counts; 0 when that is not known. */
  months: Int32Array;
  readonly speakers: Speakers;
  vectors: PackedVectors | undefined;
  windowVectors: PackedVectors | undefined;
  /** For each text with several pieces, the range of their vectors. */
  readonly pieces: Map<number, { readonly from: number; readonly to: number }>;
  pieceVectors: PackedVectors | undefined;
  pieceCount: number;
  live: number;
};

/** Creates an empty index. */
export const createPassageIndex = (): PassageIndex => ({
  texts: [],
  own: createField(),
  windows: createField(),
  threads: createField(),
  states: new Uint8Array(64),
  threadOf: new Int32Array(64),
  lastOf: new Map(),
  beforeOf: new Int32Array(64),
  months: new Int32Array(64),
  speakers: createSpeakers(),
  vectors: undefined,
  windowVectors: undefined,
  pieces: new Map(),
  pieceVectors: undefined,
  pieceCount: 0,
  live: 0,
});

/** Adds a passage and returns its slot. Passages of a thread must be added in the order of time. */
export function addPassage(index: PassageIndex, passage: Passage): number {
  const { text, speaker, vector, pieceVectors } = passage;
  const slot = index.texts.length;
  const words = wordsOf(text);
  if (slot >= index.states.length) {
    index.states = grown(index.states, slot);
    index.threadOf = grown(index.threadOf, slot);
    index.beforeOf = grown(index.beforeOf, slot);
    index.months = grown(index.months, slot);
  }
  index.texts.push(text);
  index.live += 1;
  index.states[slot] = 1;
  index.months[slot] = monthOf(passage.at) ?? 0;
  addWords(index.own, slot, words, true);
  join(index, slot, words, passage);
  if (speaker !== undefined) addSpeaker(index.speakers, slot, speaker, text);
  index.vectors = packed(index.vectors, slot, vector);
  setWindows(index, slot);
  if (pieceVectors !== undefined && pieceVectors.length > 0) addPieces(index, slot, pieceVectors);
  return slot;
}

function addPieces(index: PassageIndex, slot: number, vectors: readonly Float32Array[]): void {
  const from = index.pieceCount;
  for (const vector of vectors) {
    index.pieceVectors = packed(index.pieceVectors, index.pieceCount, vector);
    index.pieceCount += 1;
  }
  index.pieces.set(slot, { from, to: index.pieceCount });
}

/** Stores a vector in its slot. Ignores one of another length, which comes from another model. */
function packed(into: PackedVectors | undefined, slot: number, vector: Float32Array | undefined) {
  if (vector === undefined) return into;
  const vectors = into ?? createPackedVectors(vector.length);
  if (vector.length === vectors.dimensions) setVector(vectors, slot, vector);
  return vectors;
}

/** Indexes passages; those of a thread must be in the order of time. */
export function indexPassages(passages: readonly Passage[]): PassageIndex {
  const index = createPassageIndex();
  for (const passage of passages) addPassage(index, passage);
  return index;
}

/** Removes a passage. False when it has neighbours: their windows hold its words, so the index must be rebuilt. */
export function removePassage(index: PassageIndex, slot: number): boolean {
  const text = index.texts[slot];
  if (text === undefined) return true;
  if (index.states[slot] !== 1) return false;
  index.texts[slot] = undefined;
  index.states[slot] = 0;
  index.live -= 1;
  const words = wordsOf(text);
  for (const word of new Set(words)) {
    const list = index.own.words.get(word);
    if (list) list.live -= 1;
  }
  index.own.live -= 1;
  index.own.totalLength -= words.length;
  if (index.vectors) dropVector(index.vectors, slot);
  return true;
}

/** Counts the search words of a text. */
export const countText = (text: string): WordCounts => countWords(wordsOf(text));

/** Appends a passage to its thread: it and the last one become part of each other's window. */
function join(index: PassageIndex, slot: number, words: readonly string[], { thread, text }: Passage): void {
  const last = index.lastOf.get(thread);
  index.lastOf.set(thread, slot);
  index.threadOf[slot] = slot;
  if (last === undefined || index.states[last] === 0) return;
  const first = index.threadOf[last] as number;
  const before = index.texts[last] ?? '';
  index.threadOf[slot] = first;
  index.beforeOf[slot] = last + 1;
  if (last === first) seat(index, last, wordsOf(before));
  seat(index, slot, words);
  addWords(index.windows, slot, wordsOf(lastWords(before)), false);
  addWords(index.windows, last, wordsOf(firstWords(text)), false);
}

/** Marks a passage as having neighbours and adds its words to its window and its thread. */
function seat(index: PassageIndex, slot: number, words: readonly string[]): void {
  const thread = index.threadOf[slot] as number;
  index.states[slot] = 2;
  addWords(index.windows, slot, words, true);
  addWords(index.threads, thread, words, thread === slot);
  for (const word of new Set(words)) {
    const list = index.own.words.get(word);
    if (list) list.neighboured += 1;
  }
}
