import type { KnownTable, KnownTables } from '../tokens/known-tables.ts';
import type { Relation, Scope } from './scope.ts';
import type { Fields } from './tree.ts';

/** What the guard knows of a source, and what it notes while it resolves. */
export type ResolverOptions = {
  readonly known: KnownTables;
  /** Functions an admin has approved, lower case. */
  readonly approved: ReadonlySet<string>;
  /** Functions of the database's own that share a name with one of the engine's. */
  readonly shadowed: ReadonlySet<string>;
  readonly note: (table: KnownTable) => void;
  /** Whether something else is read in the table's place. */
  readonly isShielded: (table: KnownTable) => boolean;
  /** The query that stands in a table's place, when this is one. */
  readonly shieldIn: (query: Fields) => KnownTable | undefined;
};

/** A table in FROM in whose place something else is to be read. */
export type ShieldedTable = { readonly item: Fields; readonly table: KnownTable };

/** What was found that is to be written in another way. */
export type Found = {
  readonly shielded: ShieldedTable[];
  /** Columns and stars of such a table that are written with its schema. */
  readonly schemas: Fields[];
};

/**
 * What the parts of the resolver share. Queries hold expressions and expressions hold queries: the latter call the former
 * through here, so that the files do not import one another in a circle.
 */
export type Resolver = ResolverOptions &
  Found & {
    /** Resolves a query; returns its output as a relation without a name. */
    query(query: Fields, outer: Scope): Relation;
    /** Goes one level down. Refuses what is nested too deeply. */
    deeper<T>(work: () => T): T;
  };
