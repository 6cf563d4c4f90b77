import { MemoriError } from '../../core/errors.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Database } from '../../core/sql/database.ts';

/** Observes every query's seconds, by data source and result. */
export function withDatabaseMetrics(database: Database, metrics: Metrics): Database {
  return {
    name: database.name,
    dialect: database.dialect,
    catalogue: (signal, progress) => database.catalogue(signal, progress),
    ...(database.plan ? { plan: database.plan.bind(database) } : {}),
    close: () => database.close(),
    async query(sql, limits, signal) {
      const started = performance.now();
      const observe = (result: string) =>
        metrics.observe('memori_query_seconds', (performance.now() - started) / 1000, {
          data_source: database.name,
          result,
        });
      try {
        const rows = await database.query(sql, limits, signal);
        observe('ok');
        return rows;
      } catch (error) {
        observe(error instanceof MemoriError ? error.code : 'bug');
        throw error;
      }
    },
  };
}
