import type { Clock } from '../../core/base/clock.ts';
import type { Logger } from '../../core/base/logger.ts';
import { type Scope, scopeTypes } from '../../core/base/namespace.ts';
import type { NearMemory, NearQuery, VectorSearch, VectorState } from '../../core/vectors/vector-search.ts';
import { requiredKey } from '../stores/memory-collections.ts';
import { piecesOf, type StoredEmbedding, vectorOf } from '../stores/memory-document.ts';
import { requireId } from '../stores/require-id.ts';
import type { SearchableCollection } from '../stores/store-engine.ts';
import { ensureVectorIndex, vectorIndexName, vectorPath } from './vector-index.ts';

/** The collection to search, and the length of its vectors. */
export type VectorSearchOptions = {
  readonly collection: SearchableCollection;
  readonly dimensions: number;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** A vector search with its state. */
export type OpenVectorSearch = VectorSearch & {
  /** Shown by `/health` and `/memori status`. */
  readonly state: VectorState;
  /** Calls `listener` once each time that the server stops answering. */
  whenLost(listener: (reason: string) => void): void;
  /** Asks the server whether its index is ready. It repeats by itself until it is. */
  check(): Promise<void>;
  close(): Promise<void>;
};

/** Building an index takes from seconds to minutes. */
const checkEveryMs = 5_000;
/** The index lags behind the collection, mostly by seconds; memories younger than this are read from the collection. */
const recentMs = 5 * 60_000;
/** Candidates examined in the graph for each result: MongoDB's advice for a recall close to an exact search. */
const candidatesPerResult = 20;
const maxCandidates = 10_000;

/**
 * Probes the server once and creates the index where the server can have one. Never throws: without it, vectors are
 * compared in this process.
 */
export async function openVectorSearch(options: VectorSearchOptions): Promise<OpenVectorSearch> {
  const { collection, dimensions, clock, logger } = options;
  let state: VectorState = 'building';
  let lostFor = '';
  let tell: (reason: string) => void = () => undefined;

  const lose = (error: unknown): void => {
    if (state === 'lost') return;
    state = 'lost';
    lostFor = String(error);
    logger.warn('vector search on the server does not answer, vectors are compared in this process', { error });
    tell(lostFor);
  };

  const check = async (): Promise<void> => {
    try {
      const found = await ensureVectorIndex(collection, dimensions);
      if (found === 'queryable' && state !== 'ready') logger.info('vectors are searched by the server', { dimensions });
      state = found === 'queryable' ? 'ready' : 'building';
    } catch (error) {
      lose(error);
    }
  };

  await check();
  const timer = setInterval(() => void (state === 'ready' ? undefined : check()), checkEveryMs);
  timer.unref();

  return {
    check,
    isReady: () => state === 'ready',
    get state() {
      return state;
    },
    whenLost(listener) {
      tell = listener;
      if (state === 'lost') listener(lostFor);
    },
    async nearest(query) {
      if (state !== 'ready') return undefined;
      if (query.scopes.length === 0) return [];
      try {
        const [indexed, recent] = await Promise.all([
          searchIndex(collection, query),
          readRecent(collection, query, new Date(clock.now().getTime() - recentMs)),
        ]);
        // A dropped index also returns nothing, which must not be taken for an answer.
        if (indexed.length === 0 && (await ensureVectorIndex(collection, dimensions)) !== 'queryable') {
          state = 'building';
          return undefined;
        }
        return mergeResults([...recent, ...indexed], query.limit);
      } catch (error) {
        lose(error);
        return undefined;
      }
    },
    close: async () => clearInterval(timer),
  };
}

async function searchIndex(collection: SearchableCollection, query: NearQuery): Promise<readonly NearMemory[]> {
  const numCandidates = Math.min(maxCandidates, query.limit * candidatesPerResult);
  const $vectorSearch = {
    index: vectorIndexName(query.vector.length),
    path: vectorPath,
    queryVector: [...query.vector],
    filter: visibilityFilter(query),
    limit: query.limit,
    ...(query.exact ? { exact: true } : { numCandidates }),
  };
  const $project = { scopeType: 1, scopeId: 1, 'embedding.pieces': 1, score: { $meta: 'vectorSearchScore' } };
  const found = await collection.aggregate([{ $vectorSearch }, { $project }]).toArray();
  // The server's score of a cosine is (1 + cosine) / 2.
  return found.map((one) => near(one, nearestPiece(one, query.vector) ?? 2 * Number(one.score) - 1));
}

async function readRecent(
  collection: SearchableCollection,
  query: NearQuery,
  since: Date,
): Promise<readonly NearMemory[]> {
  const $match = { ...visibilityFilter(query), 'embedding.at': { $gte: since } };
  const $project = { scopeType: 1, scopeId: 1, embedding: 1 };
  const found = await collection.aggregate([{ $match }, { $project }]).toArray();
  return found.map((one) => {
    const { vector } = one.embedding as StoredEmbedding;
    return near(one, nearestPiece(one, query.vector) ?? dot(vectorOf(vector), query.vector));
  });
}

/** A text of several sentences is as near as its nearest sentence, the same rule as in this process. */
function nearestPiece({ embedding }: Readonly<Record<string, unknown>>, vector: Float32Array): number | undefined {
  const stored = (embedding as StoredEmbedding | undefined)?.pieces;
  const pieces = stored ? piecesOf(stored, vector.length) : [];
  return pieces.length === 0 ? undefined : Math.max(...pieces.map((piece) => dot(piece, vector)));
}

/** Filters inside the index, before the limit applies. */
function visibilityFilter({ team, model, scopes }: NearQuery): Record<string, unknown> {
  const seen = [false, true].flatMap((preferences) => {
    const of = scopes.filter(({ preferencesOnly }) => preferencesOnly === preferences);
    const $in = of.map(({ scope }) => requiredKey(scope));
    // Not every version of the search engine takes an empty list.
    return $in.length === 0 ? [] : [{ scope: { $in }, ...(preferences && { kind: 'preference' }) }];
  });
  return { team: requireId(team, 'team'), 'embedding.model': requireId(model, 'model'), $or: seen };
}

function near({ _id, scopeType, scopeId }: Readonly<Record<string, unknown>>, cosine: number): NearMemory {
  const type = scopeTypes.find((known) => known === scopeType) ?? 'user';
  const scope: Scope = { type, id: String(scopeId) };
  return { id: String(_id), scope, cosine };
}

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);

/** Each memory once, in its latest version. */
function mergeResults(found: readonly NearMemory[], limit: number): readonly NearMemory[] {
  const once = new Map<string, NearMemory>();
  for (const one of found) if (!once.has(one.id)) once.set(one.id, one);
  return [...once.values()].sort((a, b) => b.cosine - a.cosine || (a.id < b.id ? -1 : 1)).slice(0, limit);
}
