import type { Scope } from '../base/namespace.ts';

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

/** What a text means, as vectors of unit length. */
export type Embedding = {
  /** Vectors of different models are never compared. */
  readonly model: string;
  readonly vector: Float32Array;
  /** Of each piece of a text that has several: about one sentence each, a few at most. */
  readonly pieces?: readonly Float32Array[] | undefined;
};

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
  /** Kept in mind in every session: explicitly taught. `isConscious` has the whole rule. */
  readonly conscious: boolean;
  /** A person's own word on that: true pins it, false takes it out; undefined leaves it to the rule. */
  readonly pinned?: boolean | undefined;
  /** Of a query pattern: the SQL without its values, and the tables it reads. */
  readonly sql?: string | undefined;
  readonly tables?: readonly string[] | undefined;
  /** Ids of the memories that it was made of: those it was merged from, those an accepted answer had used. */
  readonly sources?: readonly string[] | undefined;
  /** 0 to 1. */
  readonly importance: number;
  readonly trust: 'explicit' | 'observed';
  readonly source: { readonly author: string; readonly channel: string; readonly ts: string };
  /** How often it was said or confirmed. */
  readonly proof: number;
  readonly hits: number;
  readonly embedding: Embedding | undefined;
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
  /**
   * Counts a use: `hits` + 1 and `usedAt`; what expires at all does so at `expiresAt` at the earliest. Ids outside the
   * scopes are left alone.
   */
  touch(team: string, scopes: readonly Scope[], ids: readonly string[], at: Date, expiresAt?: Date): Promise<void>;
  /** Closes `validTo` of one memory in favour of a newer one. False when it is not in the scopes. */
  supersede(team: string, scopes: readonly Scope[], id: string, at: Date): Promise<boolean>;
  /**
   * Deletes for good, with every older version and, wherever it is kept, with what was made of them or observed of the
   * same words in the same channel. Leaves tombstones (hashes) that keep it from being learnt again from old messages, in
   * whatever form. Returns the ids of all that went, when a look at the store has shown that they did. Error:
   * `store_unavailable` when one is still there.
   */
  forget(team: string, scopes: readonly Scope[], ids: readonly string[], at: Date): Promise<readonly string[]>;
}

/**
 * Reads a scope once and then only what changed in it. Every write in a scope takes the next number of that scope and
 * leaves it on what it wrote, so that a reader on another instance asks for the numbers that it has not seen.
 */
export interface MemoryFeed {
  /** The newest number of each scope, in their order; 0 where nothing was ever written. One indexed read. */
  versions(team: string, scopes: readonly Scope[]): Promise<readonly number[]>;
  /** All there is in a scope, former versions and what has expired included. */
  everything(team: string, scope: Scope, reading?: Reading): Promise<readonly Written[]>;
  /** What was written under these numbers, and the ids that went under them. */
  changes(team: string, scope: Scope, versions: readonly number[], reading?: Reading): Promise<MemoryChanges>;
  /** The newest threads of a channel in which anything was ever written, at most `limit`. */
  threads(team: string, channel: string, limit: number): Promise<readonly Scope[]>;
  /** Where anything was ever written, in a stable order, from behind `after`. */
  scopes(after: string, limit: number): Promise<readonly ScopePlace[]>;
}

/** `vectors: false` leaves the embeddings where they are, for a store that searches them itself. */
export type Reading = { readonly vectors: boolean };

/** A memory with the number of its last write. */
export type Written = { readonly memory: Memory; readonly version: number };

export type MemoryChanges = {
  readonly written: readonly Written[];
  readonly gone: readonly { readonly id: string; readonly version: number }[];
};

export type ScopePlace = { readonly key: string; readonly team: string; readonly scope: Scope };

/** What may be changed in place; the text may not, because the id follows from it. */
export type Amendment = Partial<
  Pick<Memory, 'pinned' | 'conscious' | 'importance' | 'proof' | 'embedding' | 'expiresAt' | 'usedAt' | 'sources'>
>;

/** For the jobs, and for a person's own changes. */
export interface MemoryUpkeep {
  /** False when it is not in the scope. A field that is undefined is removed. */
  amend(team: string, scope: Scope, id: string, changes: Amendment): Promise<boolean>;
  /** Deletes without a tombstone: what was merely old may be learnt again. Returns how many went. */
  remove(team: string, scope: Scope, ids: readonly string[]): Promise<number>;
}

/** All three. */
export type MemoryStores = MemoryStore & MemoryFeed & MemoryUpkeep;
