import { fileURLToPath } from 'node:url';
import { bundledModel, openTransformersEmbedder } from '../../src/adapters/transformers/embedder.ts';
import { readCommandLine } from '../../src/command-line.ts';
import type { Catalogue } from '../../src/core/data/catalogue.ts';
import { estimateTokens } from '../../src/core/language/estimate-tokens.ts';
import { bm25, countWords } from '../../src/core/memory/bm25.ts';
import { indexCatalogue } from '../../src/core/sql/linking/index-catalogue.ts';
import { linkSchema } from '../../src/core/sql/linking/link-schema.ts';
import { linkWords } from '../../src/core/sql/linking/link-words.ts';
import { createSelection } from '../../src/core/sql/linking/selection.ts';
import { columnTexts as embeddedTexts, type LinkVectors, similarityTo } from '../../src/core/sql/linking/vectors.ts';
import type { Embedder } from '../../src/core/vectors/embedder.ts';
import { createPackedVectors, type PackedVectors, setVector } from '../../src/core/vectors/packed-vectors.ts';
import { type LinkingQuestion, type LinkingTask, readLinkingTasks } from './linking-data.ts';
import { printReports, type Report } from './print-reports.ts';

/** Names in a prompt, in lower case: `schema.table` and `schema.table.column`. */
type Held = { readonly tables: ReadonlySet<string>; readonly columns: ReadonlySet<string>; readonly text: string };
type System = (question: LinkingQuestion, maxTokens: number) => Held;

const budgets = [1000, 2000, 4000] as const;
/** Unmeasured questions at the start, so that compiling and indexing at first use are not counted. */
const warmUps = 20;
const usage = `How often a prompt of a given size holds every table and column that the right SQL names. Tokens are those of
src/core/language/estimate-tokens.ts (3 characters each). Every system writes with the product's own rendering; the
baselines spend the whole budget on names. Questions that name only their tables count by those.

  npm run bench:linking [-- --data FILE_OR_FOLDER]

  --data PATH       <name>.json with its <name>-schema.json beside it (default: the set in test/fixtures/linking)
  --flat            merge the databases into one schema instead of one schema each
  --json            one JSON object on standard output
  --help            this text`;
const { values: options } = readCommandLine(usage, {
  data: {
    type: 'string',
    default: fileURLToPath(new URL('../../test/fixtures/linking/questions.json', import.meta.url)),
  },
  flat: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});

const embedder = await openTransformersEmbedder({
  model: bundledModel,
  modelsFolder: fileURLToPath(new URL('../../models', import.meta.url)),
  logger: { info: () => undefined, warn: console.error, error: console.error },
  cacheSize: 0,
});
async function report(task: LinkingTask, embedder: Embedder): Promise<Report> {
  const vectors = await vectorsOf(task, embedder);
  const systems = {
    ours: ours(vectors.of),
    ours_words_only: ours(() => undefined),
    whole_schema: filled(({ catalogue }) => catalogueOrder(catalogue)),
    bm25: filled(byWords()),
    cosine: filled(({ text, catalogue }) => cosines(vectors.of({ text, catalogue }), catalogue)),
  };
  const { ours: own, ...others } = Object.fromEntries(
    Object.entries(systems).map(([name, system]) => [name, measure(system, task.questions)]),
  );
  const half = (rest: number) =>
    measure(
      systems.ours,
      task.questions.filter(({ id }) => Number(id) % 2 === rest),
    );
  const rows = {
    ours: { ...own, ...thousandTables(task, vectors) },
    ...others,
    ours_even_ids: half(0),
    ours_odd_ids: half(1),
  };
  if (!options.json) {
    console.log(
      `\n${task.name}: ${task.questions.length} questions. Weights were chosen on even ids of BIRD mini-dev.`,
    );
    console.table(rows);
  }
  return { data: task.name, n: task.questions.length, systems: rows };
}

function ours(vectorsFor: (question: Pick<LinkingQuestion, 'text' | 'catalogue'>) => LinkVectors | undefined): System {
  return (question, maxTokens) => {
    const vectors = vectorsFor(question);
    const { tables, text } = linkSchema(question.text, question.catalogue, maxTokens, { vectors });
    return {
      text,
      tables: new Set(tables.map(({ table }) => `${table.schema}.${table.name}`.toLowerCase())),
      columns: new Set(
        tables.flatMap(({ table, columns }) =>
          columns.map(({ name }) => `${table.schema}.${table.name}.${name}`.toLowerCase()),
        ),
      ),
    };
  };
}

/** Fills the budget with names of columns in an order of their own. Scores: one a column, in the catalogue's order. */
function filled(scoresOf: (question: LinkingQuestion) => ArrayLike<number>): System {
  return (question, maxTokens) => {
    const index = indexCatalogue(question.catalogue);
    const scores = scoresOf(question);
    const best = index.columns
      .map(({ item }, at) => ({ item, score: scores[at] ?? 0 }))
      .sort((a, b) => b.score - a.score);
    const selection = createSelection(index, maxTokens * 3, () => []);
    for (const { item } of best) selection.add(item);
    const nameOf = (at: number) => `${index.tables[at]?.schema}.${index.tables[at]?.name}`.toLowerCase();
    return {
      text: selection.text(),
      tables: new Set(index.tables.flatMap((_, at) => (selection.hasTable(at) ? [nameOf(at)] : []))),
      columns: new Set(
        index.columns.flatMap(({ table, column }, at) =>
          selection.hasColumn(at) ? [`${nameOf(table)}.${column.name.toLowerCase()}`] : [],
        ),
      ),
    };
  };
}

const catalogueOrder = ({ tables }: Catalogue): number[] =>
  tables.flatMap(({ columns }) => columns).map((_, at, all) => all.length - at);

/** Okapi BM25 of the question against each column with its table, comments and values. */
function byWords(): (question: LinkingQuestion) => number[] {
  const counted = new Map<Catalogue, ReturnType<typeof countWords>[]>();
  return ({ text, catalogue }) => {
    const documents =
      counted.get(catalogue) ?? columnTexts(catalogue).map((document) => countWords(linkWords(document)));
    counted.set(catalogue, documents);
    return bm25(linkWords(text), documents);
  };
}

const columnTexts = ({ tables }: Catalogue): readonly string[] =>
  tables.flatMap((table) =>
    table.columns.map((column) => [table.name, table.comment, column.name, column.comment, ...column.values].join(' ')),
  );

/** Embeds every catalogue and question of a task once. */
async function vectorsOf({ questions }: LinkingTask, embedder: Embedder) {
  const catalogues = new Map<Catalogue, readonly Float32Array[]>();
  for (const { catalogue } of questions)
    if (!catalogues.has(catalogue)) catalogues.set(catalogue, await embedder.embed(embeddedTexts(catalogue)));
  const packed = new Map([...catalogues].map(([catalogue, columns]) => [catalogue, packedOf(columns)]));
  const texts = [...new Set(questions.map(({ text }) => text))];
  const embedded = await embedder.embed(texts);
  const ofText = new Map(texts.map((text, at) => [text, embedded[at]]));
  const of = ({ text, catalogue }: Pick<LinkingQuestion, 'text' | 'catalogue'>): LinkVectors | undefined => {
    const [question, columns] = [ofText.get(text), packed.get(catalogue)];
    return question && columns ? { question, columns } : undefined;
  };
  return { of, columnsOf: (catalogue: Catalogue) => catalogues.get(catalogue) ?? [] };
}

function packedOf(vectors: readonly Float32Array[]): PackedVectors {
  const packed = createPackedVectors(vectors[0]?.length ?? 0);
  for (const [slot, vector] of vectors.entries()) setVector(packed, slot, vector);
  return packed;
}

const cosines = (vectors: LinkVectors | undefined, catalogue: Catalogue): ArrayLike<number> =>
  (vectors && similarityTo(vectors, indexCatalogue(catalogue))) ?? [];

function measure(system: System, questions: readonly LinkingQuestion[]): Readonly<Record<string, number>> {
  const times: number[] = [];
  const figures: Record<string, number> = {};
  for (const budget of budgets) {
    const held = questions.map((question) => {
      const begun = performance.now();
      const found = system(question, budget);
      times.push(performance.now() - begun);
      if (estimateTokens(found.text) > budget) throw new Error(`over the budget: ${question.text}`);
      const tables = question.tables.filter((name) => found.tables.has(name)).length;
      return {
        all: tables === question.tables.length && question.columns.every((name) => found.columns.has(name)),
        tables: tables / (question.tables.length || 1),
      };
    });
    figures[`all_gold_at_${budget / 1000}k_pct`] = percent(held.filter(({ all }) => all).length, held.length);
    if (budget === 1000)
      figures.table_recall = round(held.reduce((sum, { tables }) => sum + tables, 0) / (held.length || 1));
  }
  return { ...figures, p95_ms: p95(times) };
}

/** The task's tables again and again under other names, until there are a thousand: what one question costs then. */
function thousandTables({ questions }: LinkingTask, vectors: Awaited<ReturnType<typeof vectorsOf>>) {
  const [first] = questions;
  const tables = first?.catalogue.tables ?? [];
  if (!first || tables.length === 0) return {};
  const catalogue: Catalogue = {
    ...first.catalogue,
    tables: Array.from({ length: 1000 }, (_, at) => {
      const table = tables[at % tables.length] as (typeof tables)[number];
      const copy = `_${Math.floor(at / tables.length)}`;
      const foreignKeys = table.foreignKeys.map((key) => ({ ...key, toSchema: `${key.toSchema}${copy}` }));
      return { ...table, schema: `${table.schema}${copy}`, foreignKeys };
    }),
  };
  const widths = tables.map(({ columns }) => columns.length);
  const starts = widths.map((_, at) => widths.slice(0, at).reduce((sum, width) => sum + width, 0));
  const own = vectors.columnsOf(first.catalogue);
  const columns = packedOf(
    catalogue.tables.flatMap((_, at) => {
      const [start = 0, width = 0] = [starts[at % tables.length], widths[at % tables.length]];
      return own.slice(start, start + width);
    }),
  );
  const timed = (asked: LinkingQuestion) => {
    const question = vectors.of(asked)?.question;
    const [begun, cpu] = [performance.now(), process.cpuUsage()];
    linkSchema(asked.text, catalogue, 4000, { vectors: question && { question, columns } });
    const { user, system } = process.cpuUsage(cpu);
    return { ms: performance.now() - begun, cpuMs: (user + system) / 1000 };
  };
  for (const asked of questions.slice(-warmUps)) timed(asked);
  const runs = questions.slice(0, 200).map(timed);
  return {
    p95_ms_at_1000_tables: p95(runs.map(({ ms }) => ms)),
    cpu_p95_ms_at_1000_tables: p95(runs.map(({ cpuMs }) => cpuMs)),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const percent = (part: number, whole: number): number => Math.round((1000 * part) / (whole || 1)) / 10;
function p95(times: readonly number[]): number {
  return round(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0);
}

const reports: Report[] = [];
for (const task of await readLinkingTasks(options.data, options.flat)) reports.push(await report(task, embedder));
if (options.json) printReports('linking', options.data, reports);
await embedder.close();
