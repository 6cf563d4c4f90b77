import type { Db } from './collection.ts';

/** The part of the MongoDB driver's `Collection` that vector search takes. Only servers with a search engine have it. */
export interface SearchableCollection {
  aggregate(pipeline: Stage[]): { toArray(): Promise<Readonly<Record<string, unknown>>[]> };
  createSearchIndex(description: VectorIndexDescription): Promise<string>;
  listSearchIndexes(name: string): { toArray(): Promise<Readonly<Record<string, unknown>>[]> };
}

type Stage = Record<string, unknown>;

type VectorIndexDescription = {
  readonly name: string;
  readonly type: 'vectorSearch';
  readonly definition: { readonly fields: readonly Readonly<Record<string, string | number>>[] };
};

/** A store engine: MongoDB or the embedded one. */
export type StoreEngine = {
  readonly db: Db;
  /** Which engine and where, without a password: for the banner and `/health`. */
  describe(): string;
  /** Throws `store_unavailable` when the store does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
  /** A collection for vector search, where the engine has it. */
  readonly searchable?: (name: string) => SearchableCollection;
  /** Removes deleted bytes from the engine's files, where the engine leaves them there. */
  readonly scrub?: () => Promise<void>;
};
