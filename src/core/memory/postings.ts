/** For one word: in which documents it occurs and how often. Documents ascend. */
export type PostingList = {
  documents: Int32Array;
  times: Uint16Array;
  length: number;
  /** Of the documents that count; and of these, how many have neighbours. */
  live: number;
  neighboured: number;
};

/** One way of looking at documents: the text alone, with its neighbours, the whole thread. */
export type Field = {
  readonly words: Map<string, PostingList>;
  /** Words of each document. */
  lengths: Float32Array;
  /** Of the documents that count. */
  live: number;
  totalLength: number;
};

export const createField = (): Field => ({ words: new Map(), lengths: new Float32Array(64), live: 0, totalLength: 0 });

/** Adds `times` occurrences; a document that is not the newest finds its place from the end, where it most likely is. */
export function addPosting(field: Field, word: string, document: number, times: number): void {
  const list = field.words.get(word) ?? newList(field, word);
  let at = list.length;
  while (at > 0 && (list.documents[at - 1] as number) > document) at -= 1;
  if (at > 0 && list.documents[at - 1] === document) {
    list.times[at - 1] = (list.times[at - 1] as number) + times;
    return;
  }
  if (list.length === list.documents.length) grow(list);
  list.documents.copyWithin(at + 1, at, list.length);
  list.times.copyWithin(at + 1, at, list.length);
  list.documents[at] = document;
  list.times[at] = times;
  list.length += 1;
  list.live += 1;
}

/** Counts a document of so many words; a second time it grows by as many. */
export function addLength(field: Field, document: number, words: number, isNew: boolean): void {
  if (document >= field.lengths.length) field.lengths = grown(field.lengths, document);
  field.lengths[document] = (field.lengths[document] as number) + words;
  field.totalLength += words;
  if (isNew) field.live += 1;
}

function newList(field: Field, word: string): PostingList {
  const list = { documents: new Int32Array(2), times: new Uint16Array(2), length: 0, live: 0, neighboured: 0 };
  field.words.set(word, list);
  return list;
}

function grow(list: PostingList): void {
  const documents = new Int32Array(list.documents.length * 2);
  documents.set(list.documents);
  const times = new Uint16Array(documents.length);
  times.set(list.times);
  Object.assign(list, { documents, times });
}

/** A copy with room for `slot`, at least twice as large. */
export function grown<T extends Float32Array | Float64Array | Int32Array | Int8Array | Uint8Array>(
  array: T,
  slot: number,
): T {
  const copy = new (array.constructor as new (length: number) => T)(Math.max(slot + 1, array.length * 2));
  copy.set(array);
  return copy;
}
