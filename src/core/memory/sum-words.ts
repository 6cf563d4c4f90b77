import { grown, type PostingList, type WordIndex } from '../vectors/postings.ts';
import { k1 } from './bm25.ts';
import type { PassageIndex } from './passage-index.ts';
import type { Damping, Term, Terms } from './query-terms.ts';

/**
 * Weight of the window. The texts before and after say what a short remark is about; the weight falls as the text gets
 * longer.
 */
const windowWeight = 1.5;
const windowFullUntil = 60;

/** Word scores of an index for one query. */
export type Sums = {
  /** Slots in ascending order. Only the first `count` entries of each array count. */
  slots: Int32Array;
  /** Okapi BM25 of the text alone. */
  own: Float32Array;
  /** The text and its window. */
  near: Float32Array;
  count: number;
  /** Of the thread that begins with a slot. */
  threads: Float32Array;
};

/** The greatest scores over all indexes of a query. */
export type Most = { near: number; thread: number };

/** Arrays that are reused from query to query: allocating them takes longer than adding up the scores. */
const room: Sums = {
  slots: new Int32Array(0),
  own: new Float32Array(0),
  near: new Float32Array(0),
  count: 0,
  threads: new Float32Array(0),
};

/** Slots per block: few enough for their sums to stay in the processor's cache. */
const blockSize = 8_192;
/** Sums per slot of a block: of its text, of its window, and of its thread when it has no neighbours. */
const places = 3;
const windowPlace = 1;
const threadPlace = 2;
const block = new Float32Array(places * blockSize);

/** Position in the postings of one word. */
type Cursor = { readonly term: Term; readonly list: PostingList; place: number };

/**
 * Adds up the scores of a query's words for the passages that have one, or for `all` live passages. A passage without
 * neighbours is its own window and thread, and is looked up in its own field only. The result is valid until the next
 * call.
 */
export function sumWords(index: PassageIndex, terms: Terms, most: Most, all: boolean): Sums {
  const size = index.texts.length;
  makeRoom(size);
  for (const cursor of cursorsOf(index.threads, terms)) addThreads(cursor, index, terms, most);
  const own = cursorsOf(index.own, terms);
  const windows = cursorsOf(index.windows, terms);
  for (let from = 0; from < size; from += blockSize) {
    const until = Math.min(size, from + blockSize);
    block.fill(0, 0, places * (until - from));
    for (const cursor of own) addOwn(cursor, index, terms, from, until);
    for (const cursor of windows) addWindows(cursor, index, terms, from, until);
    takeBlock(index, most, all, from, until);
  }
  return room;
}

function makeRoom(size: number): void {
  room.count = 0;
  room.threads.fill(0, 0, size);
  if (size <= room.slots.length) return;
  room.slots = grown(room.slots, size);
  for (const name of ['own', 'near', 'threads'] as const) room[name] = new Float32Array(room.slots.length);
}

const cursorsOf = ({ words }: WordIndex, { terms }: Terms): Cursor[] =>
  terms.flatMap((term) => {
    const list = words.get(term.word);
    return list === undefined ? [] : [{ term, list, place: 0 }];
  });

function addOwn(cursor: Cursor, { own, states }: PassageIndex, terms: Terms, from: number, until: number): void {
  const { documents, times, length } = cursor.list;
  let { place } = cursor;
  for (; place < length && (documents[place] as number) < until; place += 1) {
    const slot = documents[place] as number;
    const state = states[slot];
    if (state === 0) continue;
    const at = places * (slot - from);
    const words = own.lengths[slot] as number;
    const found = times[place] as number;
    block[at] = (block[at] as number) + cursor.term.own * saturated(found, words, terms.own);
    if (state !== 1) continue;
    const [window, thread] = [at + windowPlace, at + threadPlace];
    block[window] = (block[window] as number) + cursor.term.window * saturated(found, words, terms.windows);
    block[thread] = (block[thread] as number) + cursor.term.thread * saturated(found, words, terms.threads);
  }
  cursor.place = place;
}

function addWindows(cursor: Cursor, { windows }: PassageIndex, terms: Terms, from: number, until: number): void {
  const { documents, times, length } = cursor.list;
  let { place } = cursor;
  for (; place < length && (documents[place] as number) < until; place += 1) {
    const slot = documents[place] as number;
    const at = places * (slot - from) + windowPlace;
    const more = saturated(times[place] as number, windows.lengths[slot] as number, terms.windows);
    block[at] = (block[at] as number) + cursor.term.window * more;
  }
  cursor.place = place;
}

function addThreads({ term, list }: Cursor, { threads }: PassageIndex, terms: Terms, most: Most): void {
  for (let place = 0; place < list.length; place += 1) {
    const thread = list.documents[place] as number;
    const more = saturated(list.times[place] as number, threads.lengths[thread] as number, terms.threads);
    const sum = (room.threads[thread] as number) + term.thread * more;
    room.threads[thread] = sum;
    if (sum > most.thread) most.thread = sum;
  }
}

/** Turns the sums of a block into scores. */
function takeBlock(
  { states, own, windows }: PassageIndex,
  most: Most,
  all: boolean,
  from: number,
  until: number,
): void {
  for (let slot = from, at = 0; slot < until; slot += 1, at += places) {
    const window = block[at + windowPlace] as number;
    // The window contains the words of the text.
    if (window === 0 && !(all && states[slot] !== 0)) continue;
    const isAlone = states[slot] === 1;
    const length = Math.max(1, (isAlone ? own : windows).lengths[slot] as number);
    const near = (block[at] as number) + windowWeight * Math.min(1, windowFullUntil / length) * window;
    room.slots[room.count] = slot;
    room.own[room.count] = block[at] as number;
    room.near[room.count++] = near;
    if (near > most.near) most.near = near;
    if (isAlone) keepThread(slot, block[at + threadPlace] as number, most);
  }
}

function keepThread(slot: number, sum: number, most: Most): void {
  room.threads[slot] = sum;
  if (sum > most.thread) most.thread = sum;
}

/** The saturation of BM25: each further occurrence adds less, and less in a long document than in a short one. */
const saturated = (times: number, length: number, { fixed, byLength }: Damping): number =>
  (times * (k1 + 1)) / (times + fixed + byLength * length);
