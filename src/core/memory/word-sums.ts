import { k1 } from './bm25.ts';
import type { PassageIndex } from './passage-index.ts';
import { grown, type PostingList } from './postings.ts';
import type { Damping, Term, Terms } from './terms.ts';

/** What is said before and after tells what a short remark is about, so the window weighs more, and less the longer it is. */
const windowWeight = 1.5;
const windowFullUntil = 60;

/** The greatest scores over all indexes of a query. */
export type Most = { near: number; thread: number };

/**
 * A slot has the sums of its text, of its window, and of the thread that begins with it; a fourth place is spare, so that
 * all are in one line of the cache.
 */
export const places = 4;
export const windowPlace = 1;
export const threadPlace = 2;

/** The sums of one index for a query's words. */
export type Sums = {
  /** `places` for each slot. */
  bySlot: Float32Array;
  /** The first `count` are the slots with a word, and their scores of text and window. */
  slots: Int32Array;
  near: Float32Array;
  count: number;
};

/**
 * Room for one index at a time, all 0 in between. Arrays as long as the index would otherwise be made for every query,
 * which takes longer than to add up what is in them.
 */
const room: Sums = { bySlot: new Float32Array(0), slots: new Int32Array(0), near: new Float32Array(0), count: 0 };

/**
 * What `read` makes of the sums of an index in three fields: the text, the text with its neighbours, the whole thread. A
 * passage that stands alone is all three, and is looked up in the first only.
 */
export function withSums<T>(index: PassageIndex, terms: Terms, most: Most, read: (sums: Sums) => T): T {
  makeRoom(index.texts.length);
  for (const term of terms.terms) addTerm(index, term, terms);
  joinSums(index, terms, most);
  const made = read(room);
  clearRoom(index, terms);
  return made;
}

function makeRoom(size: number): void {
  room.count = 0;
  if (size <= room.slots.length) return;
  room.slots = grown(room.slots, size);
  room.near = new Float32Array(room.slots.length);
  room.bySlot = new Float32Array(places * room.slots.length);
}

function addTerm(index: PassageIndex, term: Term, terms: Terms): void {
  const list = index.own.words.get(term.word);
  if (list !== undefined) addOwn(index, list, term, terms);
  const inWindows = index.windows.words.get(term.word);
  if (inWindows !== undefined) addWindows(inWindows, index.windows.lengths, term.window, terms.windows);
  const inThreads = index.threads.words.get(term.word);
  if (inThreads !== undefined) addThreads(inThreads, index.threads.lengths, term.thread, terms.threads);
}

/** To all three fields for passages that stand alone. */
function addOwn({ own: { lengths }, states }: PassageIndex, list: PostingList, term: Term, terms: Terms): void {
  const { bySlot: sums } = room;
  const { own, windows, threads } = terms;
  for (let place = 0; place < list.length; place += 1) {
    const slot = list.documents[place] as number;
    const state = states[slot];
    if (state === 0) continue;
    touch(slot);
    const at = places * slot;
    const times = list.times[place] as number;
    const length = lengths[slot] as number;
    sums[at] = (sums[at] as number) + term.own * saturated(times, length, own);
    if (state !== 1) continue;
    sums[at + windowPlace] = (sums[at + windowPlace] as number) + term.window * saturated(times, length, windows);
    sums[at + threadPlace] = (sums[at + threadPlace] as number) + term.thread * saturated(times, length, threads);
  }
}

function addWindows(list: PostingList, lengths: Float32Array, rarity: number, damping: Damping): void {
  for (let place = 0; place < list.length; place += 1) {
    const slot = list.documents[place] as number;
    touch(slot);
    const at = places * slot + windowPlace;
    const more = rarity * saturated(list.times[place] as number, lengths[slot] as number, damping);
    room.bySlot[at] = (room.bySlot[at] as number) + more;
  }
}

function addThreads(list: PostingList, lengths: Float32Array, rarity: number, damping: Damping): void {
  for (let place = 0; place < list.length; place += 1) {
    const thread = list.documents[place] as number;
    const at = places * thread + threadPlace;
    const more = rarity * saturated(list.times[place] as number, lengths[thread] as number, damping);
    room.bySlot[at] = (room.bySlot[at] as number) + more;
  }
}

/** The more often a word occurs the less each time adds, and in a long document less than in a short one. */
const saturated = (times: number, length: number, { fixed, byLength }: Damping): number =>
  (times * (k1 + 1)) / (times + fixed + byLength * length);

/** What is added to a slot is greater than 0, so this is its first word when there is nothing yet. */
function touch(slot: number): void {
  const { bySlot, slots } = room;
  if (bySlot[places * slot] === 0 && bySlot[places * slot + windowPlace] === 0) slots[room.count++] = slot;
}

/** Puts the score of text and window in the window's place, and takes down what is greatest. */
function joinSums({ own, windows, threads, states }: PassageIndex, { terms }: Terms, most: Most): void {
  const { bySlot: sums, slots, near, count } = room;
  for (let place = 0; place < count; place += 1) {
    const slot = slots[place] as number;
    const at = places * slot;
    const length = (states[slot] === 1 ? own : windows).lengths[slot] as number;
    const weight = windowWeight * Math.min(1, windowFullUntil / Math.max(1, length));
    sums[at + windowPlace] = (sums[at] as number) + weight * (sums[at + windowPlace] as number);
    near[place] = sums[at + windowPlace] as number;
    most.near = Math.max(most.near, near[place] as number);
    most.thread = Math.max(most.thread, sums[at + threadPlace] as number);
  }
  for (const { word } of terms)
    eachDocument(threads.words.get(word), (thread) => {
      most.thread = Math.max(most.thread, sums[places * thread + threadPlace] as number);
    });
}

function clearRoom({ threads }: PassageIndex, { terms }: Terms): void {
  const { bySlot: sums, slots, count } = room;
  for (let place = 0; place < count; place += 1) {
    const at = places * (slots[place] as number);
    sums[at] = 0;
    sums[at + windowPlace] = 0;
    sums[at + threadPlace] = 0;
  }
  for (const { word } of terms)
    eachDocument(threads.words.get(word), (thread) => {
      sums[places * thread + threadPlace] = 0;
    });
}

function eachDocument(list: PostingList | undefined, each: (document: number) => void): void {
  if (list === undefined) return;
  for (let at = 0; at < list.length; at += 1) each(list.documents[at] as number);
}
