import { Query } from 'mingo';
import type { Db, Stored } from '../../src/adapters/stores/collection.ts';
import { memoryCollectionName } from '../../src/adapters/stores/memory-collections.ts';
import { vectorOf } from '../../src/adapters/stores/memory-document.ts';
import type { SearchableCollection } from '../../src/adapters/stores/store-engine.ts';

type Index = {
  readonly name: string;
  readonly vector: string;
  readonly dimensions: number;
  readonly filters: string[];
};
type Search = {
  readonly index: string;
  readonly path: string;
  readonly queryVector: readonly number[];
  readonly filter: Record<string, unknown>;
  readonly limit: number;
  readonly numCandidates?: number;
  readonly exact?: boolean;
};

/** What MongoDB's search engine does with our calls, over documents of another engine: it builds late, follows late, and may fail. */
export function createVectorSearchServer(db: Db) {
  const memories = db.collection<Stored>(memoryCollectionName);
  let index: Index | undefined;
  let status = 'BUILDING';
  let indexed: readonly Stored[] = [];
  const searches: Search[] = [];
  let failure: unknown;
  const refuse = () => {
    if (failure !== undefined) throw failure;
  };

  const search = (asked: Search): Stored[] => {
    searches.push(asked);
    // The real one knows no difference between an index that is not there and one that holds nothing.
    if (index === undefined || index.name !== asked.index || status !== 'READY') return [];
    if (asked.queryVector.length !== index.dimensions || asked.path !== index.vector) throw new Error('wrong vector');
    if (!asked.exact && (asked.numCandidates ?? 0) < asked.limit) throw new Error('numCandidates must be >= limit');
    const { filters } = index;
    for (const path of pathsOf(asked.filter))
      if (!filters.includes(path)) throw new Error(`Path ${path} needs to be indexed as filter`);
    const seen = new Query(asked.filter);
    return indexed
      .filter((document) => seen.test(document))
      .flatMap((document) => {
        const { embedding } = document as Stored & { readonly embedding?: { readonly vector: Buffer } };
        // Floats without the header of a BSON vector are bytes to the search engine.
        if (embedding === undefined || embedding.vector.length % 4 !== 2) return [];
        const cosine = vectorOf(embedding.vector).reduce(
          (sum, value, at) => sum + value * (asked.queryVector[at] ?? 0),
          0,
        );
        return [{ ...document, score: (1 + cosine) / 2 }];
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, asked.limit);
  };

  const collection: SearchableCollection = {
    aggregate: ([stage = {}]) => ({
      async toArray() {
        refuse();
        if ('$vectorSearch' in stage) return search(stage.$vectorSearch as Search);
        return memories.find(stage.$match as Record<string, unknown>).toArray();
      },
    }),
    async createSearchIndex({ name, definition }) {
      refuse();
      const [vector] = definition.fields.filter(({ type }) => type === 'vector');
      const filters = definition.fields.filter(({ type }) => type === 'filter').map(({ path }) => String(path));
      index = { name, vector: String(vector?.path), dimensions: Number(vector?.numDimensions), filters };
      status = 'BUILDING';
      return name;
    },
    listSearchIndexes: (name) => ({
      async toArray() {
        refuse();
        return index?.name === name ? [{ name, status, queryable: status === 'READY' }] : [];
      },
    }),
  };
  return {
    collection,
    searches,
    /** The index catches up with the collection, and can be asked. */
    async catchUp() {
      indexed = await memories.find({}).toArray();
      status = 'READY';
    },
    drop() {
      index = undefined;
    },
    fail(error: unknown) {
      failure = error;
    },
  };
}

const pathsOf = (filter: unknown): string[] =>
  typeof filter !== 'object' || filter === null
    ? []
    : Object.entries(filter).flatMap(([key, value]) =>
        Array.isArray(value) && key.startsWith('$') ? value.flatMap(pathsOf) : key.startsWith('$') ? [] : [key],
      );
