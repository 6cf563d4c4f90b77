/**
 * Recall at scale, in this process, query embedding excluded:
 *
 *   npm run bench:memory-scale -- [--sizes 5000,100000,1000000] [--queries 100] [--json]
 *
 * Each pool is filled with made-up notes: 6 to 17 words that follow Zipf's law from the 20th on (the first ones are stop
 * words, which are not indexed), and vectors of 384 dimensions in clusters, as real ones have.
 */
import { parseArgs } from 'node:util';
import { addPassage, createPassageIndex, type PassageIndex } from '../../src/core/memory/passage-index.ts';
import { rank } from '../../src/core/memory/rank.ts';

const dimensions = 384;
const vocabulary = 30_000;
const clusters = 400;

/** Mulberry32: the same pool in every run. */
let state = 7;
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

/** A word by its rank: a few are in every tenth note, most are rare. */
const word = (): string => `w${Math.floor(20 * (vocabulary / 20) ** random())}x`;
const centres = Array.from({ length: clusters }, () => Float32Array.from({ length: dimensions }, () => random() - 0.5));
const unit = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};
const near = (centre: Float32Array): Float32Array => unit(centre.map((value) => value + (random() - 0.5) * 0.9));

const note = () => {
  const centre = centres[Math.floor(random() * clusters)] as Float32Array;
  return { text: Array.from({ length: 6 + Math.floor(random() * 12) }, word).join(' '), vector: near(centre) };
};

function fill(size: number): { index: PassageIndex; questions: { text: string; vector: Float32Array }[] } {
  const index = createPassageIndex();
  const questions: { text: string; vector: Float32Array }[] = [];
  for (let at = 0; at < size; at += 1) {
    const { text, vector } = note();
    addPassage(index, { text, vector, speaker: undefined, thread: `t${at}`, at: undefined });
    if (at % Math.ceil(size / queries) === 0)
      questions.push({ text: `${text.split(' ').slice(0, 4).join(' ')} ${word()}`, vector: near(vector) });
  }
  return { index, questions };
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '5000,100000,1000000' },
    queries: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  },
});
const queries = Number(values.queries);
const quantile = (sorted: readonly number[], share: number) =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));

const pools = [];
for (const size of values.sizes.split(',').map(Number)) {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const begun = performance.now();
  const { index, questions } = fill(size);
  const buildSeconds = (performance.now() - begun) / 1000;
  globalThis.gc?.();
  const after = process.memoryUsage();
  for (const question of questions.slice(0, 10)) rank([index], question, 200);
  const times = questions.map((question) => {
    const from = performance.now();
    rank([index], question, 200);
    return performance.now() - from;
  });
  times.sort((a, b) => a - b);
  const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  pools.push({
    size,
    p50_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
    p99_ms: quantile(times, 0.99),
    mb: Math.round(bytes / 1_048_576),
    build_seconds: Number(buildSeconds.toFixed(1)),
  });
  process.stderr.write(`${size} done\n`);
}
if (values.json) console.log(JSON.stringify({ bench: 'memory-scale', dimensions, queries, pools }));
else console.table(pools);
