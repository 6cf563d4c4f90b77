import type { VerifiedQuery } from './verified-query.ts';

/**
 * The most common default period of the queries, in words. Measured answers use it too, so that a question has one
 * answer. Undefined when no query has a default.
 */
export function usualPeriod(queries: readonly VerifiedQuery[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { parameters } of queries)
    for (const parameter of Object.values(parameters))
      if (parameter.type === 'period' && parameter.default !== undefined)
        counts.set(parameter.default, (counts.get(parameter.default) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
