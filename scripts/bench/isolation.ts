/**
 * Whether anybody is ever shown a memory that is not for them: `npm run bench:isolation [-- --accesses 1000000 --seed 1]
 * [--json]`. Accesses of all kinds are generated, several at a time, over people, channels, threads, direct messages,
 * teams and data sources; it ends at the first foreign memory with an error.
 */
import { parseArgs } from 'node:util';
import { replayAccesses } from '../../test/support/replay-accesses.ts';

const { values } = parseArgs({
  options: {
    accesses: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '20260302' },
    json: { type: 'boolean', default: false },
  },
});
const begun = performance.now();
const replayed = await replayAccesses(Number(values.accesses), Number(values.seed));
const seconds = Math.round((performance.now() - begun) / 1000);
const figures = { bench: 'isolation', ...replayed, foreign: 0, seconds };
if (values.json) console.log(JSON.stringify(figures));
else console.table({ ...figures, done: JSON.stringify(replayed.done) });
