import type { Stores } from '../../src/adapters/stores/open-stores.ts';
import { planOf, type UpkeepTask } from '../../src/core/memory/upkeep/upkeep.ts';
import type { UpkeepDeps } from '../../src/jobs/upkeep-job.ts';
import { wordEmbedder } from './memory-world.ts';

/** A job that raises the proof of every memory by one, after `begin` with the scope. */
export const slowTask = (begin: (scope: string) => Promise<void>): UpkeepTask => ({
  name: 'memory-slow',
  schedule: '0 0 * * * *',
  async plan(memories) {
    await begin(memories[0]?.scope.id ?? '');
    return planOf({ amend: memories.map(({ id, proof }) => ({ id, changes: { proof: proof + 1 } })) });
  },
});

export const upkeepDeps = ({ memories, jobs }: Stores, now: Date): UpkeepDeps => ({
  store: memories,
  embedder: wordEmbedder(),
  runs: jobs,
  retentionDays: 30,
  scrub: async () => undefined,
  ops: {
    clock: { now: () => now },
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: { count: () => undefined, observe: () => undefined, gauge: () => undefined },
  },
});
