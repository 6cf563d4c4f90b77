import { LRUCache } from 'lru-cache';
import { isMemoriError, withDetails } from '../base/errors.ts';
import type { Locale } from '../base/namespace.ts';
import type { Catalogue } from '../data/catalogue.ts';
import type { CatalogueProgress } from '../data/database.ts';
import type { DateReader } from '../language/dates.ts';
import type { Measures } from '../measures/create-measures.ts';
import { modelNote } from '../measures/model/model-note.ts';
import type { OssieModel } from '../measures/model/ossie.ts';
import type { RefreshableDataSource } from '../sql/create-data-source.ts';
import type { DataSource } from '../sql/data-source.ts';
import { type FunctionApprovals, requireOwnFunction } from '../sql/function-approvals.ts';
import type { SqlPolicy } from '../sql/policy.ts';
import type { Meanings } from '../vectors/meanings.ts';
import { usualPeriod } from '../verified/usual-period.ts';
import type { VerifiedQueries } from '../verified/verified-match.ts';
import { createVerifiedQueries } from '../verified/verified-queries.ts';
import type { VerifiedQuery } from '../verified/verified-query.ts';
import { openMeasures } from './open-measures.ts';

/** A data source as the product answers from it: the database, what may be read, and what people vouched for. */
export type Source = DataSource & {
  /** With the functions that were approved meanwhile. */
  readonly policy: SqlPolicy;
  /** What its owners tell a language model about it. */
  readonly note?: string | undefined;
  /** What words mean beside how they are spelt; undefined without a local model. */
  readonly meanings: Meanings | undefined;
  /** Lets a function of the database's own be called. Errors: `invalid_input`, and as `DataSource.catalogue`. */
  approve(name: string, signal: AbortSignal): Promise<void>;
  /** False when it was not approved in Slack. */
  revoke(name: string): Promise<boolean>;
  /** Reads the schema now. On failure the old one stays. Errors as `Database.catalogue`. */
  refresh(progress?: CatalogueProgress): Promise<Catalogue>;
  /** Reads the schema when nobody has for the time it is kept. Errors as `Database.catalogue`. */
  refreshWhenOld(): Promise<void>;
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
  readonly meanings?: Meanings | undefined;
  /** What admins approve while it runs. Without it, nothing can be. */
  readonly approvals?: FunctionApprovals;
};

const none: readonly string[] = [];
/** Sets of verified queries that are kept compiled: one for each channel that has saved some. */
const mostKept = 50;

/** `verified` and `measures` are rebuilt when the catalogue is another, because values are bound against its columns. */
export function createSource(options: SourceOptions): Source {
  const { data, policy, queries, examples, dates, semantic, meanings, approvals } = options;
  let made: { readonly catalogue: Catalogue; readonly verified: LRUCache<string, VerifiedQueries> } | undefined;
  // Whoever checks SQL asks for the catalogue first: what is approved is fresh then.
  const catalogueOf: Source['catalogue'] = async (signal) => {
    await approvals?.refresh();
    try {
      return await data.catalogue(signal);
    } catch (error) {
      throw isMemoriError(error) ? withDetails(error, { source: data.name }) : error;
    }
  };
  const verified: Source['verified'] = async (signal, saved = []) => {
    const catalogue = await catalogueOf(signal);
    if (made?.catalogue !== catalogue) made = { catalogue, verified: new LRUCache({ max: mostKept }) };
    const key = JSON.stringify(saved.map(({ id, questions, sql }) => [id, questions, sql]));
    const known =
      made.verified.get(key) ??
      createVerifiedQueries({
        queries: [...queries, ...saved],
        catalogue,
        today: data.today,
        dates,
        ...(meanings ? { vectorsOf: meanings.ofTexts } : {}),
      });
    made.verified.set(key, known);
    return known;
  };
  let opened: { readonly catalogue: Catalogue; readonly measures: Promise<Measures> } | undefined;
  const measures: Source['measures'] = async (signal) => {
    if (semantic === undefined) return undefined;
    const catalogue = await catalogueOf(signal);
    if (opened?.catalogue !== catalogue) {
      // Not the caller's signal: others may be waiting for the same reads.
      const opening = openMeasures(
        { model: semantic, catalogue, data, policy, dates, defaultPeriod: usualPeriod(queries) },
        new AbortController().signal,
      );
      opened = { catalogue, measures: opening };
      opening.catch(() => {
        if (opened?.measures === opening) opened = undefined;
      });
    }
    return opened.measures;
  };
  let current = { functions: none, policy };
  return {
    ...data,
    catalogue: catalogueOf,
    note: semantic && modelNote(semantic),
    meanings,
    get policy() {
      const functions = approvals?.of(data.name) ?? none;
      if (functions !== current.functions) {
        const approvedFunctions = [...policy.approvedFunctions, ...functions];
        current = { functions, policy: { ...policy, approvedFunctions } };
      }
      return current.policy;
    },
    async approve(name, signal) {
      requireOwnFunction(name, data.database.dialect, await catalogueOf(signal));
      await approvals?.approve(data.name, name);
    },
    revoke: async (name) => (await approvals?.revoke(data.name, name)) ?? false,
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
