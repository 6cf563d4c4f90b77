import type { KnownRelation, KnownRelations } from './known-relations.ts';
import type { Row, Scope } from './scope.ts';
import type { Fields } from './tree.ts';

/**
 * What the parts of the resolver share. Queries hold expressions and expressions hold queries: each part calls the
 * other through here, so that the files do not import one another in a circle.
 */
export type Resolver = {
  readonly known: KnownRelations;
  /** Functions an admin has approved, as they may be written in a call. */
  readonly approved: ReadonlySet<string>;
  /** Notes what a name in FROM stands for: a relation that is read, or a query of the statement's own WITH. */
  note(rangeVar: Fields, relation: KnownRelation | undefined): void;
  /** Whether something else is read in the relation's place. */
  isShielded(relation: KnownRelation): boolean;
  /** Resolves the names in an expression. Returns the columns of its value when that is a row. */
  expression(node: unknown, scope: Scope): Row | undefined;
  /** Resolves a query. Returns its columns. `outputIgnored`: the query of EXISTS, whose columns nobody sees. */
  query(select: Fields, scope: Scope, use?: { readonly outputIgnored?: boolean }): Row;
};
