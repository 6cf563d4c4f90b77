import type { Catalogue, CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';
import { tokenThirds } from '../../language/estimate-tokens.ts';
import { type CatalogueIndex, type CatalogueItem, type IndexedColumn, indexCatalogue } from './index-catalogue.ts';
import { byLargest, largest, largestFirst } from './largest.ts';
import { bridgesBetween } from './paths.ts';
import { type Scores, scoreCatalogue } from './score.ts';
import { createSelection, type SchemaSelection } from './selection.ts';
import { type LinkVectors, similarityTo } from './vectors.ts';
import { type WhyTable, whyTable } from './why.ts';

/** A table of the prompt, and why it is there. */
export type LinkedTable = {
  readonly table: CatalogueTable;
  /** The columns that the prompt has, in their order. */
  readonly columns: readonly CatalogueColumn[];
  readonly why: WhyTable;
};

/** The part of the schema that goes into the prompt, as text. */
export type LinkedSchema = {
  readonly text: string;
  /** Everything is in, in detail. The text is then the same for every question and stays in the vendor's cache. */
  readonly whole: boolean;
  readonly tables: readonly LinkedTable[];
};

/** What else helps to choose. */
export type LinkOptions = {
  /** Tables that the thread has used, as `schema.table`. */
  readonly previous?: readonly string[];
  /** Similarity by meaning, in addition to words. */
  readonly vectors?: LinkVectors | undefined;
};

/** The share of the budget that names may take at first; types, comments and values get the rest. */
const namesShare = 0.85;
/** When not all tables can be named, the likeliest are, up to this share: columns of unnamed tables help nobody. */
const tablesShare = 0.25;
/** All tables are named when that leaves this much for columns. Tokens. */
const leastForColumns = 1200;
/** After this many items in a row that did not fit, the rest is not tried. */
const mostMisses = 40;
/** The tables of this many best columns are joined with each other, through further tables where needed. */
const connectedColumns = 8;

/**
 * The part of a schema that a question needs, as text of at most `maxTokens` (by `estimateTokens`): the whole schema
 * when it fits, otherwise the most useful columns, and for each table the columns that join it to the others.
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
          // Computed on demand: most answers show it for a few of a thousand tables.
          get why() {
            return whyTable(at, index, scores, previous.has(at));
          },
        },
      ];
    }),
  };
}

/** The selected columns by table, in their order. */
function chosenColumns(
  selection: SchemaSelection,
  index: CatalogueIndex,
): ReadonlyMap<number, readonly CatalogueColumn[]> {
  const chosen = new Map<number, CatalogueColumn[]>();
  for (const at of selection.items().sort((a, b) => a - b)) {
    const { table, columns } = index.items[at] as CatalogueItem;
    const own = chosen.get(table) ?? [];
    for (const column of columns) own.push((index.columns[column] as IndexedColumn).column);
    chosen.set(table, own);
  }
  return chosen;
}

/** How well the best table of a catalogue fits a question. 0: none fits. */
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

/** Names first, as long as their share lasts, then details of the best, then more names with what is left. */
function select(index: CatalogueIndex, { columns, valuesOf }: Scores, budget: number): SchemaSelection {
  const selection = createSelection(index, budget, (column) => valuesOf(column).map(({ value }) => value));
  const score = new Float64Array(index.items.length).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < columns.length; at += 1) {
    const item = index.itemOfColumn[at] as number;
    if ((columns[at] as number) > (score[item] as number)) score[item] = columns[at] as number;
  }
  const cost = costsOf(index);
  const use = score.map((best, item) => best - (cost[item] as number));
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

const costs = new WeakMap<CatalogueIndex, Float64Array>();

/** What each item's name costs in score. The first item of a table brings the table's name with it. */
function costsOf(index: CatalogueIndex): Float64Array {
  const known = costs.get(index);
  if (known !== undefined) return known;
  const made = Float64Array.from(index.items, ({ table, length }) =>
    Math.log(length + (index.tables[table]?.name.length ?? 0)),
  );
  costs.set(index, made);
  return made;
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
function mentionLikely(selection: SchemaSelection, index: CatalogueIndex, score: Float64Array, reserve: number): void {
  const best = new Float64Array(index.tables.length).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < score.length; at += 1) {
    const table = index.tableOfItem[at] as number;
    if ((score[at] as number) > (best[table] as number)) best[table] = score[at] as number;
  }
  for (const table of largestFirst(best)) {
    if (selection.left() <= reserve) return;
    selection.mention(table);
  }
}

/** Adds items in order while more than `reserve` is left. Stops after a number of them in a row that do not fit. */
function addNames(selection: SchemaSelection, items: Iterable<number>, reserve: number): void {
  let misses = 0;
  for (const item of items) {
    if (selection.left() <= reserve || misses > mostMisses) return;
    misses = selection.add(item) ? 0 : misses + 1;
  }
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
