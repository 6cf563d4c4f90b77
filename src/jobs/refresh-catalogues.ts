import type { DataSource } from '../core/sql/data-source.ts';
import type { Job } from './job.ts';

/** Reads the schemas again while nobody waits for them, so that a new table is known before someone asks for it. */
export const refreshCatalogues = (sources: readonly DataSource[]): Job => ({
  name: 'refresh-catalogues',
  schedule: '0 7 * * * *',
  run: async (signal) => {
    for (const source of sources) await source.refresh(signal);
  },
});
