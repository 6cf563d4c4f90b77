import { type Clock, systemClock } from '../clock.ts';
import { throwIfAborted } from '../errors.ts';
import { applyPolicy } from './apply-policy.ts';
import type { Catalogue } from './catalogue.ts';
import type { DataSource } from './data-source.ts';
import type { Database } from './database.ts';
import { openPolicy, type SqlPolicy } from './policy.ts';
import { requirePolicyNames } from './require-policy-names.ts';
import type { SqlSyntax } from './syntax.ts';

export type DataSourceOptions = {
  readonly name: string;
  readonly description: string;
  readonly database: Database;
  readonly syntax: SqlSyntax;
  /** Values that it hides, masks or filters are left out of the catalogue. */
  readonly policy?: SqlPolicy;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Age in milliseconds after which the catalogue is read again. */
  readonly ttlMs: number;
  readonly clock?: Clock;
  /** Told when the catalogue could not be read anew behind an answer. */
  readonly onFailure?: (error: unknown) => void;
};

export type RefreshableDataSource = DataSource & {
  /** Reads the catalogue now. On failure the old one stays. */
  refresh(): Promise<Catalogue>;
};

/**
 * A data source that keeps its catalogue. An old one still answers while the next is read behind it, so that no question
 * waits for it or fails by it; only the first read is waited for.
 */
export function createDataSource(options: DataSourceOptions): RefreshableDataSource {
  const { name, description, database, syntax, today, ttlMs, policy = openPolicy, clock = systemClock } = options;
  const { onFailure = () => {} } = options;
  let known: { readonly catalogue: Catalogue; readonly readAt: number } | undefined;
  let reading: Promise<Catalogue> | undefined;

  async function read(): Promise<Catalogue> {
    // Not the caller's signal: others may be waiting for the same read.
    const whole = await database.catalogue(new AbortController().signal);
    requirePolicyNames(whole, policy, database.dialect);
    const catalogue = applyPolicy(whole, policy, database.dialect);
    // The same object while nothing changed, so that what was derived from it stays valid.
    const kept = known !== undefined && sameCatalogue(known.catalogue, catalogue) ? known.catalogue : catalogue;
    known = { catalogue: kept, readAt: clock.now().getTime() };
    return kept;
  }

  function refresh(): Promise<Catalogue> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function catalogue(signal: AbortSignal): Promise<Catalogue> {
    throwIfAborted(signal);
    if (known === undefined) {
      const first = await refresh();
      throwIfAborted(signal);
      return first;
    }
    // A failed refresh is tried again by the next question; the database adapter's own errors tell what is wrong.
    if (clock.now().getTime() - known.readAt > ttlMs) refresh().catch(onFailure);
    return known.catalogue;
  }

  return { name, description, database, syntax, today, catalogue, refresh };
}

/** The hash leaves out values and row counts, which matter to linking. */
const sameCatalogue = (a: Catalogue, b: Catalogue): boolean =>
  a.hash === b.hash && JSON.stringify(a.tables) === JSON.stringify(b.tables);
