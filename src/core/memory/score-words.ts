import { k1 } from './bm25.ts';
import type { PassageIndex } from './passage-index.ts';
import type { PostingList } from './postings.ts';
import type { Damping, Term, Terms } from './terms.ts';

/** What is said before and after tells what a short remark is about, so the window weighs more, and less the longer it is. */
const windowWeight = 1.5;
const windowFullUntil = 60;
const threadWeight = 0.95;

/** The greatest scores over all indexes of a query. */
export type Most = { near: number; thread: number };

/** How well some passages of an index fit a query's words; the arrays go together. */
export type Scored = {
  readonly slots: readonly number[];
  /** Okapi BM25 of the text alone. */
  readonly own: Float32Array;
  /** The text and its window. */
  readonly near: Float32Array;
  readonly thread: Float32Array;
};

/** From 0 to 1 for the text with its window, and at most `threadWeight` for its thread. */
export function lexicalScore({ near, thread }: Scored, at: number, most: Most): number {
  const byText = most.near > 0 ? (near[at] as number) / most.near : 0;
  return byText + (most.thread > 0 ? (threadWeight * (thread[at] as number)) / most.thread : 0);
}

/**
 * A slot has the sums of its text, of its window, and of the thread that begins with it; a fourth place is spare, so that
 * all are in one line of the cache.
 */
const places = 4;
const windowPlace = 1;
const threadPlace = 2;

/**
 * Room for the sums of one index at a time, all 0 in between, and for the slots that they are of. Arrays as long as the
 * index would otherwise be made and cleared for every query, which takes longer than to add up what is in them.
 */
const room = { sums: new Float32Array(0), touched: new Int32Array(0), near: new Float32Array(0), count: 0 };

/**
 * Scores passages of an index in three fields: the text, the text with its neighbours, the whole thread. A passage that
 * stands alone is all three, and is looked up in the first only. Scores are given of those that are `wanted` and of the
 * `best` by words; without `best` of all that count.
 */
export function scoreWords(
  index: PassageIndex,
  terms: Terms,
  most: Most,
  wanted: Iterable<number>,
  best: number | undefined,
): Scored {
  makeRoom(index.texts.length);
  for (const term of terms.terms) addTerm(index, term, terms);
  joinSums(index, terms, most);
  const slots = best === undefined ? liveSlots(index) : [...new Set([...bestOf(best, most.near), ...wanted])];
  const scored = readSums(index, slots);
  clearRoom(index, terms);
  return scored;
}

function makeRoom(size: number): void {
  room.count = 0;
  if (size <= room.touched.length) return;
  room.sums = new Float32Array(places * size);
  room.touched = new Int32Array(size);
  room.near = new Float32Array(size);
}

function addTerm(index: PassageIndex, term: Term, { own, windows, threads }: Terms): void {
  const list = index.own.words.get(term.word);
  if (list !== undefined) addOwn(index, list, term, { own, windows, threads });
  const inWindows = index.windows.words.get(term.word);
  if (inWindows !== undefined) addWindows(inWindows, index.windows.lengths, term.window, windows);
  const inThreads = index.threads.words.get(term.word);
  if (inThreads !== undefined) addThreads(inThreads, index.threads.lengths, term.thread, threads);
}

type Dampings = Pick<Terms, 'own' | 'windows' | 'threads'>;

/** To all three fields for passages that stand alone. */
function addOwn({ own: { lengths }, states }: PassageIndex, list: PostingList, term: Term, dampings: Dampings): void {
  const { sums } = room;
  const { own, windows, threads } = dampings;
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
    room.sums[at] = (room.sums[at] as number) + more;
  }
}

function addThreads(list: PostingList, lengths: Float32Array, rarity: number, damping: Damping): void {
  for (let place = 0; place < list.length; place += 1) {
    const thread = list.documents[place] as number;
    const at = places * thread + threadPlace;
    const more = rarity * saturated(list.times[place] as number, lengths[thread] as number, damping);
    room.sums[at] = (room.sums[at] as number) + more;
  }
}

/** The more often a word occurs the less each time adds, and in a long document less than in a short one. */
const saturated = (times: number, length: number, { fixed, byLength }: Damping): number =>
  (times * (k1 + 1)) / (times + fixed + byLength * length);

/** What is added to a slot is greater than 0, so this is its first word when there is nothing yet. */
function touch(slot: number): void {
  const { sums, touched } = room;
  if (sums[places * slot] === 0 && sums[places * slot + windowPlace] === 0) touched[room.count++] = slot;
}

/** Puts the score of text and window in the window's place, and takes down what is greatest. */
function joinSums({ own, windows, threads, states }: PassageIndex, { terms }: Terms, most: Most): void {
  const { sums, touched, near, count } = room;
  for (let place = 0; place < count; place += 1) {
    const slot = touched[place] as number;
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

/** Of the slots with a word about the `count` best: all above a step of the scale, and of those on it the first. */
function bestOf(count: number, most: number): number[] {
  const slots = room.touched.subarray(0, room.count);
  if (slots.length <= count) return [...slots];
  const step = (place: number) => Math.floor(((room.near[place] as number) / most) * steps);
  const histogram = new Int32Array(steps + 1);
  for (let place = 0; place < slots.length; place += 1) histogram[step(place)] = (histogram[step(place)] as number) + 1;
  let least = steps;
  let above = 0;
  while (above + (histogram[least] as number) < count) above += histogram[least--] as number;
  let ties = count - above;
  return [...slots.filter((_, place) => step(place) > least || (step(place) === least && ties-- > 0))];
}

const steps = 1_024;

function liveSlots({ texts, states }: PassageIndex): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < texts.length; slot += 1) if (states[slot] !== 0) slots.push(slot);
  return slots;
}

function readSums({ threadOf }: PassageIndex, slots: readonly number[]): Scored {
  const read = (place: number) => Float32Array.from(slots, (slot) => room.sums[places * slot + place] as number);
  const thread = Float32Array.from(
    slots,
    (slot) => room.sums[places * (threadOf[slot] as number) + threadPlace] as number,
  );
  return { slots, own: read(0), near: read(windowPlace), thread };
}

function clearRoom({ threads }: PassageIndex, { terms }: Terms): void {
  const { sums, touched, count } = room;
  for (let place = 0; place < count; place += 1) {
    const at = places * (touched[place] as number);
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
