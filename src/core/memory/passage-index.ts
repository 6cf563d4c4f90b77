import { nameParts } from './asked-about.ts';
import { countWords, type WordCounts } from './bm25.ts';
import { firstWords, lastWords } from './embedding-text.ts';
import { createPackedVectors, type PackedVectors, setVector } from './packed-vectors.ts';
import { addLength, addPosting, createField, type Field, grown } from './postings.ts';
import { type Telling, tellingOf } from './telling.ts';
import { setWindows } from './window-vectors.ts';
import { wordsOf } from './words.ts';

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
 * Passages with their words counted, for many queries. A passage that is alone in its thread is its own window and its
 * own thread, so `windows` and `threads` hold only those that have neighbours.
 */
export type PassageIndex = {
  readonly passages: (Omit<Passage, 'vector' | 'pieceVectors'> | undefined)[];
  readonly own: Field;
  readonly windows: Field;
  readonly threads: Field;
  /** For each passage: 0 taken out, 1 alone in its thread, 2 with neighbours. */
  states: Uint8Array;
  /** For each passage its thread, by number, and for each thread its passages. */
  threadOf: Int32Array;
  readonly members: number[][];
  readonly numbers: Map<string, number>;
  /** Parts of names, in lower case, to the slots of what they said. */
  readonly speakers: Map<string, Set<number>>;
  /** For what somebody said in a talk: how it is told. */
  readonly tellings: Map<number, Telling>;
  vectors: PackedVectors | undefined;
  windowVectors: PackedVectors | undefined;
  /** Of each text that has several pieces, where their vectors are. */
  readonly pieces: Map<number, { readonly from: number; readonly to: number }>;
  pieceVectors: PackedVectors | undefined;
  pieceCount: number;
  live: number;
};

export const createPassageIndex = (): PassageIndex => ({
  passages: [],
  own: createField(),
  windows: createField(),
  threads: createField(),
  states: new Uint8Array(64),
  threadOf: new Int32Array(64),
  members: [],
  numbers: new Map(),
  speakers: new Map(),
  tellings: new Map(),
  vectors: undefined,
  windowVectors: undefined,
  pieces: new Map(),
  pieceVectors: undefined,
  pieceCount: 0,
  live: 0,
});

/** Returns the passage's slot. Within a thread, passages are added in the order of time. */
export function addPassage(index: PassageIndex, given: Passage): number {
  const { vector, pieceVectors, ...passage } = given;
  const slot = index.passages.length;
  const counts = countText(passage.text);
  index.passages.push(passage);
  index.live += 1;
  if (slot >= index.states.length) {
    index.states = grown(index.states, slot);
    index.threadOf = grown(index.threadOf, slot);
  }
  index.states[slot] = 1;
  addCounts(index.own, slot, counts, true);
  join(index, slot, counts, passage);
  if (passage.speaker !== undefined) addSpeaker(index, slot, passage.speaker, passage.text);
  index.vectors = packed(index.vectors, slot, vector);
  setWindows(index, slot);
  if (pieceVectors !== undefined && pieceVectors.length > 0) addPieces(index, slot, pieceVectors);
  return slot;
}

function addSpeaker({ speakers, tellings }: PassageIndex, slot: number, speaker: string, text: string): void {
  for (const part of nameParts(speaker)) speakers.set(part, (speakers.get(part) ?? new Set()).add(slot));
  tellings.set(slot, tellingOf(text));
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
 * Takes a passage out. False when it has neighbours, whose windows hold words of it: the index must be built anew then.
 */
export function removePassage(index: PassageIndex, slot: number): boolean {
  const passage = index.passages[slot];
  if (passage === undefined) return true;
  if (index.states[slot] !== 1) return false;
  index.passages[slot] = undefined;
  index.states[slot] = 0;
  index.live -= 1;
  const counts = countText(passage.text);
  for (const word of counts.counts.keys()) {
    const list = index.own.words.get(word);
    if (list) list.live -= 1;
  }
  index.own.live -= 1;
  index.own.totalLength -= counts.length;
  if (index.vectors && slot < index.vectors.factors.length) index.vectors.factors[slot] = 0;
  return true;
}

export const countText = (text: string): WordCounts => countWords(wordsOf(text));

/** Puts a passage behind the last one of its thread: each becomes part of the other's window. */
function join(
  index: PassageIndex,
  slot: number,
  counts: WordCounts,
  { thread, text }: { thread: string; text: string },
) {
  const number = index.numbers.get(thread) ?? index.members.length;
  index.numbers.set(thread, number);
  index.threadOf[slot] = number;
  const members = index.members[number];
  if (members === undefined) {
    index.members.push([slot]);
    return;
  }
  const last = members.at(-1) as number;
  const before = index.passages[last]?.text ?? '';
  if (members.length === 1) {
    const first = countText(before);
    seat(index, last, first);
    addCounts(index.windows, last, first, true);
    addCounts(index.threads, number, first, true);
  }
  members.push(slot);
  seat(index, slot, counts);
  addCounts(index.windows, slot, counts, true);
  addCounts(index.windows, slot, countText(lastWords(before)), false);
  addCounts(index.windows, last, countText(firstWords(text)), false);
  addCounts(index.threads, number, counts, false);
}

/** From now on the passage has neighbours. */
function seat(index: PassageIndex, slot: number, { counts }: WordCounts): void {
  index.states[slot] = 2;
  for (const word of counts.keys()) {
    const list = index.own.words.get(word);
    if (list) list.neighboured += 1;
  }
}

function addCounts(field: Field, document: number, { counts, length }: WordCounts, isNew: boolean): void {
  for (const [word, times] of counts) addPosting(field, word, document, times);
  addLength(field, document, length, isNew);
}
