import type { Scope } from '../namespace.ts';

export const memoryKinds = [
  'fact',
  'preference',
  'rule',
  'definition',
  'correction',
  'query_pattern',
  'episode',
] as const;
export type MemoryKind = (typeof memoryKinds)[number];

/** One thing remembered. Written by a person's own words only: never rows, never the bot's prose. */
export type Memory = {
  /** Deterministic from (team, scope, kind, hash of the normalised text): the same thing said twice is one memory. */
  readonly id: string;
  readonly team: string;
  readonly scope: Scope;
  /** The document's namespaces: `query`, `user_prefs`, `schema:<data source>`. */
  readonly namespace: string;
  readonly kind: MemoryKind;
  readonly text: string;
  /** For a definition: the term that is defined, and what it means. */
  readonly term: string | undefined;
  readonly meaning: string | undefined;
  /** What the person is reminded of at the start of each session; pinned or explicitly taught. */
  readonly conscious: boolean;
  /** 0 to 1. */
  readonly importance: number;
  readonly trust: 'explicit' | 'observed';
  readonly source: { readonly author: string; readonly channel: string; readonly ts: string };
  /** How often it was said or confirmed. */
  readonly proof: number;
  readonly hits: number;
  readonly embedding: { readonly model: string; readonly vector: Float32Array } | undefined;
  /** From when to when it holds; `validTo` is set when something newer supersedes it. */
  readonly validFrom: Date;
  readonly validTo: Date | undefined;
  readonly supersedes: string | undefined;
  readonly createdAt: Date;
  readonly usedAt: Date;
  /** Undefined: never. */
  readonly expiresAt: Date | undefined;
};

/**
 * Where memories are kept. Every read names the team and the scopes it may see: there is no read without them and no
 * filter can be handed in.
 */
export interface MemoryStore {
  /** Inserts, or raises `proof` and `usedAt` of the one that is there. Returns what is stored, undefined when a tombstone forbids it. */
  put(memory: Memory): Promise<Memory | undefined>;
  /** All that holds at `at` in the given scopes: not expired, not superseded. Newest first. */
  inScopes(team: string, scopes: readonly Scope[], at: Date): Promise<readonly Memory[]>;
  /** Counts a use: `hits` + 1 and `usedAt`. Ids outside the scopes are left alone. */
  touch(team: string, scopes: readonly Scope[], ids: readonly string[], at: Date): Promise<void>;
  /** Closes `validTo` of one memory in favour of a newer one. False when it is not in the scopes. */
  supersede(team: string, scopes: readonly Scope[], id: string, at: Date): Promise<boolean>;
  /**
   * Deletes for good, with every older version, and leaves a tombstone (a hash) that keeps it from being learnt again
   * from old messages. Returns how many documents went.
   */
  forget(team: string, scopes: readonly Scope[], id: string, at: Date): Promise<number>;
}

/** Turns texts into vectors of unit length. */
export interface Embedder {
  /** Model id; vectors of different models are never compared. */
  readonly model: string;
  readonly dimensions: number;
  /** False when the model knows no Chinese: its similarity then counts nothing for Han text. */
  readonly multilingual: boolean;
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}
