import { b, k1 } from './bm25.ts';
import type { PassageIndex } from './passage-index.ts';
import type { PostingList } from './postings.ts';

/** What is said before and after tells what a short remark is about, so the window weighs more, and less the longer it is. */
const windowWeight = 1.5;
const windowFullUntil = 60;
const threadWeight = 0.95;

/** One index with the scores of its passages for a query's words. */
export type Scored = {
  readonly index: PassageIndex;
  /** Okapi BM25 of the text alone. */
  readonly own: Float32Array;
  /** The text and its window; at most `most.near`, over all indexes of the query. */
  readonly near: Float32Array;
  readonly threads: Float32Array;
  /** Slots worth a look: all that count of a small index, those with a common word of a large one. */
  readonly slots: Int32Array;
  readonly most: { near: number; thread: number };
};

/** From 0 to 1 for the text with its window, and at most `threadWeight` for its thread. */
export function lexicalScore({ index, near, threads, most }: Scored, slot: number): number {
  const byText = most.near > 0 ? (near[slot] as number) / most.near : 0;
  const thread = threads[index.threadOf[slot] as number] as number;
  return byText + (most.thread > 0 ? (threadWeight * thread) / most.thread : 0);
}

type Totals = { readonly documents: number; readonly meanLength: number };
type Statistics = { readonly own: Totals; readonly windows: Totals; readonly threads: Totals };

/**
 * Scores passages of several indexes as if they were one, in three fields: the text, the text with its neighbours, the
 * whole thread. A passage that stands alone is all three, and is looked up in the first only.
 */
export function scoreWords(indexes: readonly PassageIndex[], words: readonly string[], all: boolean): Scored[] {
  const most = { near: 0, thread: 0 };
  const statistics = statisticsOf(indexes);
  const rarities = words.map((word) => raritiesOf(word, indexes, statistics));
  return indexes
    .map((index) => scoreIndex(index, words, rarities, statistics, all, most))
    .map((scored) => ({ ...scored, most }));
}

function scoreIndex(
  index: PassageIndex,
  words: readonly string[],
  rarities: readonly Rarities[],
  statistics: Statistics,
  all: boolean,
  most: Scored['most'],
): Scored {
  const size = index.passages.length;
  const own = new Float32Array(size);
  const windows = new Float32Array(size);
  const threads = new Float32Array(index.members.length);
  const touched = new Int32Array(size);
  let count = 0;
  const touch = (slot: number) => {
    if (own[slot] === 0 && windows[slot] === 0) touched[count++] = slot;
  };
  const { states, threadOf } = index;
  const [own0, own1] = constants(statistics.own);
  const [window0, window1] = constants(statistics.windows);
  const [thread0, thread1] = constants(statistics.threads);
  words.forEach((word, at) => {
    const rarity = rarities[at] as Rarities;
    const list = index.own.words.get(word);
    const lengths = index.own.lengths;
    for (let place = 0; list !== undefined && place < list.length; place += 1) {
      const slot = list.documents[place] as number;
      const state = states[slot] as number;
      if (state === 0) continue;
      touch(slot);
      const times = list.times[place] as number;
      const length = lengths[slot] as number;
      const most = times * (k1 + 1);
      own[slot] = (own[slot] as number) + (rarity.own * most) / (times + own0 + own1 * length);
      if (state !== 1) continue;
      const thread = threadOf[slot] as number;
      windows[slot] = (windows[slot] as number) + (rarity.window * most) / (times + window0 + window1 * length);
      threads[thread] = (threads[thread] as number) + (rarity.thread * most) / (times + thread0 + thread1 * length);
    }
    eachPosting(index.windows.words.get(word), (slot, times) => {
      touch(slot);
      const length = index.windows.lengths[slot] as number;
      const most = times * (k1 + 1);
      windows[slot] = (windows[slot] as number) + (rarity.window * most) / (times + window0 + window1 * length);
    });
    eachPosting(index.threads.words.get(word), (thread, times) => {
      const length = index.threads.lengths[thread] as number;
      const most = times * (k1 + 1);
      threads[thread] = (threads[thread] as number) + (rarity.thread * most) / (times + thread0 + thread1 * length);
    });
  });
  const slots = all ? liveSlots(index) : touched.subarray(0, count);
  for (const slot of slots) {
    const field = states[slot] === 1 ? index.own : index.windows;
    const length = Math.max(1, field.lengths[slot] as number);
    const near =
      (own[slot] as number) + windowWeight * Math.min(1, windowFullUntil / length) * (windows[slot] as number);
    windows[slot] = near;
    if (near > most.near) most.near = near;
  }
  for (const score of threads) if (score > most.thread) most.thread = score;
  return { index, own, near: windows, threads, slots, most };
}

/** Of BM25's denominator: the part that stays, and what is multiplied with the length. */
const constants = ({ meanLength }: Totals): readonly [number, number] => [k1 * (1 - b), (k1 * b) / meanLength];

function statisticsOf(indexes: readonly PassageIndex[]): Statistics {
  const totals = (field: 'own' | 'windows' | 'threads'): Totals => {
    let documents = 0;
    let length = 0;
    for (const index of indexes) {
      documents += index[field].live;
      length += index[field].totalLength;
      if (field === 'own') continue;
      // Those that stand alone are in `own` only; the texts that have neighbours are as long as their threads.
      documents += index.own.live - index.windows.live;
      length += index.own.totalLength - index.threads.totalLength;
    }
    return { documents, meanLength: length / Math.max(1, documents) || 1 };
  };
  return { own: totals('own'), windows: totals('windows'), threads: totals('threads') };
}

type Rarities = { readonly own: number; readonly window: number; readonly thread: number };

function raritiesOf(word: string, indexes: readonly PassageIndex[], statistics: Statistics): Rarities {
  let [own, alone, windows, threads] = [0, 0, 0, 0];
  for (const index of indexes) {
    const list = index.own.words.get(word);
    own += list?.live ?? 0;
    alone += (list?.live ?? 0) - (list?.neighboured ?? 0);
    windows += index.windows.words.get(word)?.length ?? 0;
    threads += index.threads.words.get(word)?.length ?? 0;
  }
  return {
    own: rarityOf(own, statistics.own.documents),
    window: rarityOf(alone + windows, statistics.windows.documents),
    thread: rarityOf(alone + threads, statistics.threads.documents),
  };
}

const rarityOf = (found: number, documents: number): number => Math.log(1 + (documents - found + 0.5) / (found + 0.5));

function eachPosting(list: PostingList | undefined, each: (document: number, times: number) => void): void {
  if (list === undefined) return;
  for (let at = 0; at < list.length; at += 1) each(list.documents[at] as number, list.times[at] as number);
}

function liveSlots({ passages, states }: PassageIndex): Int32Array {
  const slots = new Int32Array(passages.length);
  let count = 0;
  for (let slot = 0; slot < passages.length; slot += 1) if (states[slot] !== 0) slots[count++] = slot;
  return slots.subarray(0, count);
}
