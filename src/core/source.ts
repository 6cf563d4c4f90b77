import type { DataSource } from './sql/data-source.ts';
import type { SqlPolicy } from './sql/policy.ts';
import type { VerifiedQueries } from './verified/verified-match.ts';

/** A data source as the product answers from it: the database, what may be read, and what people vouched for. */
export type Source = DataSource & {
  readonly policy: SqlPolicy;
  /** The verified queries against the current catalogue. Errors as `DataSource.catalogue`. */
  verified(signal: AbortSignal): Promise<VerifiedQueries>;
};
