import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { bundledModel, openTransformersEmbedder } from '../../src/adapters/transformers/embedder.ts';
import { countOf, readCommandLine } from '../../src/command-line.ts';

const words =
  'revenue orders customers churn refund margin by country month week of the last year active net gross shipped products which how many average paid top compare with previous quarter region store online returns discount'.split(
    ' ',
  );

/** Sentences of 4 to 40 words, the same in every run. */
const sentence = (seed: number): string =>
  Array.from(
    { length: 4 + ((seed * 7919) % 37) },
    (_, at) => words[(seed * 31 + at * at * 17 + at) % words.length],
  ).join(' ');

const usage = `Speed of the embedding model on this machine.

  npm run bench:embed [-- --texts 1000]

  --texts N         how many texts are embedded (default 1000)
  --json            one JSON object on standard output
  --help            this text`;
const { values } = readCommandLine(usage, {
  texts: { type: 'string', default: '1000' },
  json: { type: 'boolean', default: false },
});
const wanted = countOf('texts', values.texts);
const begun = performance.now();
const embedder = await openTransformersEmbedder({
  model: bundledModel,
  modelsFolder: fileURLToPath(new URL('../../models', import.meta.url)),
  logger: { info: () => undefined, warn: console.error, error: console.error },
  cacheSize: 0,
});
const loadMs = performance.now() - begun;

const queries: number[] = [];
for (let at = 0; at < 200; at += 1) {
  const from = performance.now();
  await embedder.embed([`How many ${words[at % words.length]} did we have in week ${at}?`]);
  queries.push(performance.now() - from);
}
queries.sort((a, b) => a - b);
const texts = Array.from({ length: wanted }, (_, at) => `${sentence(at)} ${at}`);
// What a question would have to wait for while a thousand texts are embedded.
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const from = performance.now();
await embedder.embed(texts);
const perSecond = texts.length / ((performance.now() - from) / 1000);
delay.disable();
await embedder.close();

/** From nanoseconds. */
const ms = (nanoseconds: number): number => Number((nanoseconds / 1e6).toFixed(1));
const spread = (values: object): string => Object.entries(values).flat().join(' ');
const figures = {
  model: bundledModel,
  loadMs: Math.round(loadMs),
  queryMs: { p50: Number(queries[100]?.toFixed(2)), p95: Number(queries[190]?.toFixed(2)) },
  textsPerSecond: Math.round(perSecond),
  eventLoopDelayMs: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
};
if (values.json) console.log(JSON.stringify(figures));
else
  console.table({ ...figures, queryMs: spread(figures.queryMs), eventLoopDelayMs: spread(figures.eventLoopDelayMs) });
