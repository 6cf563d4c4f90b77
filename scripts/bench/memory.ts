/**
 * How well the ranking of memories finds what answers a question, beside plain BM25, cosine and reciprocal rank fusion,
 * in one run:
 *
 *   npm run bench:memory -- --data FILE [--format locomo|own] [--conversations conv-26,conv-30] [--json]
 *
 * `locomo` is the released `locomo10.json`; each turn is a passage and the labelled evidence is what must be found.
 * `own` is one JSON object: `{"conversations":[{"id","turns":[{"id","session","speaker","text","at"}],
 * "questions":[{"text","category","evidence":["turn id"]}]}]}`. Questions without evidence are left out, and the figures
 * are percentages averaged over questions.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundledModel, openTransformersEmbedder } from '../../src/adapters/transformers/embedder.ts';
import { bm25 } from '../../src/core/memory/bm25.ts';
import type { Embedder } from '../../src/core/memory/memory.ts';
import { dot, type Index, indexPassages, type Passage, rank, windowText } from '../../src/core/memory/rank.ts';
import { wordsOf } from '../../src/core/memory/words.ts';
import { type Conversation, readLocomo, readOwn } from './conversations.ts';

const cutoffs = [5, 10, 20] as const;

type Ranker = (question: string, vector: Float32Array, index: Index) => readonly number[];

const cosines = (vector: Float32Array, { passages }: Index): number[] =>
  passages.map((passage) => (passage.vector ? dot(vector, passage.vector) : 0));

/** Cormack, Clarke and Büttcher 2009, with their constant of 60. */
function fuse(...lists: readonly (readonly number[])[]): number[] {
  const fused = new Array<number>(lists[0]?.length ?? 0).fill(0);
  for (const scores of lists) {
    order(scores).forEach((at, place) => {
      fused[at] = (fused[at] ?? 0) + 1 / (60 + place + 1);
    });
  }
  return fused;
}

const rankers: Readonly<Record<string, Ranker>> = {
  bm25: (question, _, index) => bm25(wordsOf(question), index.turns),
  cosine: (_, vector, index) => cosines(vector, index),
  rrf: (question, vector, index) => fuse(bm25(wordsOf(question), index.turns), cosines(vector, index)),
  'ours, words': (text, _, index) => rank(index, { text, vector: undefined }).map(({ score }) => score),
  ours: (text, vector, index) => rank(index, { text, vector }).map(({ score }) => score),
};

/** Places of the passages, the best first; ties in the order of time. */
const order = (scores: readonly number[]): number[] =>
  scores.map((_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);

type Figures = Record<string, number>;

/** Recall and hits of turns, and of the sessions they come from in the order in which they first appear. */
function figuresOf(ranked: readonly number[], conversation: Conversation, evidence: readonly string[]): Figures {
  const gold = new Set(evidence);
  const sessionOf = (at: number) => conversation.turns[at]?.session ?? '';
  const goldSessions = new Set(conversation.turns.flatMap((turn, at) => (gold.has(turn.id) ? [sessionOf(at)] : [])));
  const sessions = [...new Set(ranked.map(sessionOf))];
  const found = (k: number) => ranked.slice(0, k).filter((at) => gold.has(conversation.turns[at]?.id ?? '')).length;
  const foundSessions = (k: number) => sessions.slice(0, k).filter((session) => goldSessions.has(session)).length;
  return {
    ...Object.fromEntries(cutoffs.map((k) => [`R@${k}`, found(k) / gold.size])),
    'hit@10': Number(found(10) > 0),
    'session R@5': foundSessions(5) / goldSessions.size,
    'session R@10': foundSessions(10) / goldSessions.size,
    'session any@5': Number(foundSessions(5) > 0),
    'session any@10': Number(foundSessions(10) > 0),
    'session all@10': Number(foundSessions(10) === goldSessions.size),
  };
}

const mean = (rows: readonly Figures[]): Figures => {
  const [first = {}] = rows;
  const of = (name: string) => (100 * rows.reduce((sum, row) => sum + (row[name] ?? 0), 0)) / rows.length;
  return {
    n: rows.length,
    ...Object.fromEntries(Object.keys(first).map((name) => [name, Number(of(name).toFixed(1))])),
  };
};

async function indexOf(conversation: Conversation, embedder: Embedder): Promise<Index> {
  const plain: Passage[] = conversation.turns.map(({ text, speaker, session, at }) => ({
    text,
    speaker,
    thread: session,
    at,
    vector: undefined,
    windowVector: undefined,
  }));
  const vectors = await embedder.embed(plain.map(({ text }) => text));
  const windows = await embedder.embed(plain.map((_, at) => windowText(plain, at)));
  return indexPassages(plain.map((passage, at) => ({ ...passage, vector: vectors[at], windowVector: windows[at] })));
}

type Row = { readonly category: string; readonly figures: Figures };

async function evaluate(conversations: readonly Conversation[], embedder: Embedder) {
  const rows = new Map<string, Row[]>(Object.keys(rankers).map((name) => [name, []]));
  const times: number[] = [];
  for (const conversation of conversations) {
    const index = await indexOf(conversation, embedder);
    const questions = conversation.questions.filter(({ evidence }) => evidence.length > 0);
    const vectors = await embedder.embed(questions.map(({ text }) => text));
    for (const [name, ranker] of Object.entries(rankers)) {
      questions.forEach(({ text, category, evidence }, at) => {
        const begun = performance.now();
        const scores = ranker(text, vectors[at] ?? new Float32Array(embedder.dimensions), index);
        if (name === 'ours') times.push(performance.now() - begun);
        rows.get(name)?.push({ category, figures: figuresOf(order(scores), conversation, evidence) });
      });
    }
    process.stderr.write(`${conversation.id}: ${conversation.turns.length} turns, ${questions.length} questions\n`);
  }
  times.sort((a, b) => a - b);
  const tables = Object.fromEntries([...rows].map(([name, all]) => [name, byCategory(all)]));
  return { tables, msPerQuestion: { p50: at(times, 0.5), p95: at(times, 0.95) } };
}

const at = (sorted: readonly number[], share: number) =>
  Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));

function byCategory(rows: readonly Row[]): Record<string, Figures> {
  const names = [...new Set(rows.map(({ category }) => category))].sort();
  const of = (keep: (row: Row) => boolean) => mean(rows.filter(keep).map(({ figures }) => figures));
  const answerable = rows.some(({ category }) => category === 'adversarial')
    ? { 'all but adversarial': of(({ category }) => category !== 'adversarial') }
    : {};
  return {
    ...Object.fromEntries(names.map((name) => [name, of(({ category }) => category === name)])),
    ...answerable,
    all: of(() => true),
  };
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    format: { type: 'string', default: 'locomo' },
    conversations: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
if (values.data === undefined) {
  console.error('Usage: npm run bench:memory -- --data FILE [--format locomo|own] [--conversations a,b] [--json]');
  process.exit(2);
}
const parsed: unknown = JSON.parse(readFileSync(values.data, 'utf8'));
const only = values.conversations?.split(',');
const conversations = (values.format === 'own' ? readOwn(parsed) : readLocomo(parsed)).filter(
  ({ id }) => only === undefined || only.includes(id),
);
const quiet = { info: () => undefined, warn: console.error, error: console.error };
const embedder = await openTransformersEmbedder({
  model: bundledModel,
  modelsFolder: fileURLToPath(new URL('../../models', import.meta.url)),
  logger: quiet,
  cacheSize: 10,
});
const result = await evaluate(conversations, embedder);
await embedder.close();
if (values.json) console.log(JSON.stringify(result));
else {
  for (const [name, table] of Object.entries(result.tables)) {
    console.log(`\n${name}`);
    console.table(table);
  }
  console.log(`ours: ${result.msPerQuestion.p50} ms a question (p95 ${result.msPerQuestion.p95}), embedding excluded`);
}
