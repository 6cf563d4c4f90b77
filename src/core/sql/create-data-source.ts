import { type Clock, systemClock } from '../base/clock.ts';
import { throwIfAborted } from '../base/errors.ts';
import type { Catalogue } from '../data/catalogue.ts';
import type { CatalogueProgress, Database } from '../data/database.ts';
import type { SqlSyntax } from '../data/syntax.ts';
import { applyPolicy } from './apply-policy.ts';
import type { DataSource } from './data-source.ts';
import { openPolicy, type SqlPolicy } from './policy.ts';
import { requirePolicyNames } from './require-policy-names.ts';
import { requireSession } from './session/require-session.ts';
import { requireShields } from './shield/require-shields.ts';

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
  /** Told of every reading that succeeds; `changed`: by its hash, and false for the first. */
  readonly onRead?: (reading: CatalogueReading) => void;
  /** Told how far each reading has come. */
  readonly onProgress?: CatalogueProgress;
  /** Told when the catalogue could not be reread behind an answer. */
  readonly onFailure?: (error: unknown) => void;
};

export type CatalogueReading = { readonly catalogue: Catalogue; readonly changed: boolean; readonly ms: number };

export type RefreshableDataSource = DataSource & {
  /** Reads the catalogue now, or joins the reading that is under way. On failure the old one stays. */
  refresh(progress?: CatalogueProgress): Promise<Catalogue>;
  /** Reads it when nobody has for the time it is kept: for a job. Errors as `refresh`. */
  refreshWhenOld(): Promise<void>;
};

/**
 * A data source that keeps its catalogue. An old one still answers while the next is read behind it, so that no question
 * waits for it or fails by it; only the first read is waited for.
 */
export function createDataSource(options: DataSourceOptions): RefreshableDataSource {
  const { name, description, database, syntax, today, ttlMs, policy = openPolicy, clock = systemClock } = options;
  const { onRead, onProgress, onFailure = () => {} } = options;
  let known: { readonly catalogue: Catalogue; readonly readAt: number } | undefined;
  let reading: Promise<Catalogue> | undefined;
  const watchers = new Set<CatalogueProgress>(onProgress ? [onProgress] : []);
  const tell: CatalogueProgress = (read, of) => {
    for (const watcher of watchers) watcher(read, of);
  };

  async function read(): Promise<Catalogue> {
    // Not the caller's signal: others may be waiting for the same read.
    const begun = clock.now().getTime();
    const whole = await database.catalogue(new AbortController().signal, tell);
    requirePolicyNames(whole, policy, database.dialect);
    await requireSession(whole, policy, { database, syntax });
    await requireShields(whole, policy, { database, syntax });
    const catalogue = applyPolicy(whole, policy, database.dialect);
    // The same object while nothing changed, so that what was derived from it stays valid.
    const kept = known !== undefined && sameCatalogue(known.catalogue, catalogue) ? known.catalogue : catalogue;
    const changed = known !== undefined && known.catalogue.hash !== catalogue.hash;
    known = { catalogue: kept, readAt: clock.now().getTime() };
    onRead?.({ catalogue: kept, changed, ms: known.readAt - begun });
    return kept;
  }

  async function refresh(progress?: CatalogueProgress): Promise<Catalogue> {
    if (progress) watchers.add(progress);
    reading ??= read().finally(() => {
      reading = undefined;
    });
    try {
      return await reading;
    } finally {
      if (progress) watchers.delete(progress);
    }
  }

  const isOld = ({ readAt }: { readonly readAt: number }): boolean => clock.now().getTime() - readAt > ttlMs;

  async function refreshWhenOld(): Promise<void> {
    if (known === undefined || isOld(known)) await refresh();
  }

  async function catalogue(signal: AbortSignal): Promise<Catalogue> {
    throwIfAborted(signal);
    if (known === undefined) {
      const first = await refresh();
      throwIfAborted(signal);
      return first;
    }
    // A failed refresh is tried again by the next question; the database adapter's own errors tell what is wrong.
    if (isOld(known)) refresh().catch(onFailure);
    return known.catalogue;
  }

  return { name, description, database, syntax, today, catalogue, refresh, refreshWhenOld };
}

/** The hash leaves out values and row counts, which matter to linking. */
const sameCatalogue = (a: Catalogue, b: Catalogue): boolean =>
  a.hash === b.hash && JSON.stringify(a.tables) === JSON.stringify(b.tables);
