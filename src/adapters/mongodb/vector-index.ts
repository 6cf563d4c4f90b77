import { errorCode } from '../stores/error-code.ts';
import type { SearchableCollection } from '../stores/store-engine.ts';

/** Where a memory's vector lies. */
export const vectorPath = 'embedding.vector';

/** What a search may be narrowed by. A field that is not declared cannot be filtered by, and filtering after the limit would hide what is there. */
export const filterPaths = ['team', 'scope', 'kind', 'embedding.model'] as const;

/** Models of other dimensions have an index of their own. */
export const vectorIndexName = (dimensions: number): string => `memori_vectors_${dimensions}`;

/** `IndexAlreadyExists`: another instance was faster. */
const alreadyThere = 68;

/**
 * Creates the index unless it is there, and says whether it can be asked: until it can, the server answers every search
 * with nothing. Throws what the server throws, and when it could not build the index.
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

/** What servers without a search engine say: no such command or stage, not supported, not enabled. */
const withoutSearch = new Set<unknown>([59, 115, 40324, 31082, 6047401]);

/** Probes the server. Another failure than that it has none is taken for a search engine that is away. */
export async function hasSearch(collection: SearchableCollection): Promise<boolean> {
  try {
    await collection.listSearchIndexes('memori_probe').toArray();
    return true;
  } catch (error) {
    return !withoutSearch.has(errorCode(error));
  }
}
