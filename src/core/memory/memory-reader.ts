import { readableScopes, scopeKey, userScope } from '../namespace.ts';
import type { MemoriesOptions } from './create-memories.ts';
import type { Viewer } from './memories.ts';
import type { Memory } from './memory.ts';
import { holdsAt, type Pool } from './pool.ts';
import { createPools, type Pools } from './pools.ts';
import type { View } from './select.ts';
import { isMostlyHan } from './words.ts';

/** Reads memories for one person in one place; nothing reads them otherwise. */
export interface MemoryReader {
  readonly pools: Pools;
  /** Undefined when the model does not know the language or fails: words alone decide then. */
  embed(text: string): Promise<Float32Array | undefined>;
  /** The scopes that this person may see here, each cut down to what they may see of it. */
  views(viewer: Viewer): Promise<readonly View[]>;
  /** All that held at a time. */
  visible(viewer: Viewer, at?: Date): Promise<readonly Memory[]>;
  /** With former versions and what has expired. */
  everything(viewer: Viewer): Promise<readonly Memory[]>;
}

type ReaderOptions = Pick<MemoriesOptions, 'store' | 'embedder' | 'clock' | 'logger'>;

export function createMemoryReader({ store, embedder, clock, logger }: ReaderOptions): MemoryReader {
  const pools = createPools(store, clock, embedder.model);

  const views: MemoryReader['views'] = async ({ person, place, dataSources }) => {
    const { scopes, ownPreferencesOnly } = readableScopes(person, place, dataSources);
    const own = scopeKey(userScope(person));
    const read = await pools.read(person.team, scopes);
    return read.map((pool) =>
      ownPreferencesOnly && scopeKey(pool.scope) === own
        ? { pool, shelves: [pool.preferences] }
        : { pool, shelves: [pool.others, pool.preferences] },
    );
  };

  const everything: MemoryReader['everything'] = async (viewer) =>
    (await views(viewer)).flatMap(({ pool, shelves }) => seenIn(pool, shelves.length === 1));

  return {
    pools,
    views,
    everything,
    visible: async (viewer, at = clock.now()) => (await everything(viewer)).filter((memory) => holdsAt(memory, at)),
    async embed(text) {
      if (!embedder.multilingual && isMostlyHan(text)) return undefined;
      try {
        const [vector] = await embedder.embed([text]);
        return vector;
      } catch (error) {
        logger.warn('embedding failed, memories are compared by words alone', { error });
        return undefined;
      }
    },
  };
}

const seenIn = ({ memories }: Pool, preferencesOnly: boolean): Memory[] =>
  [...memories.values()].filter(({ kind }) => !preferencesOnly || kind === 'preference');
