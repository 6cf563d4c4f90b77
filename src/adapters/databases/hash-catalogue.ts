import { createHash } from 'node:crypto';
import type { CatalogueTable } from '../../core/data/catalogue.ts';

/** Row counts and values change from day to day; they are not part of what the hash covers. */
export function hashCatalogue(searchPath: readonly string[], tables: readonly CatalogueTable[]): string {
  const lasting = tables.map(({ rowEstimate: _, ...table }) => table);
  return createHash('sha256')
    .update(JSON.stringify({ searchPath, tables: lasting }))
    .digest('hex');
}
