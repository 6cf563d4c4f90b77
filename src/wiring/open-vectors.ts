import { type OpenVectorSearch, openVectorSearch } from '../adapters/mongodb/vector-search.ts';
import { memoryCollectionName } from '../adapters/stores/memory-collections.ts';
import type { VectorFormat } from '../adapters/stores/memory-document.ts';
import type { StoreEngine } from '../adapters/stores/store-engine.ts';
import type { Alerts } from '../core/base/alerts.ts';
import type { Clock } from '../core/base/clock.ts';
import type { Logger } from '../core/base/logger.ts';

/** The format of vectors that the engine's own search can read. */
export const formatFor = ({ searchable }: StoreEngine): VectorFormat => (searchable ? 'bson' : 'bytes');

/** The vector search of the store's server, where it has one. */
export async function openVectors(
  { searchable }: StoreEngine,
  dimensions: number,
  ops: { readonly clock: Clock; readonly logger: Logger },
): Promise<OpenVectorSearch | undefined> {
  if (searchable === undefined) return undefined;
  return openVectorSearch({ collection: searchable(memoryCollectionName), dimensions, ...ops });
}

/** Raises an alert each time that the server stops answering. */
export const alertLost = (detail: string, alerts: Alerts, logger: Logger): void => {
  const title = 'Vector search on MongoDB does not answer: memories are compared in the process';
  alerts
    .raise({ key: 'vector-search', title, detail, reference: undefined })
    .catch((error: unknown) => logger.error('An alert could not be raised.', { error }));
};
