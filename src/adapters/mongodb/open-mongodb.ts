import { MongoClient, type MongoClientOptions } from 'mongodb';
import type { Logger } from '../../core/base/logger.ts';
import type { Collection, Stored } from '../stores/collection.ts';
import { memoryCollectionName } from '../stores/memory-collections.ts';
import type { SearchableCollection, StoreEngine } from '../stores/store-engine.ts';
import { withStoreErrors } from '../stores/with-store-errors.ts';
import { explainMongoError, safeAddress } from './mongo-errors.ts';
import { hasSearch } from './vector-index.ts';

/** Every wait is finite, because a question waits for the store. Options in the URI take precedence. */
const defaultOptions: MongoClientOptions = {
  appName: 'memori',
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 5_000,
  maxPoolSize: 20,
  minPoolSize: 1,
  maxConnecting: 4,
};

/**
 * The URI cannot weaken these: an acknowledged question or hold must survive a fail-over. Undefined fields are omitted
 * rather than stored as null, and binary fields come back as Buffers, as with the embedded engine.
 */
const fixedOptions: MongoClientOptions = {
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  ignoreUndefined: true,
  promoteBuffers: true,
};

/**
 * Connects and pings. Errors: `store_unavailable` (no server, wrong password), `config_invalid` (not a MongoDB URI). A
 * later outage surfaces as `store_unavailable` from the operation that meets it; the driver reconnects by itself.
 */
export async function openMongoDb(options: { readonly uri: string; readonly logger: Logger }): Promise<StoreEngine> {
  const explain = (error: unknown): unknown => explainMongoError(error, options.uri);
  const address = safeAddress(options.uri);
  const client = createClient(options.uri);
  // The driver calls the database `test` when the URI names none.
  const driverDb = client.db(client.options.dbName === 'test' ? 'memori' : client.options.dbName);
  const ping = async (): Promise<void> => {
    try {
      await driverDb.command({ ping: 1 });
    } catch (error) {
      throw explain(error);
    }
  };
  try {
    await ping();
  } catch (error) {
    await client.close();
    throw error;
  }
  const hasVectorSearch = await hasSearch(driverDb.collection(memoryCollectionName));
  const server = { engine: 'mongodb', address, database: driverDb.databaseName };
  options.logger.info('store opened', { ...server, vectorSearch: hasVectorSearch });
  // The compiler checks here that the driver's collection satisfies ours; the caller vouches for the document type.
  const collection = <T extends Stored>(name: string): Collection<T> => {
    const ofAnyDocument: Collection<Stored> = driverDb.collection<Stored>(name);
    return ofAnyDocument as Collection<T>;
  };
  return {
    db: withStoreErrors({ collection }, explain),
    describe: () => `MongoDB, ${address}/${driverDb.databaseName}`,
    ...(hasVectorSearch && { searchable: (name: string): SearchableCollection => driverDb.collection(name) }),
    ping,
    close: () => client.close(),
  };
}

function createClient(uri: string): MongoClient {
  const said = new Set([...new URLSearchParams(uri.split('?')[1]).keys()].map((key) => key.toLowerCase()));
  const unsaid = Object.entries(defaultOptions).filter(([key]) => !said.has(key.toLowerCase()));
  try {
    return new MongoClient(uri, { ...Object.fromEntries(unsaid), ...fixedOptions });
  } catch (error) {
    throw explainMongoError(error, uri);
  }
}
