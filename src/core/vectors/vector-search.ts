import type { Scope } from '../base/namespace.ts';

/** A scope, and how much of it may be seen. */
export type SearchedScope = { readonly scope: Scope; readonly preferencesOnly: boolean };

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

/** A memory that is near. Former versions may be among them: who asks knows what holds. */
export type Near = { readonly id: string; readonly scope: Scope; readonly cosine: number };

/** `lost`: it does not answer; it is asked again until it does. */
export type VectorState = 'ready' | 'building' | 'lost';

/** Vector search by the store itself, where it has one. Without it, vectors are compared in this process. */
export interface VectorSearch {
  /** It answers now, so vectors need not be read into this process. */
  isReady(): boolean;
  /** Nearest first, what was written a moment ago included. Undefined: it cannot say, compare yourself. Never throws. */
  nearest(query: NearQuery): Promise<readonly Near[] | undefined>;
}
