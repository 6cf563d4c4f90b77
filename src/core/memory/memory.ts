import type { Scope } from '../base/namespace.ts';

/** Every kind of memory. Corrections, rules, preferences, facts and definitions are taught; the others are observed. */
export const memoryKinds = [
  'fact',
  'preference',
  'rule',
  'definition',
  'correction',
  'query_pattern',
  'episode',
] as const;
/** One of `memoryKinds`. */
export type MemoryKind = (typeof memoryKinds)[number];

/** The meaning of a text, as vectors of unit length. */
export type Embedding = {
  /** Vectors of different models are never compared. */
  readonly model: string;
  readonly vector: Float32Array;
  /** One vector for each piece of a text that has several; a piece is about one sentence. */
  readonly pieces?: readonly Float32Array[] | undefined;
};

/** One remembered statement, always in a person's own words: never rows, never the bot's prose. */
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
  /** Explicitly taught, so it goes into every prompt. `isConscious` has the whole rule. */
  readonly conscious: boolean;
  /** A person's choice: `true` pins it, `false` takes it out of every prompt; undefined leaves it to the rule. */
  readonly pinned?: boolean | undefined;
  /** For a query pattern: the SQL without its values, and the tables it reads. */
  readonly sql?: string | undefined;
  readonly tables?: readonly string[] | undefined;
  /** Ids of the memories it was derived from: those it was merged from, or those that an accepted answer used. */
  readonly sources?: readonly string[] | undefined;
  /** 0 to 1. */
  readonly importance: number;
  readonly trust: 'explicit' | 'observed';
  readonly source: { readonly author: string; readonly channel: string; readonly ts: string };
  /** How often it was said or confirmed. */
  readonly proof: number;
  readonly hits: number;
  readonly embedding: Embedding | undefined;
  /** When it is valid; `validTo` is set when something newer supersedes it. */
  readonly validFrom: Date;
  readonly validTo: Date | undefined;
  readonly supersedes: string | undefined;
  readonly createdAt: Date;
  readonly usedAt: Date;
  /** Undefined when it never expires. */
  readonly expiresAt: Date | undefined;
};

/**
 * Stores memories. Every call names the team and the scopes it may see; there is no way to read without them or to pass
 * a filter.
 */
export interface MemoryStore {
  /**
   * Inserts the memory, or raises `proof` and `usedAt` of an existing one. Returns what is stored; undefined when a
   * tombstone forbids it.
   */
  put(memory: Memory): Promise<Memory | undefined>;
  /** Memories that are valid at `at` in the given scopes: not expired, not superseded. Newest first. */
  inScopes(team: string, scopes: readonly Scope[], at: Date): Promise<readonly Memory[]>;
  /**
   * Counts a use: raises `hits`, sets `usedAt`, and moves an expiry date to `expiresAt` at the earliest. Ignores ids
   * outside the scopes.
   */
  touch(team: string, scopes: readonly Scope[], ids: readonly string[], at: Date, expiresAt?: Date): Promise<void>;
  /** Closes `validTo` of one memory in favour of a newer one. False when it is not in the scopes. */
  supersede(team: string, scopes: readonly Scope[], id: string, at: Date): Promise<boolean>;
  /**
   * Deletes memories for good, with every older version and, in any scope, what was derived from them or observed in
   * the same words in the same channel. Leaves tombstones (hashes), so that they are not learnt again from old messages
   * in any form. Returns all deleted ids after checking the store. Error: `store_unavailable` when one is still there.
   */
  forget(team: string, scopes: readonly Scope[], ids: readonly string[], at: Date): Promise<readonly string[]>;
}

/**
 * Reads a scope once and then only its changes. Every write in a scope takes the next version number of that scope and
 * stores it with the memory, so that another instance can ask for the numbers it has not seen.
 */
export interface MemoryFeed {
  /**
   * The newest version number of each scope, in the order of the scopes; 0 when nothing was ever written. One indexed
   * read.
   */
  versions(team: string, scopes: readonly Scope[]): Promise<readonly number[]>;
  /** Everything in a scope, including former versions and expired memories. */
  everything(team: string, scope: Scope, options?: FeedOptions): Promise<readonly Written[]>;
  /** What was written and what was deleted under these version numbers. */
  changes(team: string, scope: Scope, versions: readonly number[], options?: FeedOptions): Promise<MemoryChanges>;
  /** The newest threads of a channel that memories were ever written in, at most `limit`. */
  threads(team: string, channel: string, limit: number): Promise<readonly Scope[]>;
  /** Scopes that memories were ever written in, in a stable order, starting after the key `after`. */
  scopes(after: string, limit: number): Promise<readonly ScopePlace[]>;
}

/** `vectors: false` does not read embeddings, for a store that searches them itself. */
export type FeedOptions = { readonly vectors: boolean };

/** A memory with the number of its last write. */
export type Written = { readonly memory: Memory; readonly version: number };

/** What changed in a scope: memories that were written, and ids that were deleted. */
export type MemoryChanges = {
  readonly written: readonly Written[];
  readonly gone: readonly { readonly id: string; readonly version: number }[];
};

/** A scope of a team, with the key that orders it. */
export type ScopePlace = { readonly key: string; readonly team: string; readonly scope: Scope };

/** Fields that may be changed in place. The text may not, because the id is derived from it. */
export type Amendment = Partial<
  Pick<Memory, 'pinned' | 'conscious' | 'importance' | 'proof' | 'embedding' | 'expiresAt' | 'usedAt' | 'sources'>
>;

/** Changes in place, for the jobs and for a person's own edits. */
export interface MemoryUpkeep {
  /** Changes fields; an undefined one is removed. False when the memory is not in the scope. */
  amend(team: string, scope: Scope, id: string, changes: Amendment): Promise<boolean>;
  /** Deletes without a tombstone, so that what was merely old may be learnt again. Returns how many were deleted. */
  remove(team: string, scope: Scope, ids: readonly string[]): Promise<number>;
}

/** A store with all three. */
export type MemoryStores = MemoryStore & MemoryFeed & MemoryUpkeep;
