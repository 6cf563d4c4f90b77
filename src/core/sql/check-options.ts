import type { Catalogue } from '../data/catalogue.ts';
import type { DialectName } from '../data/database.ts';
import type { SqlSyntax } from '../data/syntax.ts';
import type { PersonFacts, SqlPolicy } from './policy.ts';

/** What a dialect's guard goes by. */
export type GuardOptions = {
  readonly catalogue: Catalogue;
  readonly policy: SqlPolicy;
  /**
   * What is known of who asks. Undefined: the product itself does, a row policy lets nothing through then, and the database
   * is told of nobody.
   */
  readonly person?: PersonFacts | undefined;
  /** Rows the caller will use. One more is asked for, so that the database can tell that there was more. */
  readonly maxRows: number;
  readonly syntax: SqlSyntax;
};

export type CheckOptions = GuardOptions & { readonly dialect: DialectName };
