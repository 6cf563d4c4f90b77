import { wordsOf } from '../language/search-words.ts';
import { createPackedVectors, dropVector, type PackedVectors, setVector } from '../vectors/packed-vectors.ts';
import { addWords, createField, grown, type WordIndex } from '../vectors/postings.ts';
import { monthOf } from './asked-about.ts';
import { countWords, type WordCounts } from './bm25.ts';
import { firstWords, lastWords } from './embedding-text.ts';
import { addSpeaker, createSpeakers, type Speakers } from './speakers.ts';
import { setWindows } from './window-vectors.ts';

/** One thing that may be recalled, as the ranking sees it. Passages of one thread follow each other in time. */
export type Passage = {
  readonly text: string;
  /** Who said it; undefined when that plays no part. */
  readonly speaker: string | undefined;
  /** What was said together: a conversation, a session. */
  readonly thread: string;
  readonly at: Date | undefined;
  /** Of the text alone; unit length. Undefined: words alone decide. */
  readonly vector: Float32Array | undefined;
  /** Of each piece of a text that has several. */
  readonly pieceVectors?: readonly Float32Array[] | undefined;
};

/**
 * Passages with their words counted, for many queries: arrays by slot rather than an object each, because a million
 * objects slow down every collection of garbage. A passage that is alone in its thread is its own window and its own
 * thread, so `windows` and `threads` hold only those that have neighbours.
 */
export type PassageIndex = {
  /** Undefined where a passage was taken out. */
  readonly texts: (string | undefined)[];
  readonly own: WordIndex;
  readonly windows: WordIndex;
  /** Its documents are threads, each by the slot of its first passage. */
  readonly threads: WordIndex;
  /** For each passage: 0 taken out, 1 alone in its thread, 2 with neighbours. */
  states: Uint8Array;
  /** For each passage its thread, and for each thread its last passage. */
  threadOf: Int32Array;
  readonly lastOf: Map<string, number>;
  /** For each passage the one before it in its thread, plus one; 0: it is the first. */
  beforeOf: Int32Array;
  /** When each was said, as `monthOf` counts; 0 when that is not known. */
  months: Int32Array;
  readonly speakers: Speakers;
  vectors: PackedVectors | undefined;
  windowVectors: PackedVectors | undefined;
  /** Of each text that has several pieces, where their vectors are. */
  readonly pieces: Map<number, { readonly from: number; readonly to: number }>;
  pieceVectors: PackedVectors | undefined;
  pieceCount: number;
  live: number;
};

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

/** Returns the passage's slot. Within a thread, passages are added in the order of time. */
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

/** With the vector in its place. One of another length is left out: it is of another model. */
function packed(into: PackedVectors | undefined, slot: number, vector: Float32Array | undefined) {
  if (vector === undefined) return into;
  const vectors = into ?? createPackedVectors(vector.length);
  if (vector.length === vectors.dimensions) setVector(vectors, slot, vector);
  return vectors;
}

export function indexPassages(passages: readonly Passage[]): PassageIndex {
  const index = createPassageIndex();
  for (const passage of passages) addPassage(index, passage);
  return index;
}

/**
 * Takes a passage out. False when it has neighbours, whose windows hold words of it: the index must be rebuilt then.
 */
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

export const countText = (text: string): WordCounts => countWords(wordsOf(text));

/** Puts a passage behind the last one of its thread: each becomes part of the other's window. */
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

/** From now on the passage has neighbours: its words stand in its window and its thread, too. */
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
