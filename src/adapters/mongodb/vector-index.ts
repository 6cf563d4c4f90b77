import { errorCode } from '../stores/error-code.ts';
import type { SearchableCollection } from '../stores/store-engine.ts';

/** The field that holds a memory's vector. */
export const vectorPath = 'embedding.vector';

/**
 * Fields that a search filters by. MongoDB filters by declared fields only; filtering after the limit would lose
 * results.
 */
export const filterPaths = ['team', 'scope', 'kind', 'embedding.model'] as const;

/** The index for vectors of this length. A model with other dimensions gets another index. */
export const vectorIndexName = (dimensions: number): string => `memori_vectors_${dimensions}`;

/** `IndexAlreadyExists`: another instance created it first. */
const alreadyThere = 68;

/**
 * Creates the index unless it exists, and says whether it can be queried; until then the server answers every search
 * with nothing. Throws the server's error, also when building the index failed.
 */
export async function ensureVectorIndex(
  collection: SearchableCollection,
  dimensions: number,
): Promise<'queryable' | 'building'> {
  const name = vectorIndexName(dimensions);
  const [index] = await collection.listSearchIndexes(name).toArray();
  if (index === undefined) {
    await createVectorIndex(collection, dimensions, name);
    return 'building';
  }
  if (index.status === 'FAILED') throw new Error(`The server could not build the search index ${name}.`);
  return index.queryable === true && index.status === 'READY' ? 'queryable' : 'building';
}

async function createVectorIndex(collection: SearchableCollection, numDimensions: number, name: string): Promise<void> {
  const fields = [
    { type: 'vector', path: vectorPath, numDimensions, similarity: 'cosine' },
    ...filterPaths.map((path) => ({ type: 'filter', path })),
  ];
  try {
    await collection.createSearchIndex({ name, type: 'vectorSearch', definition: { fields } });
  } catch (error) {
    if (errorCode(error) !== alreadyThere) throw error;
  }
}

/** Codes of servers without a search engine: no such command or stage, not supported, not enabled. */
const withoutSearch = new Set<unknown>([59, 115, 40324, 31082, 6047401]);

/** Asks whether the server has a search engine. Any other failure counts as one that is temporarily down. */
export async function hasSearch(collection: SearchableCollection): Promise<boolean> {
  try {
    await collection.listSearchIndexes('memori_probe').toArray();
    return true;
  } catch (error) {
    return !withoutSearch.has(errorCode(error));
  }
}
