import type { Catalogue } from './catalogue.ts';
import type { ColumnType } from './column-type.ts';
import type { PlanEstimate } from './plan.ts';
import type { Understood } from './understood.ts';

/** SQL dialects with a guard of their own. */
export type DialectName = 'postgres' | 'mysql' | 'sqlite' | 'duckdb';

/** A column of a result. */
export type Column = { readonly name: string; readonly type: ColumnType };

/**
 * One cell, ready to show. Integers beyond 2^53 and numerics that a double cannot hold are strings with their exact
 * digits; dates are ISO 8601 (`2026-03-01`, `2026-03-01T12:00:00Z`, years before 1 CE or after 9999 as PostgreSQL prints
 * them); bytes are `\x…` hex; JSON is its text. A cell longer than the limit ends in `…`.
 */
export type Cell = string | number | boolean | null;

/** What a query returned, ready to show. */
export type ResultRows = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows returned here. Equal to `rows.length`. */
  readonly rowCount: number;
  /** There was more: the row cap or the byte cap cut the result. */
  readonly truncated: boolean;
  /** Milliseconds in the database. */
  readonly ms: number;
  /** When what was read is of, where it has changed since and could not be read again. ISO 8601. */
  readonly asOf?: string;
};

/** What one query may return and how long it may take. */
export type QueryLimits = {
  readonly maxRows: number;
  /** Of all cells together, as UTF-8. */
  readonly maxBytes: number;
  /** Of one cell, in characters. */
  readonly maxCellLength: number;
  /** Enforced by the server, or by killing the worker that runs the engine. */
  readonly timeoutMs: number;
};

/** What a statement's transaction sets in the database, for row-level security of the database's own. */
export type Session = {
  /** Name → value: custom settings of PostgreSQL, user variables of MySQL. */
  readonly settings: Readonly<Record<string, string>>;
  /** The role that the transaction switches to. PostgreSQL only. */
  readonly role?: string | undefined;
};

declare const checked: unique symbol;

/**
 * SQL that passed the guard and was written out again from its syntax tree. Only `checkSql` makes one, so nothing
 * unguarded can reach a database by accident.
 */
export type CheckedSql = {
  readonly [checked]: true;
  /** What runs: with the guard's row limit. */
  readonly text: string;
  /** The same without that limit: what people see, edit and run again, and what a CSV with more rows is made from. */
  readonly asAsked: string;
  readonly dialect: DialectName;
  /** `schema.table` of every relation read, sorted. */
  readonly relations: readonly string[];
  /**
   * Who asks, where the database has to know. It travels with the statement, so that no read by a person runs without
   * it.
   */
  readonly session?: Session;
};

/** Called while a catalogue is read: `read` of `of` tables are done. */
export type CatalogueProgress = (read: number, of: number) => void;

/**
 * One data source. Errors: `query_failed` (details.message: the engine's words), `query_timeout`, `cancelled`,
 * `database_unavailable`.
 */
export interface Database {
  readonly name: string;
  readonly dialect: DialectName;
  /** Reads the schema. Slow; the caller caches it. */
  catalogue(signal: AbortSignal, progress?: CatalogueProgress): Promise<Catalogue>;
  /** How files were read; undefined for a database file. Left out by engines that read no files. */
  understood?(signal: AbortSignal): Promise<Understood | undefined>;
  /** The planner's estimate for one statement, without running it. Left out where the engine has no planner to ask. */
  plan?(sql: CheckedSql, limits: QueryLimits, signal: AbortSignal): Promise<PlanEstimate>;
  /** Runs one read. On abort the statement is cancelled in the engine as well. */
  query(sql: CheckedSql, limits: QueryLimits, signal: AbortSignal): Promise<ResultRows>;
  close(): Promise<void>;
}
