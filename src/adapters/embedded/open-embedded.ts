import { mkdirSync, statfsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Logger } from '../../core/base/logger.ts';
import type { Db, Stored } from '../stores/collection.ts';
import type { StoreEngine } from '../stores/store-engine.ts';
import { withStoreErrors } from '../stores/with-store-errors.ts';
import { checkDataFile } from './check-data-file.ts';
import { EmbeddedCollection } from './embedded-collection.ts';
import { removeCopies } from './environment.ts';
import { type FolderLock, lockFolder } from './lock-folder.ts';
import { readEverything } from './read-everything.ts';
import { Storage } from './storage.ts';
import { explainStorageError } from './storage-errors.ts';
import { sweepExpired } from './sweep-expired.ts';

/** The interval of MongoDB's TTL monitor. */
const sweepEveryMs = 60_000;

/** Where the store lives. */
export type EmbeddedOptions = {
  /** Created when missing. Only one process may use it. */
  readonly folder: string;
  readonly logger: Logger;
  /** Milliseconds between sweeps for expired documents. */
  readonly sweepEveryMs?: number;
  /** Free space on the folder's disk, bytes. */
  readonly freeBytes?: () => number;
};

/**
 * The store without a server: a folder with ACID writes, safe against `kill -9` and power cuts.
 * Errors: `store_locked` (another process uses it), `store_corrupt`, `store_full`, `store_unavailable` (no access).
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<StoreEngine> {
  const folder = resolve(options.folder);
  const explain = (error: unknown): unknown => explainStorageError(error, folder);
  const { lock, storage } = await openStorage(folder, options.freeBytes ?? (() => freeBytes(folder))).catch((error) => {
    throw explain(error);
  });
  const db: Db = { collection: <T extends Stored>(name: string) => new EmbeddedCollection<T>(storage, name) };
  const stopSweeping = startSweeping(storage, options);
  options.logger.info('store opened', { engine: 'embedded', folder, afterCrash: lock.tookOver });
  return {
    db: withStoreErrors(db, explain),
    describe: () => `embedded, ${options.folder}`,
    scrub: async () => {
      try {
        await storage.scrub();
      } catch (error) {
        options.logger.warn('deleted bytes could not be taken out of the store file', { error: String(error) });
      }
    },
    ping: async () => {
      storage.get('memori_ping', 'ping');
    },
    close: async () => {
      await stopSweeping();
      await storage.close();
      lock.release();
    },
  };
}

async function openStorage(folder: string, free: () => number): Promise<{ lock: FolderLock; storage: Storage }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  try {
    removeCopies(folder);
    const isWhole = checkDataFile(folder);
    if (!isWhole || lock.tookOver) await readEverything(folder);
    return { lock, storage: new Storage({ folder, freeBytes: free }) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Starts the sweeps. The returned function stops them and waits for one under way. */
function startSweeping(storage: Storage, options: EmbeddedOptions): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const sweep = async (): Promise<void> => {
    try {
      const removed = await sweepExpired(storage, new Date());
      if (removed > 0) options.logger.info('expired documents removed', { removed });
    } catch (error) {
      options.logger.warn('expired documents could not be removed', { error: String(error) });
    }
  };
  const timer = setInterval(() => {
    running = running.then(sweep);
  }, options.sweepEveryMs ?? sweepEveryMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
