import { createHash } from 'node:crypto';
import type { CatalogueTable } from '../../core/data/catalogue.ts';

/** Hashes what a catalogue says about structure. Row counts and values change daily, so they are left out. */
export function hashCatalogue(searchPath: readonly string[], tables: readonly CatalogueTable[]): string {
  const lasting = tables.map(({ rowEstimate: _, ...table }) => table);
  return createHash('sha256')
    .update(JSON.stringify({ searchPath, tables: lasting }))
    .digest('hex');
}
