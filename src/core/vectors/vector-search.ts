import type { Scope } from '../base/namespace.ts';

/** A scope, and how much of it may be seen. */
export type SearchedScope = { readonly scope: Scope; readonly preferencesOnly: boolean };

/** Asks for the memories of some scopes that are nearest to a vector. */
export type NearQuery = {
  readonly team: string;
  readonly scopes: readonly SearchedScope[];
  /** Of unit length, by `model`: vectors of another one are never compared. */
  readonly vector: Float32Array;
  readonly model: string;
  readonly limit: number;
  /** Compares with each vector instead of walking along a graph: for scopes that are small enough. */
  readonly exact: boolean;
};

/** A memory that is near. Former versions may be among them; the caller checks which one holds. */
export type NearMemory = { readonly id: string; readonly scope: Scope; readonly cosine: number };

/** `lost`: the server stopped answering, and is asked again until it does. */
export type VectorState = 'ready' | 'building' | 'lost';

/** Vector search by the store itself, where it has one. Without it, vectors are compared in this process. */
export interface VectorSearch {
  /** It answers now, so vectors need not be read into this process. */
  isReady(): boolean;
  /**
   * Nearest first, including what was written a moment ago. Undefined when the server cannot say and the caller has to
   * compare by itself. Never throws.
   */
  nearest(query: NearQuery): Promise<readonly NearMemory[] | undefined>;
}
