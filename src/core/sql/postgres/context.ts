import type { KnownRelation, KnownRelations } from './known-relations.ts';
import type { PostgresScope, Row } from './scope.ts';
import type { Fields } from './tree.ts';

/**
 * What the parts of the resolver share. Queries hold expressions and expressions hold queries: they call each other
 * through here, so that the files do not import each other in a circle.
 */
export type Resolver = {
  readonly known: KnownRelations;
  /** Functions an admin has approved, as they may be written in a call. */
  readonly approved: ReadonlySet<string>;
  /** Records what a name in FROM stands for: a relation that is read, or a query of the statement's own WITH. */
  note(rangeVar: Fields, relation: KnownRelation | undefined): void;
  /** Whether the relation is replaced by a query. */
  isShielded(relation: KnownRelation): boolean;
  /** Resolves the names in an expression. Returns the columns of its value when that is a row. */
  expression(node: unknown, scope: PostgresScope): Row | undefined;
  /** Resolves a query and returns its columns. `outputIgnored`: the query of EXISTS, whose columns nobody sees. */
  query(select: Fields, scope: PostgresScope, use?: { readonly outputIgnored?: boolean }): Row;
};
