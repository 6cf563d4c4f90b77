import { MongoClient, type MongoClientOptions } from 'mongodb';
import type { Logger } from '../../core/logger.ts';
import type { Db } from './collection.ts';
import { explainMongoError, safeAddress } from './mongo-errors.ts';
import { withStoreErrors } from './with-store-errors.ts';

/** A store engine: MongoDB here, the embedded one beside it. */
export type OpenStore = {
  readonly db: Db;
  /** What is in use and where, without a password: for the banner and `/health`. */
  describe(): string;
  /** Throws `store_unavailable` when the store does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Finite everywhere, because a turn waits for its store: 5 s to find a server, 10 s for one operation. Majority writes,
 * because an acknowledged question or hold must survive a fail-over. Undefined fields are left out rather than stored
 * as null, and binary fields come back as Buffers: the embedded engine does the same.
 */
const clientOptions: MongoClientOptions = {
  appName: 'memori',
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 5_000,
  maxPoolSize: 20,
  minPoolSize: 1,
  maxConnecting: 4,
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  ignoreUndefined: true,
  promoteBuffers: true,
};

/** Database used when the URI names none. */
const defaultDatabase = 'memori';

/**
 * Connects and pings. Errors: `store_unavailable` (no server, wrong password), `config_invalid` (not a MongoDB URI).
 * Later outages surface as `store_unavailable` from the operation that met them; the driver reconnects by itself.
 */
export async function openMongoDb(options: { readonly uri: string; readonly logger: Logger }): Promise<OpenStore> {
  const explain = (error: unknown): unknown => explainMongoError(error, options.uri);
  const address = safeAddress(options.uri);
  const { client, driverDb } = (() => {
    try {
      const client = new MongoClient(options.uri, clientOptions);
      const named = client.options.dbName;
      return { client, driverDb: client.db(named === 'test' ? defaultDatabase : named) };
    } catch (error) {
      throw explain(error);
    }
  })();
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
  options.logger.info('store opened', { engine: 'mongodb', address, database: driverDb.databaseName });
  return {
    db: withStoreErrors(driverDb as unknown as Db, explain),
    describe: () => `MongoDB, ${address}, database ${driverDb.databaseName}`,
    ping,
    close: () => client.close(),
  };
}
