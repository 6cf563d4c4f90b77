import type { KnownTable, KnownTables } from '../tokens/known-tables.ts';
import type { DuckdbScope, Relation } from './scope.ts';
import type { Fields } from './tree.ts';

/** What the guard knows of a source. */
export type ResolverOptions = {
  readonly known: KnownTables;
  /** Functions an admin has approved, lower case. */
  readonly approved: ReadonlySet<string>;
  /** The database's own functions that share a name with a built-in one. */
  readonly shadowed: ReadonlySet<string>;
  readonly note: (table: KnownTable) => void;
  /** Whether the table is replaced by a query. */
  readonly isShielded: (table: KnownTable) => boolean;
  /** The table that this query replaces, if it is such a query. */
  readonly shieldIn: (query: Fields) => KnownTable | undefined;
};

/** A table in FROM that is to be replaced by a query. */
export type ShieldedTable = { readonly item: Fields; readonly table: KnownTable };

/** Parts of the statement that must be written differently. */
export type Rewrites = {
  readonly shielded: ShieldedTable[];
  /** Columns and stars of replaced tables that are written with their schema. */
  readonly schemas: Fields[];
};

/**
 * What the parts of the resolver share. Queries hold expressions and expressions hold queries: they call each other
 * through here, so that the files do not import each other in a circle.
 */
export type Resolver = ResolverOptions &
  Rewrites & {
    /** Resolves a query; returns its output as a relation without a name. */
    query(query: Fields, outer: DuckdbScope): Relation;
    /** Runs the work one level deeper. Refuses statements that are nested too deeply. */
    deeper<T>(work: () => T): T;
  };
