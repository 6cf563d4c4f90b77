import { countOf, readCommandLine } from '../../src/command-line.ts';
import { replayAccesses } from '../../test/support/replay-accesses.ts';

const usage = `Whether anybody is ever shown a memory that is not for them. Accesses of all kinds are generated, several at a time, over
people, channels, threads, direct messages, teams and data sources; it ends at the first foreign memory with an error.

  npm run bench:isolation [-- --accesses 1000000 --seed 1]

  --accesses N      how many accesses are replayed (default 1000000)
  --seed N          another sequence of accesses (default 20260302)
  --json            one JSON object on standard output
  --help            this text`;
const { values } = readCommandLine(usage, {
  accesses: { type: 'string', default: '1000000' },
  seed: { type: 'string', default: '20260302' },
  json: { type: 'boolean', default: false },
});
const begun = performance.now();
const replayed = await replayAccesses(countOf('accesses', values.accesses), countOf('seed', values.seed));
const seconds = Math.round((performance.now() - begun) / 1000);
const figures = { bench: 'isolation', ...replayed, foreign: 0, seconds };
if (values.json) console.log(JSON.stringify(figures));
else console.table({ ...figures, done: JSON.stringify(replayed.done) });
