import type { Locale } from '../base/namespace.ts';
import type { Catalogue } from '../data/catalogue.ts';
import type { DateReader, Day } from '../language/dates.ts';
import { applyDefinitions } from '../language/definitions.ts';
import { createSpelling } from '../language/spelling.ts';
import type { PackedVectors } from '../vectors/packed-vectors.ts';
import { answerSentence } from './answer-sentence.ts';
import { createAskableQuestions } from './askable-questions.ts';
import { createBindings } from './bindings.ts';
import { isLexiconWord } from './lexicon.ts';
import { lookedUp } from './looked-up.ts';
import { createMatcher, type WholeReading } from './matcher.ts';
import { compilePhrasing, type Phrasing, type Wording } from './phrasing.ts';
import { createPhrasingIndex } from './phrasing-index.ts';
import { placeholderValues } from './placeholder-values.ts';
import { createReach } from './reach.ts';
import { spread } from './spread.ts';
import { createValueIndex } from './value-index.ts';
import type {
  AskableQuestion,
  BoundParameters,
  MatchContext,
  VerifiedMatch,
  VerifiedQueries,
} from './verified-match.ts';
import type { VerifiedQuery } from './verified-query.ts';
import { createWantedValues } from './wanted-values.ts';
import { createWording, learnOptionalWords } from './wording.ts';

/** The queries of one source and what they are matched with. */
export type VerifiedQueriesOptions = {
  readonly queries: readonly VerifiedQuery[];
  readonly catalogue: Catalogue;
  /** Today in the source's time zone: see `DataSource.today`. */
  readonly today: () => Day;
  readonly dates: DateReader;
  /** Vectors of these texts in their order, as soon as they exist. When absent, only words and letters rank. */
  readonly vectorsOf?: (texts: readonly string[]) => PackedVectors | undefined;
};

/** Phrasings below this score are not suggested. */
const nearEnough = 0.37;
const nothingWhole: WholeReading = { matches: [], rivals: () => [] };
/** The most suggestions when nothing matches in full. */
const maxSuggestions = 3;

/** The parameters that a suggested question must name: all but defaults. */
const askedOf = (parameters: BoundParameters): BoundParameters =>
  Object.fromEntries(Object.entries(parameters).filter(([, { asked }]) => asked));

/** Keeps the first suggestion of each query. */
const isFirst = ({ queryId }: AskableQuestion, at: number, all: readonly AskableQuestion[]): boolean =>
  all.findIndex((other) => other.queryId === queryId) === at;

const isFirstText = ({ text }: AskableQuestion, at: number, all: readonly AskableQuestion[]): boolean =>
  all.findIndex((other) => other.text === text) === at;

/** Compiles the verified queries of one source for matching. No I/O. */
export function createVerifiedQueries({
  queries,
  catalogue,
  today,
  dates,
  vectorsOf = () => undefined,
}: VerifiedQueriesOptions): VerifiedQueries {
  const compile = (wording: Wording): ReadonlyMap<string, readonly Phrasing[]> =>
    new Map(queries.map((query) => [query.id, query.questions.map((text) => compilePhrasing(query, text, wording))]));
  const plain = createWording(catalogue);
  const { wording, mayDrop } = learnOptionalWords(compile(plain), plain);
  const phrasingsOf = compile(wording);
  const phrasings = [...phrasingsOf.values()].flat();
  const words = new Set(phrasings.flatMap(({ stems }) => [...stems]));
  const correct = createSpelling(words);
  const valuesOf = createValueIndex(catalogue);
  const index = createPhrasingIndex(phrasings);
  const matcher = createMatcher({
    phrasings,
    index,
    bindingsOf: createBindings(phrasings, valuesOf),
    wording,
    mayDrop,
    isWord: (stem) => words.has(stem) || isLexiconWord(stem),
    now: () => ({ today: today(), dates }),
  });

  const { askable, near } = createAskableQuestions({ phrasingsOf, index, matcher, valuesOf, vectorsOf, today });

  /** A single match without a rival is the answer; otherwise the person chooses. */
  function decide(
    { matches, rivals }: WholeReading,
    used: readonly string[],
    locale: Locale,
  ): VerifiedMatch | undefined {
    const [only, ...others] = matches;
    if (only === undefined) return undefined;
    const near = rivals();
    if (others.length === 0 && near.length === 0) return { ...only, definitions: used };
    const asked = askedOf(only.parameters);
    const meant = matches.flatMap(({ query, parameters }) => askable(query, askedOf(parameters), locale));
    const rival = near.slice(0, maxSuggestions).flatMap((query) => askable(query, asked, locale));
    // One query may be meant with different values.
    const suggestions = [...meant, ...rival.filter(isFirst)].filter(isFirstText);
    if (suggestions.length === 0) return undefined;
    return { kind: 'ask', suggestions: suggestions.slice(0, maxSuggestions) };
  }

  function match(
    question: string,
    { locale, definitions = [], previous, leans = false, chosen = false, found, meaning }: MatchContext,
  ): VerifiedMatch {
    const looked = found && lookedUp(found);
    // A term that the team defined means what the team says; the question as typed is not tried.
    const { text, used } = applyDefinitions(question, definitions) ?? { text: question, used: [] };
    const { matches, rivals } = leans ? nothingWhole : matcher.exact(text, locale, looked);
    const whole = decide({ matches, rivals: chosen ? () => [] : rivals }, used, locale);
    if (whole !== undefined) return whole;
    const following =
      previous && decide({ matches: matcher.followUp(text, previous, locale, looked), rivals: () => [] }, used, locale);
    const regrouped = (): VerifiedMatch | undefined =>
      previous && decide({ matches: matcher.regrouped(text, previous, locale), rivals: () => [] }, used, locale);
    return following ?? regrouped() ?? { kind: 'none', near: () => nearTo(question, locale, meaning) };
  }

  /** Questions for the text with corrected spelling, then similar ones. */
  function nearTo(question: string, locale: Locale, meaning: Float32Array | undefined): readonly AskableQuestion[] {
    const corrected = correct(question);
    const meant = corrected === undefined ? [] : matcher.exact(corrected, locale).matches;
    return [
      ...meant.flatMap(({ query, parameters }) => askable(query, askedOf(parameters), locale)),
      ...near(corrected ?? question, maxSuggestions, locale, nearEnough, meaning),
    ]
      .filter(isFirst)
      .slice(0, maxSuggestions);
  }

  return {
    match,
    wanted: createWantedValues(queries, catalogue, matcher),
    isReachable: createReach(phrasingsOf, matcher, valuesOf),
    suggest: (n, locale) =>
      spread(queries, n, ({ id }) => phrasingsOf.get(id)?.[0]?.elements ?? []).flatMap((query) =>
        askable(query, {}, locale),
      ),
    nearest: (question, n, locale, meaning) => near(question, n, locale, 0, meaning),
    bind: ({ query, parameters }) => ({ sql: query.sql, values: placeholderValues(parameters) }),
    sentence: answerSentence,
  };
}
