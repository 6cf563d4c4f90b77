import type { Locale } from '../base/namespace.ts';
import type { Day } from '../language/dates.ts';
import { type Alignment, type Assignment, align, assignments } from './align.ts';
import { bindMentions, isComplete, restoreParameter, type Today } from './bind-parameters.ts';
import type { BindingsOf } from './bindings.ts';
import { readFollowUp } from './follow-up.ts';
import { interpret } from './interpretation.ts';
import { type LookedUp, nothingLookedUp } from './looked-up.ts';
import { type ReadQuestion, readQuestion } from './mentions.ts';
import { serialiseParameters } from './parameters.ts';
import type { Phrasing, Wording } from './phrasing.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import { groupingIn, regroupedTexts } from './regrouped.ts';
import { createRivals } from './rivals.ts';
import { createUnaccounted, type MayDrop } from './unaccounted.ts';
import type { BoundParameter, BoundParameters, ExactMatch, PreviousMatch } from './verified-match.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** The result of matching a question in full. */
export type WholeReading = {
  /** The best matches, one for each query and binding of equal cost. Empty when nothing matches. */
  readonly matches: readonly ExactMatch[];
  /** Other queries that may be meant as well. Computed when called, which is slow. */
  rivals(): readonly VerifiedQuery[];
};

/** What matching needs to know of a source. */
export type MatchingSource = {
  readonly phrasings: readonly Phrasing[];
  readonly index: PhrasingIndex;
  readonly bindingsOf: BindingsOf;
  readonly wording: Wording;
  readonly mayDrop: MayDrop;
  /** Whether a word is known here, so that it is never read as a misspelt value. */
  readonly isWord: (stem: string) => boolean;
  readonly now: () => Today;
};

/** Matches questions with the verified queries of one source. `looked`: what was looked up of columns with many values. */
export type Matcher = {
  exact(question: string, locale: Locale, looked?: LookedUp): WholeReading;
  followUp(question: string, previous: PreviousMatch, locale: Locale, looked?: LookedUp): readonly ExactMatch[];
  /**
   * For a follow-up such as "by device": queries that answer the question before with this grouping and the same
   * parameters.
   */
  regrouped(question: string, previous: PreviousMatch, locale: Locale): readonly ExactMatch[];
  /** The parameters of a phrasing that the question names, whatever else it says. */
  known(question: string, phrasing: Phrasing, locale: Locale): BoundParameters;
};

/** Matches whose costs differ by less are equally good: they differ only in synonyms. */
const tie = 0.1;

type Found = {
  readonly query: VerifiedQuery;
  readonly mentions: Assignment;
  readonly parameters: BoundParameters;
  readonly followUp: boolean;
};

const toMatch = ({ query, mentions, parameters, followUp }: Found, locale: Locale): ExactMatch => ({
  kind: 'match',
  query,
  parameters,
  interpretation: interpret(query, parameters, mentions, locale),
  definitions: [],
  followUp,
});

/** One match for each query and binding. */
function distinct(matches: readonly ExactMatch[]): readonly ExactMatch[] {
  const key = ({ query, parameters }: ExactMatch): string =>
    JSON.stringify([query.id, serialiseParameters(parameters)]);
  return [...new Map(matches.toReversed().map((match) => [key(match), match])).values()].reverse();
}

const restoredOf = (query: VerifiedQuery, kept: PreviousMatch['parameters'], locale: Locale): BoundParameters =>
  Object.fromEntries(
    Object.entries(query.parameters).flatMap(([name, parameter]) => {
      const one = restoreParameter(parameter, kept[name] ?? '', locale);
      return one === undefined ? [] : [[name, one] as const];
    }),
  );

/** Nothing that the question before was asked with is lost, but how many of its rows were shown. */
function holdsAll(parameters: BoundParameters, before: BoundParameters): boolean {
  const held = new Set(Object.values(parameters).map(({ value }) => JSON.stringify(value)));
  const isRank = ({ type }: BoundParameter): boolean => type === 'integer';
  return Object.values(before).every((one) => isRank(one) || held.has(JSON.stringify(one.value)));
}

/** The parameters of the answer before, without periods that nobody asked for: a default follows the grain. */
function keptOf(
  query: VerifiedQuery,
  kept: PreviousMatch['parameters'],
  today: Today,
  locale: Locale,
): BoundParameters {
  const restored = restoredOf(query, kept, locale);
  const isPeriod = ([, { type }]: readonly [string, BoundParameter]): boolean => type === 'period';
  const others = Object.fromEntries(Object.entries(restored).filter((entry) => !isPeriod(entry)));
  const defaults = serialiseParameters(bindMentions(query, {}, today, locale, others));
  return Object.fromEntries(
    Object.entries(restored).filter((entry) => !isPeriod(entry) || defaults[entry[0]] !== kept[entry[0]]),
  );
}

/** Creates the matcher of one source. Compares everything in memory. */
export function createMatcher({
  phrasings,
  index,
  bindingsOf,
  wording,
  mayDrop,
  isWord,
  now,
}: MatchingSource): Matcher {
  let last: { readonly text: string; readonly day: Day; readonly read: ReadQuestion } | undefined;
  /** Caches the last question, because it is matched several ways and reading its dates is slow. */
  const read = (text: string, looked = nothingLookedUp): ReadQuestion => {
    const { today, dates } = now();
    if (last?.text !== text || last.day !== today || last.read.looked !== looked)
      last = { text, day: today, read: readQuestion(text, { today, dates, isWord, looked }) };
    return last.read;
  };
  const alignments = (question: ReadQuestion): readonly Alignment[] => {
    const isUnaccounted = createUnaccounted(question, bindingsOf, mayDrop);
    return index
      .candidates(question.stems)
      .filter((phrasing) => !isUnaccounted(phrasing))
      .flatMap((phrasing) => align(question, phrasing, bindingsOf, wording))
      .sort((a, b) => a.cost - b.cost);
  };
  const rivalsOf = createRivals(phrasings, index);
  return {
    exact(question, locale, looked) {
      const found = alignments(read(question, looked));
      const least = found[0]?.cost ?? 0;
      const best = found.filter(({ cost }) => cost < least + tie);
      const matches = best.flatMap(({ phrasing: { query }, mentions }) => {
        const parameters = bindMentions(query, mentions, now(), locale);
        return isComplete(query, parameters) ? [toMatch({ query, mentions, parameters, followUp: false }, locale)] : [];
      });
      const sure = best.find(({ isLiteral }) => isLiteral) ?? best[0];
      return { matches: distinct(matches), rivals: () => (sure === undefined ? [] : rivalsOf(question, sure)) };
    },
    followUp(question, { queryId, parameters: kept }, locale, looked) {
      const own = phrasings.filter(({ query }) => query.id === queryId);
      const query = own[0]?.query;
      if (query === undefined) return [];
      const before = keptOf(query, kept, now(), locale);
      const matches = readFollowUp(read(question, looked), own, bindingsOf).flatMap((mentions) => {
        const parameters = bindMentions(query, mentions, now(), locale, before);
        return isComplete(query, parameters) ? [toMatch({ query, mentions, parameters, followUp: true }, locale)] : [];
      });
      return distinct(matches);
    },
    regrouped(question, { queryId, parameters: kept }, locale) {
      const grouped = groupingIn(question);
      const own = phrasings.filter(({ query }) => query.id === queryId);
      const query = own[0]?.query;
      if (grouped === undefined || query === undefined) return [];
      const before = restoredOf(query, kept, locale);
      const matches = own.flatMap((phrasing) =>
        regroupedTexts(phrasing, grouped, before, locale).flatMap((text) => {
          const found = alignments(read(text));
          const best = found.filter(({ cost }) => cost < (found[0]?.cost ?? 0) + tie);
          return best.flatMap(({ phrasing: { query: other }, mentions }) => {
            const parameters = bindMentions(other, mentions, now(), locale);
            const isOther = other.id !== queryId && holdsAll(parameters, before);
            return isOther ? [toMatch({ query: other, mentions, parameters, followUp: true }, locale)] : [];
          });
        }),
      );
      return distinct(matches);
    },
    known(question, phrasing, locale) {
      const ways = assignments(read(question), bindingsOf(phrasing), () => true);
      const covered = (way: Assignment): number => Object.values(way).reduce((sum, { from, to }) => sum + to - from, 0);
      const [most = {}] = ways.toSorted((a, b) => covered(b) - covered(a));
      const parameters = bindMentions(phrasing.query, most, now(), locale);
      return Object.fromEntries(Object.entries(parameters).filter(([, { asked }]) => asked));
    },
  };
}
