import type { Catalogue } from '../data/catalogue.ts';
import type { DialectName } from '../data/database.ts';
import type { SqlSyntax } from '../data/syntax.ts';
import type { PersonFacts, SqlPolicy } from './policy.ts';

/** What the guard of a dialect needs to know. */
export type GuardOptions = {
  readonly catalogue: Catalogue;
  readonly policy: SqlPolicy;
  /**
   * What is known of the person who asks. Undefined: the product itself reads; row policies then let no row through,
   * and the database gets no session settings.
   */
  readonly person?: PersonFacts | undefined;
  /** Rows that the caller will use. The statement asks for one more, which shows that there were more. */
  readonly maxRows: number;
  readonly syntax: SqlSyntax;
};

/** `GuardOptions` for any dialect. */
export type CheckOptions = GuardOptions & { readonly dialect: DialectName };
