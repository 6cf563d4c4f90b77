import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/metrics.ts';
import type { Embedder } from '../vectors/embedder.ts';
import type { VectorSearch } from '../vectors/vector-search.ts';
import type { KnownPersons } from './known-persons.ts';
import type { MemorySettingsStore } from './memories.ts';
import type { MemoryStores } from './memory.ts';

/** The stores, the clock and the settings that the memory engine needs. */
export type MemoriesOptions = {
  readonly store: MemoryStores;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** When absent, both settings are on for everyone. */
  readonly settings?: MemorySettingsStore;
  /** Names of all data sources: a memory that names one belongs to its namespace, `schema:<name>`. */
  readonly dataSources?: readonly string[];
  /** The people whom the data sources know. Without it, a text is judged by its form alone. */
  readonly persons?: KnownPersons | undefined;
  /** A question is deleted this many days after its last use. */
  readonly retentionDays?: number;
  /** Set when the store can search vectors itself. */
  readonly vectorSearch?: VectorSearch | undefined;
  /**
   * Called after memories were forgotten: removes their words from everything else that holds them, including the
   * store's files.
   */
  readonly onForgotten?: (gone: Gone) => Promise<void>;
};

/** Ids of forgotten memories, and of the messages that taught them. */
export type Gone = { readonly team: string; readonly ids: readonly string[]; readonly messages: readonly string[] };
