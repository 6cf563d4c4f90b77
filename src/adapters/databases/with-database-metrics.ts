import { MemoriError } from '../../core/base/errors.ts';
import type { MetricName, Metrics } from '../../core/base/metrics.ts';
import type { Database } from '../../core/data/database.ts';

/** Records the seconds of every query and plan, by data source and result. */
export function withDatabaseMetrics(database: Database, metrics: Metrics): Database {
  async function observed<T>(metric: MetricName, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const observe = (result: string) =>
      metrics.observe(metric, (performance.now() - started) / 1000, { data_source: database.name, result });
    try {
      const done = await work();
      observe('ok');
      return done;
    } catch (error) {
      observe(error instanceof MemoriError ? error.code : 'bug');
      throw error;
    }
  }
  const { plan, understood } = database;
  return {
    name: database.name,
    dialect: database.dialect,
    catalogue: (signal, progress) => database.catalogue(signal, progress),
    ...(plan === undefined
      ? {}
      : {
          plan: (sql, limits, signal) =>
            observed('memori_plan_seconds', () => plan.call(database, sql, limits, signal)),
        }),
    ...(understood === undefined ? {} : { understood: (signal: AbortSignal) => understood.call(database, signal) }),
    query: (sql, limits, signal) => observed('memori_query_seconds', () => database.query(sql, limits, signal)),
    close: () => database.close(),
  };
}
