import { isMemoriError, withDetails } from './errors.ts';
import type { Measures } from './measures/create-measures.ts';
import type { OssieModel } from './measures/ossie.ts';
import { isComposed } from './measures/sql-dialects.ts';
import type { Locale } from './namespace.ts';
import { openMeasures } from './open-measures.ts';
import type { Catalogue } from './sql/catalogue.ts';
import type { RefreshableDataSource } from './sql/create-data-source.ts';
import type { DataSource } from './sql/data-source.ts';
import type { SqlPolicy } from './sql/policy.ts';
import type { DateReader } from './verified/dates.ts';
import type { VerifiedQueries } from './verified/verified-match.ts';
import { createVerifiedQueries } from './verified/verified-queries.ts';
import type { VerifiedQuery } from './verified/verified-query.ts';

/** A data source as the product answers from it: the database, what may be read, and what people vouched for. */
export type Source = DataSource & {
  readonly policy: SqlPolicy;
  /** Reads the schema now. On failure the old one stays. Errors as `Database.catalogue`. */
  refresh(): Promise<Catalogue>;
  /** Questions that show what can be asked here, best first, at most `n`. Errors as `verified`. */
  examples(n: number, locale: Locale, signal: AbortSignal): Promise<readonly string[]>;
  readonly dates: DateReader;
  /** What the source's file vouches for. */
  readonly queries: readonly VerifiedQuery[];
  /** The verified queries against the current catalogue, with `saved` ones beside. Errors as `DataSource.catalogue`. */
  verified(signal: AbortSignal, saved?: readonly VerifiedQuery[]): Promise<VerifiedQueries>;
  /** Answers composed from the team's definitions; undefined without a semantic model. Errors as `DataSource.catalogue`. */
  measures(signal: AbortSignal): Promise<Measures | undefined>;
};

export type SourceOptions = {
  readonly data: RefreshableDataSource;
  readonly policy: SqlPolicy;
  /** What people vouched for. */
  readonly queries: readonly VerifiedQuery[];
  /** What people chose to be shown first. */
  readonly examples: Readonly<Record<Locale, readonly string[]>>;
  readonly dates: DateReader;
  /** What the team's words mean, if somebody wrote it down. */
  readonly semantic?: OssieModel | undefined;
};

/** Sets of verified queries that are kept compiled: one for each channel that has saved some. */
const mostKept = 50;

/** `verified` and `measures` are made anew when the catalogue is another, because values are bound against its columns. */
export function createSource({ data, policy, queries, examples, dates, semantic }: SourceOptions): Source {
  let made: { readonly catalogue: Catalogue; readonly verified: Map<string, VerifiedQueries> } | undefined;
  const catalogueOf: Source['catalogue'] = async (signal) => {
    try {
      return await data.catalogue(signal);
    } catch (error) {
      throw isMemoriError(error) ? withDetails(error, { source: data.name }) : error;
    }
  };
  const verified: Source['verified'] = async (signal, saved = []) => {
    const catalogue = await catalogueOf(signal);
    if (made?.catalogue !== catalogue || made.verified.size > mostKept) made = { catalogue, verified: new Map() };
    const key = JSON.stringify(saved.map(({ id, questions, sql }) => [id, questions, sql]));
    const known =
      made.verified.get(key) ??
      createVerifiedQueries({ queries: [...queries, ...saved], catalogue, today: data.today, dates });
    made.verified.set(key, known);
    return known;
  };
  let opened: { readonly catalogue: Catalogue; readonly measures: Promise<Measures> } | undefined;
  const measures: Source['measures'] = async (signal) => {
    if (semantic === undefined || !isComposed(data.database.dialect)) return undefined;
    const catalogue = await catalogueOf(signal);
    if (opened?.catalogue !== catalogue) {
      // Not the caller's signal: others may be waiting for the same reads.
      const opening = openMeasures({ model: semantic, catalogue, data, policy, dates }, new AbortController().signal);
      opened = { catalogue, measures: opening };
      opening.catch(() => {
        if (opened?.measures === opening) opened = undefined;
      });
    }
    return opened.measures;
  };
  return {
    ...data,
    catalogue: catalogueOf,
    policy,
    dates,
    queries,
    verified,
    measures,
    async examples(n, locale, signal) {
      const suggested = (await verified(signal)).suggest(n, locale).map(({ text }) => text);
      return [...new Set([...examples[locale], ...suggested])].slice(0, n);
    },
  };
}
