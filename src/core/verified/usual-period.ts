import type { VerifiedQuery } from './verified-query.ts';

/**
 * The period that most of the queries take when a question names none, in words. What is composed takes it too: the same
 * question has one answer. Undefined when none of them has one.
 */
export function usualPeriod(queries: readonly VerifiedQuery[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { parameters } of queries)
    for (const parameter of Object.values(parameters))
      if (parameter.type === 'period' && parameter.default !== undefined)
        counts.set(parameter.default, (counts.get(parameter.default) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
