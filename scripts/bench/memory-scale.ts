import { countOf, readCommandLine } from '../../src/command-line.ts';
import { addPassage, createPassageIndex, type Passage } from '../../src/core/memory/passage-index.ts';
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
function near(centre: Float32Array): Float32Array {
  const vector = centre.map((value) => value + (random() - 0.5) * 0.9);
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  for (let at = 0; at < dimensions; at += 1) vector[at] = (vector[at] as number) / length;
  return vector;
}

type Question = { readonly text: string; readonly vector: Float32Array };

function note(at: number): Passage {
  const centre = centres[Math.floor(random() * clusters)] as Float32Array;
  const text = Array.from({ length: 6 + Math.floor(random() * 12) }, word).join(' ');
  return { text, vector: near(centre), speaker: undefined, thread: `t${at}`, at: undefined };
}

/** Notes at a time: all at once would be more than the index. */
const batch = 1_000;

function fill(size: number) {
  const index = createPassageIndex();
  const questions: Question[] = [];
  let buildMs = 0;
  for (let from = 0; from < size; from += batch) {
    const notes = Array.from({ length: Math.min(batch, size - from) }, (_, place) => {
      const made = note(from + place);
      if ((from + place) % Math.ceil(size / queries) === 0) questions.push(questionAbout(made));
      return made;
    });
    const begun = performance.now();
    for (const one of notes) addPassage(index, one);
    buildMs += performance.now() - begun;
  }
  return { index, questions, buildSeconds: buildMs / 1000 };
}

const questionAbout = ({ text, vector }: Passage): Question => ({
  text: `${text.split(' ').slice(0, 4).join(' ')} ${word()}`,
  vector: near(vector as Float32Array),
});

const usage = `Recall at scale, in this process, query embedding excluded. Each pool is filled with made-up notes: 6 to 17 words that
follow Zipf's law from the 20th on (the first ones are stop words, which are not indexed), and vectors of 384 dimensions
in clusters, as real ones have. Making them up takes longer than indexing them, so build_seconds is without it.

  npm run bench:memory-scale [-- --sizes 5000,100000 --queries 100]

  --sizes LIST      notes of each pool (default 5000,100000,1000000)
  --queries N       questions of each pool (default 100)
  --json            one JSON object on standard output
  --help            this text`;
const { values } = readCommandLine(usage, {
  sizes: { type: 'string', default: '5000,100000,1000000' },
  queries: { type: 'string', default: '100' },
  json: { type: 'boolean', default: false },
});
const queries = countOf('queries', values.queries);
const quantile = (sorted: readonly number[], share: number) =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));

const pools = [];
for (const size of values.sizes.split(',').map(Number)) {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const { index, questions, buildSeconds } = fill(size);
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
