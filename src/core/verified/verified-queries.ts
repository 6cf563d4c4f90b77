import { LRUCache } from 'lru-cache';
import type { Locale } from '../base/namespace.ts';
import type { Catalogue } from '../data/catalogue.ts';
import type { DateReader, Day } from '../language/dates.ts';
import { applyDefinitions } from '../language/definitions.ts';
import { createSpelling } from '../language/spelling.ts';
import type { PackedVectors } from '../vectors/packed-vectors.ts';
import { askableTexts } from './askable.ts';
import { createBindings } from './bindings.ts';
import { fillParameters } from './interpretation.ts';
import { isLexiconWord } from './lexicon.ts';
import { createMatcher, type WholeReading } from './matcher.ts';
import { serialiseParameters } from './parameters.ts';
import { compilePhrasing, type Phrasing, type Wording } from './phrasing.ts';
import { createPhrasingIndex, type QuestionVectors } from './phrasing-index.ts';
import { placeholderValues } from './placeholder-values.ts';
import { isNothing, nothingFound, renderSentence } from './render-sentence.ts';
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
import { createWording, learnOptionalWords } from './wording.ts';

export type VerifiedQueriesOptions = {
  readonly queries: readonly VerifiedQuery[];
  readonly catalogue: Catalogue;
  /** The source's own today: see `DataSource.today`. */
  readonly today: () => Day;
  readonly dates: DateReader;
  /** Vectors of these texts in their order, once they are there. Without, words and letters rank alone. */
  readonly vectorsOf?: (texts: readonly string[]) => PackedVectors | undefined;
};

/** Below this score a phrasing has little to do with the question. */
const nearEnough = 0.37;
const nothingWhole: WholeReading = { matches: [], rivals: () => [] };
/** Suggestions that are kept in words. */
const mostKept = 5000;
/** Offered when nothing fits whole. */
const maxSuggestions = 3;

/** The phrasings of a query, those in the language of the reader first. */
const inLanguage = (phrasings: readonly Phrasing[], locale: Locale): readonly Phrasing[] =>
  phrasings.toSorted((a, b) => Number(b.han === (locale === 'zh')) - Number(a.han === (locale === 'zh')));

/** Without the defaults: what a suggested question has to say. */
const askedOf = (parameters: BoundParameters): BoundParameters =>
  Object.fromEntries(Object.entries(parameters).filter(([, { asked }]) => asked));

/** One suggestion for each query: the first. */
const isFirst = ({ queryId }: AskableQuestion, at: number, all: readonly AskableQuestion[]): boolean =>
  all.findIndex((other) => other.queryId === queryId) === at;

const isFirstText = ({ text }: AskableQuestion, at: number, all: readonly AskableQuestion[]): boolean =>
  all.findIndex((other) => other.text === text) === at;

/** Makes the queries of one source askable. Compiles every phrasing; reads nothing and writes nothing. */
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
  // A slot's name is a word of the file's author, not of a person who asks.
  const embedded = phrasings.map(({ text }) =>
    text
      .replace(/\{[^{}]+\}/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim(),
  );
  const vectorsFor = (question: Float32Array | undefined): QuestionVectors | undefined => {
    const vectors = question && vectorsOf(embedded);
    return question && vectors ? { question, phrasings: vectors } : undefined;
  };
  const matcher = createMatcher({
    phrasings,
    index,
    bindingsOf: createBindings(phrasings, valuesOf),
    wording,
    mayDrop,
    isWord: (stem) => words.has(stem) || isLexiconWord(stem),
    now: () => ({ today: today(), dates }),
  });

  const askables = new LRUCache<string, readonly AskableQuestion[]>({ max: mostKept });
  /** `findAskable`, kept: the same suggestions are offered for many questions of a day. */
  function askable(query: VerifiedQuery, known: BoundParameters, locale: Locale): readonly AskableQuestion[] {
    const key = JSON.stringify([query.id, serialiseParameters(known), locale, today()]);
    const found = askables.get(key) ?? findAskable(query, known, locale);
    askables.set(key, found);
    return found;
  }

  /** The first wording that is understood as this query and no other. */
  function findAskable(query: VerifiedQuery, known: BoundParameters, locale: Locale): readonly AskableQuestion[] {
    for (const phrasing of inLanguage(phrasingsOf.get(query.id) ?? [], locale)) {
      for (const text of askableTexts(phrasing, known, locale, valuesOf)) {
        const { matches } = matcher.exact(text, locale);
        if (matches.length === 1 && matches[0]?.query.id === query.id) return [{ text, queryId: query.id }];
      }
    }
    return [];
  }

  function near(
    question: string,
    n: number,
    locale: Locale,
    least: number,
    meaning?: Float32Array,
  ): readonly AskableQuestion[] {
    const ranked = index.rank(question, n * 12, vectorsFor(meaning)).filter(({ score }) => score >= least);
    const best = new Map(ranked.toReversed().map(({ phrasing }) => [phrasing.query.id, phrasing]));
    const inOrder = [...new Set(ranked.map(({ phrasing }) => phrasing.query.id))].slice(0, n);
    return inOrder
      .flatMap((id) => best.get(id) ?? [])
      .map((phrasing) => ({ query: phrasing.query, known: matcher.known(question, phrasing, locale) }))
      .flatMap(({ query, known }) => askable(query, known, locale));
  }

  /** One reading without a rival is the answer, several are a question back. */
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
    { locale, definitions = [], previous, leans = false, chosen = false, meaning }: MatchContext,
  ): VerifiedMatch {
    // A term that the team defined means what the team says: the words as typed are not tried beside it.
    const { text, used } = applyDefinitions(question, definitions) ?? { text: question, used: [] };
    const { matches, rivals } = leans ? nothingWhole : matcher.exact(text, locale);
    const whole = decide({ matches, rivals: chosen ? () => [] : rivals }, used, locale);
    if (whole !== undefined) return whole;
    const following =
      previous && decide({ matches: matcher.followUp(text, previous, locale), rivals: () => [] }, used, locale);
    const regrouped = (): VerifiedMatch | undefined =>
      previous && decide({ matches: matcher.regrouped(text, previous, locale), rivals: () => [] }, used, locale);
    return following ?? regrouped() ?? { kind: 'none', near: () => nearTo(question, locale, meaning) };
  }

  /** What it means with its misspelt words corrected, and what is near. */
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
    suggest: (n, locale) =>
      spread(queries, n, ({ id }) => phrasingsOf.get(id)?.[0]?.elements ?? []).flatMap((query) =>
        askable(query, {}, locale),
      ),
    nearest: (question, n, locale, meaning) => near(question, n, locale, 0, meaning),
    bind: ({ query, parameters }) => ({ sql: query.sql, values: placeholderValues(parameters) }),
    sentence({ query, parameters, interpretation }, result, locale, cut) {
      const title = fillParameters((locale === 'zh' ? query.title_zh : undefined) ?? query.title, parameters);
      const zh = locale === 'zh';
      if (isNothing(result)) return nothingFound(interpretation, locale);
      const template = (zh ? query.answer_zh : undefined) ?? query.answer;
      const rows = zh ? `${title}：{rows} 行。` : `${title}: {rows} ${result.rowCount === 1 ? 'row' : 'rows'}.`;
      return renderSentence(template, result, locale, parameters, cut) ?? renderSentence(rows, result, locale) ?? title;
    },
  };
}
