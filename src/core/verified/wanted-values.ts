import type { Catalogue } from '../data/catalogue.ts';
import { applyDefinitions } from '../language/definitions.ts';
import { type LookedUp, nothingLookedUp } from './looked-up.ts';
import type { Matcher } from './matcher.ts';
import { isLong } from './value-index.ts';
import type { ExactMatch, VerifiedQueries, WantedValue } from './verified-match.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** The most values that are looked up for one question. */
const maxWanted = 24;

/**
 * Finds the values worth looking up. The question is matched as if any range of its words were a value; what matches in
 * full then says which ranges are.
 */
export function createWantedValues(
  queries: readonly VerifiedQuery[],
  catalogue: Catalogue,
  matcher: Matcher,
): VerifiedQueries['wanted'] {
  const columns = queries.flatMap(({ parameters }) =>
    Object.values(parameters).flatMap((one) =>
      one.type === 'value' && isLong(catalogue, one.column) ? [one.column] : [],
    ),
  );
  const long: LookedUp = { ...nothingLookedUp, assumed: new Set(columns) };
  const wantedBy = ({ query, parameters }: ExactMatch): readonly WantedValue[] =>
    Object.entries(query.parameters).flatMap(([name, parameter]) => {
      const bound = parameters[name];
      const isWanted = parameter.type === 'value' && long.assumed.has(parameter.column);
      return isWanted && bound?.type === 'value' && bound.asked
        ? [{ column: parameter.column, text: bound.value }]
        : [];
    });
  return (question, { locale, definitions = [], previous, leans = false }) => {
    if (long.assumed.size === 0) return [];
    const { text } = applyDefinitions(question, definitions) ?? { text: question };
    const whole = leans ? [] : matcher.exact(text, locale, long).matches;
    const following = previous === undefined ? [] : matcher.followUp(text, previous, locale, long);
    const wanted = [...whole, ...following].flatMap(wantedBy);
    return [...new Map(wanted.map((one) => [JSON.stringify(one), one])).values()].slice(0, maxWanted);
  };
}
