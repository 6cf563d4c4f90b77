/** Seconds of processor time, roughly, of the files that take longest; the others need less. */
const seconds = {
  // These wait more than they compute: side by side with those below they cost nothing.
  delivery: 60,
  'model-situations': 50,
  store: 30,
  app: 28,
  'bad-input': 26,
  databases: 19,
  generation: 18,
  shields: 15,
  'measures-oracle': 14,
  'memory-definitions': 14,
  files: 12,
  'guard-dialects': 12,
  'database-files': 12,
  periods: 11,
  'saved-queries': 10,
  'memory-engine': 9,
  measures: 9,
  eval: 9,
  demo: 8,
  embeddings: 8,
  guard: 7,
  'playground-browser': 7,
  'memory-chinese': 6,
};

const costOf = ({ path }) => seconds[path.replace(/^.*\/|\.test\.ts$/g, '')] ?? 0;

/**
 * Starts the slowest test files first, so that no worker of Jest is left with a long one at the end. Jest's own order
 * needs the durations of an earlier run, which a fresh checkout does not have.
 */
export default class SlowestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => costOf(b) - costOf(a));
  }
  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, at) => at % shardCount === shardIndex - 1);
  }
  allFailedTests(tests) {
    return tests;
  }
  cacheResults() {}
}
