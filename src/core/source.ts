import type { Catalogue } from './sql/catalogue.ts';
import type { DataSource } from './sql/data-source.ts';
import type { SqlPolicy } from './sql/policy.ts';
import type { DateReader } from './verified/dates.ts';
import type { VerifiedQueries } from './verified/verified-match.ts';
import { createVerifiedQueries } from './verified/verified-queries.ts';
import type { VerifiedQuery } from './verified/verified-query.ts';

/** A data source as the product answers from it: the database, what may be read, and what people vouched for. */
export type Source = DataSource & {
  readonly policy: SqlPolicy;
  /** The verified queries against the current catalogue. Errors as `DataSource.catalogue`. */
  verified(signal: AbortSignal): Promise<VerifiedQueries>;
};

/** `verified` is made anew when the catalogue is another, because values are bound against its columns. */
export function createSource(
  data: DataSource,
  policy: SqlPolicy,
  queries: readonly VerifiedQuery[],
  dates: DateReader,
): Source {
  let made: { readonly catalogue: Catalogue; readonly verified: VerifiedQueries } | undefined;
  return {
    ...data,
    policy,
    async verified(signal) {
      const catalogue = await data.catalogue(signal);
      if (made?.catalogue !== catalogue)
        made = { catalogue, verified: createVerifiedQueries({ queries, catalogue, today: data.today, dates }) };
      return made.verified;
    },
  };
}
