import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/metrics.ts';
import type { Embedder } from '../vectors/embedder.ts';
import type { VectorSearch } from '../vectors/vector-search.ts';
import type { KnownPersons } from './known-persons.ts';
import type { MemorySettingsStore } from './memories.ts';
import type { MemoryStores } from './memory.ts';

/** What the memory engine is made of. */
export type MemoriesOptions = {
  readonly store: MemoryStores;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Without them both are on for everyone. */
  readonly settings?: MemorySettingsStore;
  /** Names of all data sources: a memory that names one belongs to its namespace, `schema:<name>`. */
  readonly dataSources?: readonly string[];
  /** Whom the data sources know. Without it, a text is judged by its form alone. */
  readonly persons?: KnownPersons | undefined;
  /** Days after its last use on which a question that nobody came back to is gone. */
  readonly retentionDays?: number;
  /** Where the store can search vectors itself. */
  readonly vectorSearch?: VectorSearch | undefined;
  /** After a forgetting: takes the memories' words out of whatever else holds them, and out of the engine's files. */
  readonly onForgotten?: (gone: Gone) => Promise<void>;
};

/** Ids of memories that are gone, and of the messages that had taught them. */
export type Gone = { readonly team: string; readonly ids: readonly string[]; readonly messages: readonly string[] };
