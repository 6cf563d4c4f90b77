import type { Catalogue } from '../data/catalogue.ts';
import type { Database } from '../data/database.ts';
import type { SqlSyntax } from '../data/syntax.ts';

/** A database with what is known about it. */
export type DataSource = {
  readonly name: string;
  /** What is in it, as one line for people. */
  readonly description: string;
  readonly database: Database;
  readonly syntax: SqlSyntax;
  /** The cached catalogue; reads it on first use. Errors as `Database.catalogue`. */
  catalogue(signal: AbortSignal): Promise<Catalogue>;
  /** The day that "today" and "last month" refer to, `YYYY-MM-DD`: the real day, or a fixed one for the demo. */
  today(): string;
};
