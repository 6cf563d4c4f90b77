import { tokenThirds } from '../../tokens.ts';
import type { Catalogue, CatalogueColumn, CatalogueTable } from '../catalogue.ts';
import { type CatalogueIndex, type IndexedColumn, type Item, indexCatalogue } from './index-catalogue.ts';
import { bridgesBetween } from './paths.ts';
import { type Scores, scoreCatalogue } from './score.ts';
import { createSelection, type Selection } from './selection.ts';
import { type LinkVectors, similarityTo } from './vectors.ts';
import { type Why, whyTable } from './why.ts';

export type LinkedTable = {
  readonly table: CatalogueTable;
  /** The columns of it that the prompt has, in their order. */
  readonly columns: readonly CatalogueColumn[];
  readonly why: Why;
};

/** What of the schema goes into the prompt, as text, and whether that is all of it. */
export type LinkedSchema = {
  readonly text: string;
  /** Everything is in, in detail: the text is the same for every question and stays in the vendor's cache. */
  readonly whole: boolean;
  readonly tables: readonly LinkedTable[];
};

export type LinkOptions = {
  /** Tables that the thread has used, as `schema.table`. */
  readonly previous?: readonly string[];
  /** Similarity by meaning, beside the words. */
  readonly vectors?: LinkVectors | undefined;
};

/** Of the budget, what names alone may take at first; types, comments and values get the rest. */
const namesShare = 0.85;
/** Where not all tables can be named, the likeliest are until this share is used: a column of a table unseen helps nobody. */
const tablesShare = 0.25;
/** All tables are named when that leaves this much for columns. Tokens. */
const leastForColumns = 1200;
/** Items in a row that did not fit, after which the rest is not tried. */
const mostMisses = 40;
/** The tables of this many best columns are joined with each other, through further tables where need be. */
const connectedColumns = 8;

/**
 * The part of a schema that a question needs, as text of at most `maxTokens` (by `estimateTokens`): all of it when it
 * fits, otherwise the most useful columns, each table with the columns that join it to the others.
 */
export function linkSchema(
  question: string,
  catalogue: Catalogue,
  maxTokens: number,
  options: LinkOptions = {},
): LinkedSchema {
  const index = indexCatalogue(catalogue);
  const scores = scoresOf(question, index, options);
  const whole = wholeText(index);
  const isWhole = whole.thirds <= maxTokens * 3;
  const selection = isWhole ? undefined : select(index, scores, maxTokens * 3);
  const previous = previousTables(index, options);
  const chosen = selection && chosenColumns(selection, index);
  return {
    text: selection?.text() ?? whole.text,
    whole: isWhole,
    tables: index.tables.flatMap((table, at) => {
      if (selection && !selection.hasTable(at)) return [];
      return [
        {
          table,
          columns: chosen === undefined ? table.columns : (chosen.get(at) ?? []),
          // Worked out for whoever asks: most answers show it for a few of a thousand tables.
          get why() {
            return whyTable(at, index, scores, previous.has(at));
          },
        },
      ];
    }),
  };
}

/** The columns that are in, by table, in their order. */
function chosenColumns(selection: Selection, index: CatalogueIndex): ReadonlyMap<number, readonly CatalogueColumn[]> {
  const chosen = new Map<number, CatalogueColumn[]>();
  for (const at of selection.items().sort((a, b) => a - b)) {
    const { table, columns } = index.items[at] as Item;
    const own = chosen.get(table) ?? [];
    for (const column of columns) own.push((index.columns[column] as IndexedColumn).column);
    chosen.set(table, own);
  }
  return chosen;
}

/** How well the table of a catalogue that fits a question best does so. 0: nothing fits. */
export const fitOf = (question: string, catalogue: Catalogue): number =>
  scoresOf(question, indexCatalogue(catalogue), {}).tables.reduce((a, b) => Math.max(a, b), 0);

const scoresOf = (question: string, index: CatalogueIndex, options: LinkOptions): Scores =>
  scoreCatalogue(question, index, {
    previous: previousTables(index, options),
    similarity: options.vectors && similarityTo(options.vectors, index),
  });

function previousTables({ tables }: CatalogueIndex, { previous = [] }: LinkOptions): ReadonlySet<number> {
  if (previous.length === 0) return new Set();
  const names = new Set(previous);
  return new Set(tables.flatMap(({ schema, name }, at) => (names.has(`${schema}.${name}`) ? [at] : [])));
}

/** Names first, as long as their share lasts; then details of the best; then names with what is left. */
function select(index: CatalogueIndex, { columns, valuesOf }: Scores, budget: number): Selection {
  const selection = createSelection(index, budget, (column) => valuesOf(column).map(({ value }) => value));
  const score = new Float64Array(index.items.length);
  const use = new Float64Array(index.items.length);
  for (let at = 0; at < index.items.length; at += 1) {
    const item = index.items[at] as Item;
    let best = Number.NEGATIVE_INFINITY;
    for (const column of item.columns) best = Math.max(best, columns[column] ?? 0);
    score[at] = best;
    // The first of a table brings the table's name with it.
    use[at] = best - Math.log(item.length + (index.tables[item.table]?.name.length ?? 0));
  }
  const first = largest(score, connectedColumns);
  const core = [...new Set(first.map((at) => index.items[at]?.table ?? -1))];
  for (const at of first) selection.add(at);
  for (const table of bridgesBetween(core, index.neighbours)) selection.open(table);

  if (budget - namesOf(index) >= leastForColumns * 3) for (const table of index.tables.keys()) selection.mention(table);
  else mentionLikely(selection, index, score, budget * (1 - tablesShare));
  const useful = largestFirst(use);
  addNames(selection, useful, budget * (1 - namesShare));
  for (const at of selection.items().sort(byLargest(score))) if (!selection.detail(at)) break;
  addNames(selection, useful, 0);
  return selection;
}

const named = new WeakMap<CatalogueIndex, number>();

/** What the names of all tables cost, in thirds of a token. */
function namesOf(index: CatalogueIndex): number {
  const known = named.get(index);
  if (known !== undefined) return known;
  const thirds = index.tables.reduce((sum, { name }) => sum + tokenThirds(name) + 2, 0);
  named.set(index, thirds);
  return thirds;
}

/** Names tables in the order of their best columns while more than `reserve` is left. */
function mentionLikely(selection: Selection, index: CatalogueIndex, score: Float64Array, reserve: number): void {
  const best = new Float64Array(index.tables.length).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < score.length; at += 1) {
    const { table } = index.items[at] as Item;
    best[table] = Math.max(best[table] as number, score[at] as number);
  }
  for (const table of largestFirst(best)) {
    if (selection.left() <= reserve) return;
    selection.mention(table);
  }
}

/** Adds items in order while more than `reserve` is left; gives up after a number of them in a row that do not fit. */
function addNames(selection: Selection, items: Iterable<number>, reserve: number): void {
  let misses = 0;
  for (const item of items) {
    if (selection.left() <= reserve || misses > mostMisses) return;
    misses = selection.add(item) ? 0 : misses + 1;
  }
}

/** The places of the few largest values, largest first. */
function largest(values: Float64Array, count: number): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const last = places[count - 1];
    if (last !== undefined && (values[at] as number) <= (values[last] as number)) continue;
    let to = Math.min(places.length, count - 1);
    for (; to > 0 && (values[places[to - 1] as number] as number) < (values[at] as number); to -= 1)
      places[to] = places[to - 1] as number;
    places[to] = at;
  }
  return places;
}

const byLargest =
  (values: Float64Array) =>
  (a: number, b: number): number =>
    (values[b] as number) - (values[a] as number) || a - b;

/** Places sorted at once: most questions need no more of thousands. */
const chunk = 400;

/** The places of values, largest first, as a list that can be walked more than once; sorted as far as somebody walks. */
function largestFirst(values: Float64Array): Iterable<number> {
  const ascending = values.toSorted();
  const sorted: (readonly number[])[] = [];
  const bound = (n: number): number => ascending[values.length - 1 - n * chunk] ?? Number.NEGATIVE_INFINITY;
  function chunkAt(n: number): readonly number[] {
    const known = sorted[n];
    if (known) return known;
    // Above the bound of the next chunk, at most at that of this one.
    const [most, least] = [n === 0 ? Number.POSITIVE_INFINITY : bound(n), bound(n + 1)];
    const places: number[] = [];
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] as number;
      if (value > least && value <= most) places.push(at);
    }
    places.sort(byLargest(values));
    sorted[n] = places;
    return places;
  }
  return {
    *[Symbol.iterator]() {
      for (let n = 0; n * chunk <= values.length; n += 1) yield* chunkAt(n);
    },
  };
}

/** `thirds` of a token: what the text costs. */
type Whole = { readonly text: string; readonly thirds: number };
const wholes = new WeakMap<CatalogueIndex, Whole>();

/** Everything in detail; made and measured once. */
function wholeText(index: CatalogueIndex): Whole {
  const known = wholes.get(index);
  if (known !== undefined) return known;
  const selection = createSelection(index, Number.POSITIVE_INFINITY, () => []);
  for (const at of index.tables.keys()) selection.open(at);
  for (const at of index.items.keys()) selection.add(at);
  for (const at of index.items.keys()) selection.detail(at);
  const text = selection.text();
  const whole = { text, thirds: tokenThirds(text) };
  wholes.set(index, whole);
  return whole;
}
