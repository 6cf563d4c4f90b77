import type { Config } from '../config.ts';
import type { ReadLimits } from '../core/answers/read.ts';
import type { Clock } from '../core/base/clock.ts';
import type { QueryLimits } from '../core/data/database.ts';
import { createResultCache } from '../core/sql/result-cache.ts';

/** Size of the cache of answers, bytes: about a hundred large results. */
const keptBytes = 64_000_000;

/** The most that the rows of one CSV may weigh, bytes. */
const exportBytes = 50_000_000;

const queryLimits = ({ query }: Config) => ({ timeoutMs: query.timeoutMs, maxBytes: 5_000_000, maxCellLength: 5_000 });

/** What one answer may read. */
export const readLimits = (config: Config, clock: Clock): ReadLimits => ({
  ...queryLimits(config),
  maxRows: config.query.maxRows,
  plan: config.planCaps,
  cache:
    config.resultTtlMs > 0 ? createResultCache({ ttlMs: config.resultTtlMs, maxBytes: keptBytes, clock }) : undefined,
});

/** What one CSV may hold. */
export const exportLimits = (config: Config): QueryLimits => ({
  ...queryLimits(config),
  maxRows: config.query.exportMaxRows,
  maxBytes: exportBytes,
});
