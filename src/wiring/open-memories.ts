import type { OpenVectorSearch } from '../adapters/mongodb/vector-search.ts';
import type { Stores } from '../adapters/stores/open-stores.ts';
import type { StoreEngine } from '../adapters/stores/store-engine.ts';
import type { Config } from '../config.ts';
import { withIdleThreads } from '../core/answers/extraction/with-idle-threads.ts';
import type { Clock } from '../core/base/clock.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Metrics } from '../core/base/metrics.ts';
import { createMemories } from '../core/memory/create-memories.ts';
import type { KnownPersons } from '../core/memory/known-persons.ts';
import type { Memories, MemoryDesk } from '../core/memory/memories.ts';
import { upkeepTasks } from '../core/memory/upkeep/tasks.ts';
import type { LanguageModel } from '../core/model/model.ts';
import type { Embedder } from '../core/vectors/embedder.ts';
import { extractJob } from '../jobs/extract-job.ts';
import type { Job } from '../jobs/job.ts';
import { upkeepJob } from '../jobs/upkeep-job.ts';
import type { CloseLater } from './closing.ts';
import { openVectors } from './open-vectors.ts';

type MemoryParts = {
  readonly store: StoreEngine;
  readonly stores: Stores;
  readonly embedder: Embedder;
  /** Reads idle threads for facts, where that is switched on. */
  readonly model: LanguageModel | undefined;
  readonly dataSources: readonly string[];
  readonly persons: KnownPersons;
  readonly ops: { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };
};

/** The memory engine with what belongs to it. */
export type OpenMemories = {
  readonly memories: Memories & MemoryDesk;
  /** Set when the store's server can search vectors. */
  readonly vectors: OpenVectorSearch | undefined;
  readonly jobs: readonly Job[];
};

/** Opens the memory engine, with the jobs that maintain it. */
export async function openMemories(config: Config, parts: MemoryParts, closeLater: CloseLater): Promise<OpenMemories> {
  const { store, stores, embedder, model, dataSources, persons, ops } = parts;
  const { retentionDays } = config;
  const vectors = await openVectors(store, embedder.dimensions, ops);
  if (vectors) closeLater(vectors);
  const engine = createMemories({
    ...ops,
    store: stores.memories,
    embedder,
    dataSources,
    persons,
    retentionDays,
    settings: stores.memorySettings,
    vectorSearch: vectors,
    onForgotten: async ({ team, ids, messages }) => {
      await stores.answers.erase(team, ids, messages);
      await store.scrub?.();
    },
  });
  const runs = stores.jobs;
  const scrub = store.scrub ?? (async () => undefined);
  const upkeep = upkeepTasks.map((task) =>
    upkeepJob(task, { store: stores.memories, embedder, runs, retentionDays, scrub, ops }),
  );
  if (!config.extractFacts || model === undefined) return { memories: engine, vectors, jobs: upkeep };
  const memories = withIdleThreads(engine, stores.threads, ops);
  return { memories, vectors, jobs: [...upkeep, extractJob({ ...stores, memories, model, runs, ops })] };
}
