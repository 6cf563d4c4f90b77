import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledModel, openTransformersEmbedder } from '../../src/adapters/transformers/embedder.ts';
import { readCommandLine } from '../../src/command-line.ts';
import { wordsOf } from '../../src/core/language/search-words.ts';
import { bm25 } from '../../src/core/memory/bm25.ts';
import { embedTexts } from '../../src/core/memory/embed-texts.ts';
import { memoryTokens } from '../../src/core/memory/memory-tokens.ts';
import { countText } from '../../src/core/memory/passage-index.ts';
import { dot } from '../../src/core/memory/rank.ts';
import { type Asked, rankMemories } from '../../src/core/memory/rank-memories.ts';
import { recallTokens } from '../../src/core/memory/select.ts';
import type { Embedder } from '../../src/core/vectors/embedder.ts';
import type { Conversation } from './conversation.ts';
import { formats, isFormat, readConversations } from './conversations.ts';
import { type Played, playConversation } from './play-conversation.ts';

const cutoffs = [5, 10, 20] as const;

/** LoCoMo conversations that the weights were chosen on; all others are reported apart as well. */
const tunedOn = new Set(['conv-26', 'conv-30', 'conv-41']);

type Pool = {
  readonly played: Played;
  readonly vectors: readonly (Float32Array | undefined)[];
  readonly counts: readonly ReturnType<typeof countText>[];
};
type Question = { readonly text: string; readonly vector: Float32Array | undefined };
type Ranker = (question: Question, pool: Pool) => readonly number[] | Promise<readonly number[]>;

const cosines = (vector: Float32Array | undefined, { vectors }: Pool): number[] =>
  vectors.map((one) => (vector && one ? dot(vector, one) : 0));

/** Places of the passages, the best first; ties in the order of time. */
const order = (scores: readonly number[]): number[] =>
  scores.map((_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);

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

const placesOf = (asked: Asked, { placeOf }: Played): number[] =>
  rankMemories(asked, Number.POSITIVE_INFINITY).map(({ memory }) => placeOf(memory));
const rankers: Readonly<Record<string, Ranker>> = {
  bm25: ({ text }, { counts }) => order(bm25(wordsOf(text), counts)),
  cosine: ({ vector }, pool) => order(cosines(vector, pool)),
  rrf: ({ text, vector }, pool) => order(fuse(bm25(wordsOf(text), pool.counts), cosines(vector, pool))),
  ours_words_only: async ({ text }, { played }) =>
    placesOf({ ...(await played.asked(text)), vector: undefined }, played),
  ours: async ({ text }, { played }) => placesOf(await played.asked(text), played),
};

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
    ...Object.fromEntries(cutoffs.map((k) => [`recall_at_${k}`, found(k) / gold.size])),
    hit_at_10: Number(found(10) > 0),
    session_any_at_5: Number(foundSessions(5) > 0),
    session_any_at_10: Number(foundSessions(10) > 0),
    session_all_at_10: Number(foundSessions(10) === goldSessions.size),
  };
}

function mean(rows: readonly Row[]): Figures {
  const names = Object.keys(rows[0]?.figures ?? {});
  const of = (name: string) => (100 * rows.reduce((sum, { figures }) => sum + (figures[name] ?? 0), 0)) / rows.length;
  return { n: rows.length, ...Object.fromEntries(names.map((name) => [name, Number(of(name).toFixed(1))])) };
}

const textsOf = (said: readonly { readonly text: string }[]): string[] => said.map(({ text }) => text);

async function poolOf(conversation: Conversation, embedder: Embedder): Promise<Pool> {
  const played = await playConversation(conversation, embedder);
  const texts = textsOf(conversation.turns);
  const vectors = (await embedTexts(embedder, texts)).map((one) => one?.vector);
  return { played, vectors, counts: texts.map(countText) };
}

async function embedQuestions(questions: Conversation['questions'], { played }: Pool, embedder: Embedder) {
  // Embedded once before, so that its time does not count.
  for (const { text } of questions) await played.asked(text);
  const embeddings = await embedTexts(embedder, textsOf(questions));
  return questions.map(({ text }, at): Question => ({ text, vector: embeddings[at]?.vector }));
}

/** As the product does: what no longer fits is passed over. */
const promptTokens = (texts: readonly string[]): number =>
  texts.map(memoryTokens).reduce((sum, cost) => (sum + cost > recallTokens ? sum : sum + cost), 0);

type Row = { readonly conversation: string; readonly category: string; readonly figures: Figures };
type Measured = { readonly rows: Row[]; readonly times: number[]; readonly tokens: number[] };

async function evaluate(conversations: readonly Conversation[], embedder: Embedder) {
  const measured = new Map<string, Measured>(
    Object.keys(rankers).map((name) => [name, { rows: [], times: [], tokens: [] }]),
  );
  for (const conversation of conversations) {
    const pool = await poolOf(conversation, embedder);
    const questions = conversation.questions.filter(({ evidence }) => evidence.length > 0);
    const asked = await embedQuestions(questions, pool, embedder);
    for (const [name, ranker] of Object.entries(rankers)) {
      const { rows, times, tokens } = measured.get(name) as Measured;
      for (const [at, { category, evidence }] of questions.entries()) {
        const begun = performance.now();
        const ranked = await ranker(asked[at] as Question, pool);
        times.push(performance.now() - begun);
        tokens.push(promptTokens(ranked.slice(0, 10).map((place) => conversation.turns[place]?.text ?? '')));
        rows.push({ conversation: conversation.id, category, figures: figuresOf(ranked, conversation, evidence) });
      }
    }
    process.stderr.write(`${conversation.id}: ${conversation.turns.length} turns, ${questions.length} questions\n`);
  }
  return Object.fromEntries([...measured].map(([name, all]) => [name, summary(all)]));
}

function summary({ rows, times, tokens }: Measured) {
  const of = (keep: (row: Row) => boolean) => mean(rows.filter(keep));
  const categories = [...new Set(rows.map(({ category }) => category))].sort();
  const isLocomo = rows.some(({ conversation }) => tunedOn.has(conversation));
  times.sort((a, b) => a - b);
  return {
    all: of(() => true),
    categories_1_4: of(({ category }) => category !== 'adversarial'),
    ...(isLocomo && {
      untuned: of(({ conversation }) => !tunedOn.has(conversation)),
      untuned_categories_1_4: of((row) => !tunedOn.has(row.conversation) && row.category !== 'adversarial'),
    }),
    categories: Object.fromEntries(categories.map((name) => [name, of(({ category }) => category === name)])),
    p50_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
    /** Of those of the ten best that the product's budget lets into the prompt. */
    tokens_mean: Math.round(tokens.reduce((sum, count) => sum + count, 0) / Math.max(1, tokens.length)),
  };
}

const quantile = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));

const usage = `How well the ranking of memories finds what answers a question, beside plain BM25, cosine and reciprocal rank fusion, in
one run. "ours" is the product's own recall over what play-conversation.ts keeps: the turns of a talk as questions that
people asked in one channel, since only those have a speaker, a time and neighbours; our own set as it was taught.
Questions without evidence are left out; figures are percentages averaged over questions, times milliseconds.

  npm run bench:memory [-- --data FILE --format locomo]

  --data FILE           conversations (default: our own set, which is part of the repository)
  --format NAME         own, locomo, realtalk or beam; conversations.ts says how they look
  --conversations LIST  only these, such as conv-26,conv-30
  --json                one JSON object on standard output
  --help                this text`;
const { values } = readCommandLine(usage, {
  data: { type: 'string' },
  format: { type: 'string' },
  conversations: { type: 'string' },
  json: { type: 'boolean', default: false },
});
const data = values.data ?? fileURLToPath(new URL('../../test/fixtures/memory/own.jsonl', import.meta.url));
const format = values.format ?? (values.data?.includes('locomo') ? 'locomo' : 'own');
if (!isFormat(format)) {
  console.error(
    `Usage: npm run bench:memory -- [--data FILE] [--format ${formats.join('|')}] [--conversations a,b] [--json]`,
  );
  process.exit(2);
}
const only = values.conversations?.split(',');
const conversations = (await readConversations(data, format)).filter(({ id }) => !only || only.includes(id));
const embedder = await openTransformersEmbedder({
  model: bundledModel,
  modelsFolder: fileURLToPath(new URL('../../models', import.meta.url)),
  logger: { info: () => undefined, warn: console.error, error: console.error },
  cacheSize: 100_000,
});
const systems = await evaluate(conversations, embedder);
await embedder.close();
const n = systems.ours?.all.n ?? 0;
if (values.json) console.log(JSON.stringify({ bench: 'memory', data: basename(data), format, n, systems }));
else {
  for (const [name, { categories, p50_ms, p95_ms, tokens_mean, ...groups }] of Object.entries(systems)) {
    console.log(
      `\n${name}: ${p50_ms} ms a question (p95 ${p95_ms}), embedding excluded; ${tokens_mean} tokens in the prompt`,
    );
    console.table({ ...groups, ...categories });
  }
}
