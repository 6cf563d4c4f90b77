/** The documents that contain a word and how often, in ascending order. */
export type PostingList = {
  documents: Int32Array;
  times: Uint16Array;
  length: number;
  /** How many of the documents count; and how many of those have neighbours. */
  live: number;
  neighboured: number;
};

/** One way of looking at documents: the text alone, with its neighbours, the whole thread. */
export type WordIndex = {
  readonly words: Map<string, PostingList>;
  /** Words of each document. */
  lengths: Float32Array;
  /** How many documents count. */
  live: number;
  totalLength: number;
};

/** An index without documents. */
export const createField = (): WordIndex => ({
  words: new Map(),
  lengths: new Float32Array(64),
  live: 0,
  totalLength: 0,
});

/** Adds the words of a new document, or more words to one. */
export function addWords(field: WordIndex, document: number, words: readonly string[], isNew: boolean): void {
  for (const word of words) addOnce(field.words.get(word) ?? newList(field, word), document);
  if (document >= field.lengths.length) field.lengths = grown(field.lengths, document);
  field.lengths[document] = (field.lengths[document] as number) + words.length;
  field.totalLength += words.length;
  if (isNew) field.live += 1;
}

/** Documents other than the newest find their place from the end, where it most likely is. */
function addOnce(list: PostingList, document: number): void {
  let at = list.length;
  while (at > 0 && (list.documents[at - 1] as number) > document) at -= 1;
  if (at > 0 && list.documents[at - 1] === document) {
    list.times[at - 1] = (list.times[at - 1] as number) + 1;
    return;
  }
  if (list.length === list.documents.length) grow(list);
  if (at < list.length) {
    list.documents.copyWithin(at + 1, at, list.length);
    list.times.copyWithin(at + 1, at, list.length);
  }
  list.documents[at] = document;
  list.times[at] = 1;
  list.length += 1;
  list.live += 1;
}

function newList(field: WordIndex, word: string): PostingList {
  const list = { documents: new Int32Array(2), times: new Uint16Array(2), length: 0, live: 0, neighboured: 0 };
  field.words.set(word, list);
  return list;
}

function grow(list: PostingList): void {
  list.documents = grown(list.documents, list.length);
  list.times = grown(list.times, list.length);
}

type Growing = Float32Array | Int32Array | Int8Array | Uint8Array | Uint16Array;

/** A copy with room for `slot`: at least half as large again, so that copying stays rare and little is left empty. */
export function grown<T extends Growing>(array: T, slot: number): T {
  const copy = new (array.constructor as new (length: number) => T)(Math.max(slot + 1, Math.ceil(array.length * 1.5)));
  copy.set(array);
  return copy;
}
