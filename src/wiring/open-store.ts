import { openEmbedded } from '../adapters/embedded/open-embedded.ts';
import { openMongoDb } from '../adapters/mongodb/open-mongodb.ts';
import type { StoreEngine } from '../adapters/stores/store-engine.ts';
import type { StoreConfig } from '../config.ts';
import type { Logger } from '../core/base/logger.ts';

/**
 * Opens the embedded store or MongoDB. Errors: `store_unavailable`, `store_locked`, `store_corrupt`, `store_full`,
 * `config_invalid`.
 */
export function openStore(config: StoreConfig, logger: Logger): Promise<StoreEngine> {
  switch (config.kind) {
    case 'embedded':
      return openEmbedded({ folder: config.folder, logger });
    case 'mongodb':
      return openMongoDb({ uri: config.uri, logger });
  }
}
