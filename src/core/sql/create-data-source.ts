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

/** A database, and how its catalogue is kept. */
export type DataSourceOptions = {
  readonly name: string;
  readonly description: string;
  readonly database: Database;
  readonly syntax: SqlSyntax;
  /** What it hides, masks or filters is removed from the catalogue's values. */
  readonly policy?: SqlPolicy;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Age after which the catalogue is reread. Milliseconds. */
  readonly ttlMs: number;
  readonly clock?: Clock;
  /** Called after every successful read. */
  readonly onRead?: (reading: CatalogueReading) => void;
  /** Called while a catalogue is read. */
  readonly onProgress?: CatalogueProgress;
  /** Called when a background read failed. */
  readonly onFailure?: (error: unknown) => void;
};

/** One read of the catalogue. `changed`: its hash differs from the one before; false for the first. */
export type CatalogueReading = { readonly catalogue: Catalogue; readonly changed: boolean; readonly ms: number };

/** A data source whose catalogue can be reread. */
export type RefreshableDataSource = DataSource & {
  /**
   * Reads the catalogue now, or joins a read under way. When it fails the old one stays. Errors: those of
   * `Database.catalogue`, and `config_invalid` of the policy.
   */
  refresh(progress?: CatalogueProgress): Promise<Catalogue>;
  /** Rereads a catalogue that is older than its `ttlMs`; for a job. Errors as `refresh`. */
  refreshWhenOld(): Promise<void>;
};

/**
 * A data source that caches its catalogue. An old one still answers while the next is read in the background, so that
 * only the first read is waited for.
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
    // Not the caller's signal, because others may wait for the same read.
    const begun = clock.now().getTime();
    const whole = await database.catalogue(new AbortController().signal, tell);
    requirePolicyNames(whole, policy, database.dialect);
    await requireSession(whole, policy, { database, syntax });
    await requireShields(whole, policy, { database, syntax });
    const catalogue = applyPolicy(whole, policy, database.dialect);
    // The same object while nothing changed, so that what was derived from it stays cached.
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
    // The next question tries a failed refresh again.
    if (isOld(known)) refresh().catch(onFailure);
    return known.catalogue;
  }

  return { name, description, database, syntax, today, catalogue, refresh, refreshWhenOld };
}

/** The hash leaves out values and row counts, which matter to linking. */
const sameCatalogue = (a: Catalogue, b: Catalogue): boolean =>
  a.hash === b.hash && JSON.stringify(a.tables) === JSON.stringify(b.tables);
