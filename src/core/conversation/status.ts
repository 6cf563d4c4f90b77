import type { Locale } from '../base/namespace.ts';

/** One part of the product as the banner, `/memori status` and `/health` show it. Says nothing secret. */
export type PartStatus = {
  readonly part: 'slack' | 'store' | 'model' | 'embeddings' | 'data' | 'alerts';
  /** What is in use, e.g. `embedded, ./data`. */
  readonly using: string;
  /** Which variable would change it, e.g. `set MONGODB_URI to use MongoDB`. */
  readonly change: string;
  readonly ok: boolean;
};

/** A data source that could not be opened at the start. */
export type LeftOut = {
  readonly name: string;
  readonly reason: string;
  /** What to do about it. */
  readonly next: string;
};

/** Asks each part how it is, in the language of who asks; never throws. */
export type StatusReport = (locale?: Locale) => Promise<readonly PartStatus[]>;
