import type { ColumnValues } from '../language/column-values.ts';
import { askableTexts } from './askable.ts';
import { lookedUp } from './looked-up.ts';
import type { Matcher } from './matcher.ts';
import type { Phrasing } from './phrasing.ts';
import type { VerifiedQueries } from './verified-match.ts';

/** Checks whether any wording of a query is understood as that query. */
export function createReach(
  phrasingsOf: ReadonlyMap<string, readonly Phrasing[]>,
  matcher: Matcher,
  valuesOf: (column: string) => ColumnValues,
): VerifiedQueries['isReachable'] {
  return ({ id }, samples) => {
    const sampled = lookedUp(samples);
    const values = (column: string): ColumnValues => sampled.found.get(column) ?? valuesOf(column);
    return (phrasingsOf.get(id) ?? []).some((phrasing) => {
      const locale = phrasing.han ? 'zh' : 'en';
      return askableTexts(phrasing, {}, locale, values).some((text) =>
        matcher.exact(text, locale, sampled).matches.some(({ query }) => query.id === id),
      );
    });
  };
}
