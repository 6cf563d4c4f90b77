import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createChronoDates } from '../../src/adapters/dates/chrono-dates.ts';
import { openVerifiedFile } from '../../src/adapters/sources/open-verified-file.ts';
import { bundledModel, openTransformersEmbedder } from '../../src/adapters/transformers/embedder.ts';
import { readCommandLine } from '../../src/command-line.ts';
import type { Catalogue } from '../../src/core/data/catalogue.ts';
import type { Embedder } from '../../src/core/vectors/embedder.ts';
import { cosineOf, createPackedVectors, type PackedVectors, setVector } from '../../src/core/vectors/packed-vectors.ts';
import { compilePhrasing } from '../../src/core/verified/phrasing.ts';
import { createPhrasingIndex, type QuestionVectors } from '../../src/core/verified/phrasing-index.ts';
import type { VerifiedMatch } from '../../src/core/verified/verified-match.ts';
import { createVerifiedQueries } from '../../src/core/verified/verified-queries.ts';
import { type VerifiedQuery, verifiedQuerySchema } from '../../src/core/verified/verified-query.ts';
import { catalogueOfValues } from '../../test/support/catalogue.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import { dataFiles } from './data-files.ts';
import { printReports, type Report } from './print-reports.ts';

type Asked = { readonly text: string /** Undefined: it must not be answered. */; readonly id: string | undefined };
type Task = {
  readonly name: string;
  readonly queries: readonly VerifiedQuery[];
  readonly asked: readonly Asked[];
  readonly catalogue: Catalogue;
};
/** Ranks ids, best first. */
type Ranker = (text: string) => readonly string[];

const fixtures = fileURLToPath(new URL('../../test/fixtures/', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

async function demoTask(): Promise<Task> {
  const question = z.object({ question: z.string(), id: z.string().optional() });
  const asked = ['demo-questions.jsonl', 'demo-near-misses.jsonl']
    .flatMap((name) => readJsonLines(join(fixtures, name)))
    .map((line) => question.parse(line));
  return {
    name: 'demo shop',
    queries: await openVerifiedFile(fileURLToPath(new URL('../../demo/shop.verified.yaml', import.meta.url))),
    asked: asked.map(({ question: text, id }) => ({ text, id })),
    catalogue: catalogueOfValues(
      z.record(z.string(), z.array(z.string())).parse(read(join(fixtures, 'demo-values.json'))),
    ),
  };
}

const queryOf = (id: string, questions: readonly string[]): VerifiedQuery =>
  verifiedQuerySchema.parse({
    id,
    title: id,
    questions: questions.length === 1 ? [...questions, ...questions] : questions,
    sql: 'SELECT 1 AS one',
  });

const templates = z.array(
  z.object({ sentences: z.array(z.object({ 'question-split': z.string(), text: z.string() })) }),
);
const synonyms = z.array(
  z.object({ db_id: z.string(), SpiderQuestion: z.string(), SpiderSynQuestion: z.string(), query: z.string() }),
);

function fileTask(path: string): Task {
  const parsed = read(path);
  const base = { name: basename(path), catalogue: catalogueOfValues({}) };
  const spider = synonyms.safeParse(parsed);
  if (spider.success) {
    const ids = [...new Set(spider.data.map(({ db_id, query }) => `${db_id} ${query}`))];
    const idOf = (one: (typeof spider.data)[number]): string => `q-${ids.indexOf(`${one.db_id} ${one.query}`)}`;
    const wordings = new Map<string, string[]>();
    for (const one of spider.data) wordings.set(idOf(one), [...(wordings.get(idOf(one)) ?? []), one.SpiderQuestion]);
    const queries = [...wordings].map(([id, texts]) => queryOf(id, texts));
    return { ...base, queries, asked: spider.data.map((one) => ({ text: one.SpiderSynQuestion, id: idOf(one) })) };
  }
  const groups = templates.parse(parsed).map(({ sentences }, i) => {
    const of = (split: string): string[] =>
      sentences.filter((one) => one['question-split'] === split && one.text.length > 1).map(({ text }) => text);
    return { id: `q-${i}`, train: of('train'), test: of('test') };
  });
  const known = groups.filter(({ train }) => train.length > 0);
  return {
    ...base,
    queries: known.map(({ id, train }) => queryOf(id, train)),
    asked: known.flatMap(({ id, test }) => test.map((text) => ({ text, id }))),
  };
}

const words = (text: string): readonly string[] => text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
const trigrams = (text: string): ReadonlySet<string> => {
  const edged = `  ${words(text).join(' ')} `;
  return new Set(Array.from({ length: Math.max(0, edged.length - 2) }, (_, i) => edged.slice(i, i + 3)));
};

type Document = { readonly id: string; readonly text: string };

/** Ids by falling score, each once. */
function byScore(documents: readonly Document[], score: (at: number) => number): readonly string[] {
  const ranked = documents.map(({ id }, at) => ({ id, score: score(at) })).sort((a, b) => b.score - a.score);
  return [...new Set(ranked.map(({ id }) => id))];
}

/** Jaccard similarity of letter trigrams: what pg_trgm does. */
function trigramRanker(documents: readonly Document[]): Ranker {
  const sets = documents.map(({ text }) => trigrams(text));
  return (text) => {
    const own = trigrams(text);
    return byScore(documents, (at) => {
      const other = sets[at] ?? new Set();
      const shared = [...own].filter((gram) => other.has(gram)).length;
      return shared / (own.size + other.size - shared || 1);
    });
  };
}

/** Okapi BM25 with the usual k1 = 1.2 and b = 0.75. */
function bm25Ranker(documents: readonly Document[]): Ranker {
  const lists = documents.map(({ text }) => words(text));
  const mean = lists.reduce((sum, list) => sum + list.length, 0) / (lists.length || 1);
  const frequency = new Map<string, number>();
  for (const list of lists) for (const word of new Set(list)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const idf = (word: string): number => {
    const n = frequency.get(word) ?? 0;
    return Math.log(1 + (lists.length - n + 0.5) / (n + 0.5));
  };
  return (text) =>
    byScore(documents, (at) => {
      const list = lists[at] ?? [];
      return words(text).reduce((sum, word) => {
        const count = list.filter((one) => one === word).length;
        return sum + (idf(word) * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * list.length) / mean));
      }, 0);
    });
}

/** Vectors of everything that is said, made before: the times are those of comparing them. */
type Vectors = { of(text: string): Float32Array; packed(texts: readonly string[]): PackedVectors };

async function vectorsOf(texts: readonly string[], embedder: Embedder): Promise<Vectors> {
  const distinct = [...new Set(texts)];
  const embedded = new Map((await embedder.embed(distinct)).map((vector, at) => [distinct[at] ?? '', vector]));
  const of = (text: string): Float32Array => embedded.get(text) ?? new Float32Array(embedder.dimensions);
  return {
    of,
    packed(all) {
      const packed = createPackedVectors(embedder.dimensions);
      for (const [slot, text] of all.entries()) setVector(packed, slot, of(text));
      return packed;
    },
  };
}

/** Cosine of the embedding model's vectors. */
function cosineRanker(documents: readonly Document[], vectors: Vectors): Ranker {
  const packed = vectors.packed(documents.map(({ text }) => text));
  return (text) => {
    const own = vectors.of(text);
    return byScore(documents, (at) => cosineOf(packed, at, own));
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const percent = (part: number, whole: number): number => round((100 * part) / (whole || 1));
const p95 = (times: readonly number[]): number =>
  round(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0);

/** What one call gave, with its milliseconds: by the clock and of this process's CPU, which a busy machine leaves alone. */
function timed<T>(call: () => T): { readonly value: T; readonly ms: number; readonly cpuMs: number } {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const value = call();
  const { user, system } = process.cpuUsage(cpu);
  return { value, ms: performance.now() - begun, cpuMs: (user + system) / 1000 };
}

function measure(rank: Ranker, asked: readonly Asked[]) {
  const answered = asked.filter(({ id }) => id !== undefined);
  const runs = answered.map(({ text, id }) => {
    const { value, ms } = timed(() => rank(text));
    return { place: value.indexOf(id ?? ''), ms };
  });
  const within = (n: number): number => runs.filter(({ place }) => place >= 0 && place < n).length;
  return {
    hit_at_1_pct: percent(within(1), runs.length),
    hit_at_5_pct: percent(within(5), runs.length),
    p95_ms: p95(runs.map(({ ms }) => ms)),
  };
}

type Matching = { readonly queries: readonly VerifiedQuery[]; readonly catalogue: Catalogue };

const openMatching = ({ queries, catalogue }: Matching) =>
  createVerifiedQueries({ queries, catalogue, today: () => '2026-10-31', dates: createChronoDates() });

/** The task's phrasings again under other ids, each copy about something else, until there are five thousand. */
function fiveThousand({ queries, catalogue }: Task): Matching {
  const phrasings = queries.reduce((sum, { questions }) => sum + questions.length, 0);
  const copies = Math.ceil(5000 / (phrasings || 1)) - 1;
  const copied = Array.from({ length: copies }, (_, copy) =>
    queries.map((query) => ({
      ...query,
      id: `${query.id}-copy-${copy}`,
      questions: query.questions.map((text) => `${text} zone${copy}`),
    })),
  );
  return { queries: [...queries, ...copied.flat()], catalogue };
}

/** Unmeasured questions of all kinds at the start, so that compiling at first use is not counted. */
const warmUps = 40;

function timesOf(matching: Matching, asked: readonly Asked[]) {
  const verified = openMatching(matching);
  const match = ({ text }: Asked) => {
    const matched = timed(() => verified.match(text, { locale: 'en' }));
    const { value } = matched;
    const near = timed(() => (value.kind === 'none' ? value.near() : []));
    return { ...matched, offeredMs: matched.ms + near.ms };
  };
  const every = Math.ceil(asked.length / warmUps);
  for (const one of asked.filter((_, at) => at % every === 0)) match(one);
  const runs = asked
    .filter((_, at) => at % every !== 0)
    .slice(0, 300)
    .map(match);
  return {
    p95_ms: p95(runs.map(({ ms }) => ms)),
    cpu_p95_ms: p95(runs.map(({ cpuMs }) => cpuMs)),
    offered_p95_ms: p95(runs.map(({ offeredMs }) => offeredMs)),
  };
}

/** What a person sees first: the answer, or the query that the question fits whole before its rivals. */
function foremost(found: VerifiedMatch): readonly string[] {
  if (found.kind === 'match') return [found.query.id];
  return found.kind === 'ask' ? found.suggestions.map(({ queryId }) => queryId) : [];
}

async function bench(task: Task, embedder: Embedder): Promise<Report> {
  const { name, queries, asked } = task;
  const verified = openMatching(task);
  const index = createPhrasingIndex(
    queries.flatMap((query) => query.questions.map((text) => compilePhrasing(query, text, (elements) => elements))),
  );
  const documents = queries.flatMap(({ id, questions }) => questions.map((text) => ({ id, text })));
  const vectors = await vectorsOf(
    [...documents, ...asked].map(({ text }) => text),
    embedder,
  );
  const phrasings = vectors.packed(documents.map(({ text }) => text));
  const match = (text: string) => verified.match(text, { locale: 'en' });
  const exact = asked.map(({ text, id }) => {
    const found = match(text);
    return { id, found: found.kind === 'match' ? found.query.id : undefined };
  });
  const ranker =
    (meaningOf: (text: string) => QuestionVectors | undefined): Ranker =>
    (text) => {
      const found = match(text);
      const near = index.rank(text, 50, meaningOf(text)).map(({ phrasing }) => phrasing.query.id);
      return [...new Set([...foremost(found), ...near])];
    };
  const answerable = exact.filter(({ id }) => id !== undefined);
  const large = timesOf(fiveThousand(task), asked);
  return {
    data: name,
    n: asked.length,
    systems: {
      ours: {
        ...measure(
          ranker((text) => ({ question: vectors.of(text), phrasings })),
          asked,
        ),
        /** Answered with a query that is not the right one, of all that was asked. */
        false_exact_pct: percent(
          exact.filter(({ id, found }) => found !== undefined && found !== id).length,
          asked.length,
        ),
        /** Answered without a question back, and rightly. */
        exact_pct: percent(answerable.filter(({ id, found }) => found === id).length, answerable.length),
        p95_ms_at_5000: large.p95_ms,
        cpu_p95_ms_at_5000: large.cpu_p95_ms,
        /** Including suggestions when nothing else answers, each of which is matched again. */
        offered_p95_ms_at_5000: large.offered_p95_ms,
      },
      ours_words_only: measure(
        ranker(() => undefined),
        asked,
      ),
      trigram: measure(trigramRanker(documents), asked),
      bm25: measure(bm25Ranker(documents), asked),
      cosine: measure(cosineRanker(documents, vectors), asked),
    },
  };
}

const usage = `How well questions find the verified query that means the same.

  npm run bench:verified [-- --data FILE_OR_FOLDER]

  --data PATH       the text2sql-data format (many wordings for each SQL; "train" wordings are indexed, "test" wordings
                    asked) or the Spider-Syn format (the plain question is indexed, the one with synonyms asked)
                    (default: the demo shop's own questions and near misses)
  --json            a JSON object for each file on standard output
  --help            this text`;
const { values } = readCommandLine(usage, { data: { type: 'string' }, json: { type: 'boolean', default: false } });
const tasks = values.data === undefined ? [await demoTask()] : dataFiles(values.data, '.json').map(fileTask);
const embedder = await openTransformersEmbedder({
  model: bundledModel,
  modelsFolder: fileURLToPath(new URL('../../models', import.meta.url)),
  logger: { info: () => undefined, warn: console.error, error: console.error },
  cacheSize: 0,
});
const reports: Report[] = [];
for (const task of tasks) {
  const report = await bench(task, embedder);
  reports.push(report);
  if (!values.json) {
    const phrasings = task.queries.reduce((sum, { questions }) => sum + questions.length, 0);
    console.log(`${report.data}: ${task.queries.length} queries, ${phrasings} phrasings, ${report.n} questions`);
    console.table(report.systems);
  }
}
if (values.json) printReports('verified', values.data ?? 'demo', reports);
await embedder.close();
