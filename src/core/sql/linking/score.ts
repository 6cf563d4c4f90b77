import { createCoverage } from './coverage.ts';
import type { CatalogueIndex, WordPlace } from './index-catalogue.ts';
import { linkWords } from './link-words.ts';
import type { NearWord } from './vocabulary.ts';

/**
 * A value of a column that the question seems to name. `share`: how much of the value the question's words make up, 0
 * to 1.
 */
export type FoundValue = { readonly value: string; readonly share: number };

/** How well everything of a catalogue fits a question. Arrays run in the order of the index. */
export type Scores = {
  /** The higher, the likelier the answer's SQL names the column; comparable within one question. */
  readonly columns: Float64Array;
  /** How much of the question (its words, by rarity) a table accounts for. 0: nothing. */
  readonly tables: Float64Array;
  /** Words of the question that a table's names and comments account for, surest first. */
  wordsOf(table: number): readonly string[];
  /** Values that the question names, by column, best first. */
  valuesOf(column: number): readonly FoundValue[];
};

/** What else is known of a question. All numbers are from 0 to 1, in the order of the index. */
export type ScoreContext = {
  /** Tables that the thread has used. */
  readonly previous: ReadonlySet<number>;
  /** Similarity by meaning of the question and each column; undefined without vectors. */
  readonly similarity: Float64Array | undefined;
};

/** How much a word counts by where it occurs. A table's own name says more than a column's. */
const weights = { tableName: 1, columnName: 0.9, value: 0.8, tableComment: 0.5, columnComment: 0.6 };
/** A word of a value may be misspelt, but not much. */
const leastValueCloseness = 0.6;
/** How certain initial letters are, by their number: two are often a coincidence. */
const acronym: Readonly<Record<number, number>> = { 2: 0.5, 3: 0.8, 4: 0.9 };
/** Weight of `previous`: a thread stays with its tables unless the words point elsewhere. */
const previousShare = 0.6;

/**
 * Weights of a logistic regression on the even-numbered questions of BIRD mini-dev, then moved one by one for the reach
 * of `npm run bench:linking` on the same, rounded. That the table and its neighbours cover the question says most; names
 * and values of a column count for more there.
 */
const odds = {
  name: -0.2,
  nameAround: 3.4,
  comment: 1.5,
  value: 1.1,
  valueAround: 2.1,
  tableName: 3,
  coverage: -1,
  around: 8,
  around4: 11,
  key: 1.3,
  reference: 0.9,
  similarity: 9,
};

/**
 * Scores every table and column for the question. Takes milliseconds for thousands of columns, because it allocates
 * nothing per column.
 */
export function scoreCatalogue(question: string, index: CatalogueIndex, context: ScoreContext): Scores {
  const size = index.columns.length;
  const names = new Float64Array(size);
  const comments = new Float64Array(size);
  const tableNames = new Float64Array(index.tables.length);
  const values = new Map<number, Map<string, number>>();
  const asked = [...askedWords(question, index)];
  const scratch = scratchOf(Math.max(size, index.tables.length));
  const covered = createCoverage(index.tables.length, asked.length);
  const tableOf = (column: number): number => index.tableOfColumn[column] as number;

  for (const [place, [word, near]] of asked.entries()) {
    const cover = (table: number, amount: number): void => covered.add(table, place, amount);
    const rarity = Math.max(...near.map((one) => index.rarity(one.word))) || 0;
    eachPlaceNear(near, index.inTableName, scratch, (at, share, closeness) => {
      add(tableNames, at, share);
      cover(at, rarity * closeness * weights.tableName);
    });
    eachPlaceNear(near, index.inTableComment, scratch, (at, _, closeness) =>
      cover(at, rarity * closeness * weights.tableComment),
    );
    eachPlaceNear(near, index.inColumnName, scratch, (at, share, closeness) => {
      add(names, at, share);
      cover(tableOf(at), rarity * closeness * weights.columnName);
    });
    eachPlaceNear(near, index.inColumnComment, scratch, (at, share, closeness) => {
      add(comments, at, share);
      cover(tableOf(at), rarity * closeness * weights.columnComment);
    });
    for (const { word: other, closeness } of index.values.near(word)) {
      if (closeness < leastValueCloseness) continue;
      for (const { at, value, share } of index.inValue.get(other) ?? []) {
        const found = values.get(at) ?? new Map<string, number>();
        values.set(at, found.set(value, Math.min(1, (found.get(value) ?? 0) + share * closeness)));
        cover(tableOf(at), index.rarity(word) * closeness * share * weights.value);
      }
    }
  }

  const tables = covered.sums();
  const around = covered.sumsAround(index);
  const best = Math.max(largest(tables), 1e-9);
  const bestAround = Math.max(largest(around), 1e-9);
  for (const at of context.previous)
    around[at] = Math.max(around[at] ?? 0, bestAround * (1 - previousShare) + (around[at] ?? 0) * previousShare);

  const near = around.map((amount) => amount / bestAround);
  // What a table gives to each of its columns.
  const shared = near.map(
    (amount, table) =>
      Math.min(1, tableNames[table] ?? 0) * odds.tableName +
      ((tables[table] ?? 0) / best) * odds.coverage +
      amount * odds.around +
      amount ** 4 * odds.around4,
  );
  const keys = keyOdds(index);
  const { similarity } = context;
  const columns = new Float64Array(size);
  for (let at = 0; at < size; at += 1) {
    const table = index.tableOfColumn[at] as number;
    columns[at] =
      (shared[table] as number) +
      Math.min(1, names[at] as number) * (odds.name + odds.nameAround * (near[table] as number)) +
      Math.min(1, comments[at] as number) * odds.comment +
      (keys[at] as number) +
      (similarity ? (similarity[at] as number) * odds.similarity : 0);
  }
  for (const [at, found] of values)
    add(columns, at, Math.max(...found.values()) ** 2 * (odds.value + odds.valueAround * (near[tableOf(at)] ?? 0)));
  return {
    columns,
    tables,
    wordsOf: (table) => covered.placesOf(table).flatMap((place) => asked[place]?.[0] ?? []),
    valuesOf: (column) =>
      [...(values.get(column) ?? [])].map(([value, share]) => ({ value, share })).sort((a, b) => b.share - a.share),
  };
}

/**
 * The words of a question with the names that they may stand for, including initial letters of neighbours ("uric acid"
 * → `ua`).
 */
function askedWords(question: string, index: CatalogueIndex): ReadonlyMap<string, readonly NearWord[]> {
  const words = linkWords(question);
  const asked = new Map(words.map((word) => [word, index.names.near(word)]));
  for (const length of [2, 3, 4])
    for (let at = 0; at + length <= words.length; at += 1) {
      const initials = words
        .slice(at, at + length)
        .map((word) => word.charAt(0))
        .join('');
      if (index.acronyms.has(initials) && !asked.has(initials))
        asked.set(initials, [{ word: initials, closeness: acronym[length] ?? 0 }]);
    }
  return asked;
}

/** The best so far for each place, reset between two words; a word of a warehouse occurs in thousands of places. */
type Scratch = { readonly shares: Float64Array; readonly closenesses: Float64Array };

const scratchOf = (places: number): Scratch => ({
  shares: new Float64Array(places),
  closenesses: new Float64Array(places),
});

/** Visits every place where words occur once, with the share of the text and the closeness of the best of them. */
function eachPlaceNear(
  near: readonly NearWord[],
  places: ReadonlyMap<string, readonly WordPlace[]>,
  scratch: Scratch,
  visit: (at: number, share: number, closeness: number) => void,
): void {
  const lists = near.flatMap(({ word, closeness }) => {
    const list = places.get(word);
    return list === undefined ? [] : [{ list, closeness }];
  });
  const [only] = lists;
  if (only === undefined) return;
  if (lists.length === 1) {
    for (const { at, share } of only.list) visit(at, share * only.closeness, only.closeness);
    return;
  }
  const { shares, closenesses } = scratch;
  const touched: number[] = [];
  for (const { list, closeness } of lists)
    for (const { at, share } of list) {
      const best = shares[at] as number;
      if (share * closeness <= best) continue;
      if (best === 0) touched.push(at);
      shares[at] = share * closeness;
      closenesses[at] = closeness;
    }
  for (const at of touched) {
    visit(at, shares[at] as number, closenesses[at] as number);
    shares[at] = 0;
  }
}

const keys = new WeakMap<CatalogueIndex, Float64Array>();

/** What being a key contributes to each column: the same for every question. */
function keyOdds(index: CatalogueIndex): Float64Array {
  const known = keys.get(index);
  if (known !== undefined) return known;
  const made = Float64Array.from(
    index.columns,
    ({ isKey, isReference }) => (isKey ? odds.key : 0) + (isReference ? odds.reference : 0),
  );
  keys.set(index, made);
  return made;
}

const add = (sums: Float64Array, at: number, amount: number): void => {
  sums[at] = (sums[at] ?? 0) + amount;
};
const largest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), 0);
