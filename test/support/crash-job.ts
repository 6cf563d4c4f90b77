/**
 * A process to be killed in the middle of a job: takes its time with each scope, and says which one it has begun.
 * Arguments: folder, the time as the job's clock has it.
 */
import { writeSync } from 'node:fs';
import { openEmbedded } from '../../src/adapters/embedded/open-embedded.ts';
import { openStores } from '../../src/adapters/stores/open-stores.ts';
import { upkeepJob } from '../../src/jobs/upkeep-job.ts';
import { slowTask, upkeepDeps } from './slow-job.ts';

const [folder = '', now = ''] = process.argv.slice(2);
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const store = await openEmbedded({ folder, logger: silent });
const task = slowTask(async (scope) => {
  writeSync(1, `${scope}\n`);
  await new Promise((resolve) => setTimeout(resolve, 300));
});
await upkeepJob(task, upkeepDeps(await openStores(store.db), new Date(now))).run(new AbortController().signal);
