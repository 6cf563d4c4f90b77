import type { PackedVectors } from '../memory/packed-vectors.ts';
import type { Locale } from '../namespace.ts';
import type { Catalogue } from '../sql/catalogue.ts';
import { askableTexts } from './askable.ts';
import { createBindings } from './bindings.ts';
import type { DateReader, Day } from './dates.ts';
import { applyDefinitions } from './definitions.ts';
import { fillParameters } from './interpretation.ts';
import { isLexiconWord } from './lexicon.ts';
import { createMatcher } from './matcher.ts';
import { serialiseParameters } from './parameters.ts';
import { compilePhrasing, type Phrasing, type Wording } from './phrasing.ts';
import { createPhrasingIndex, type QuestionVectors } from './phrasing-index.ts';
import { placeholderValues } from './placeholder-values.ts';
import { renderSentence } from './render-sentence.ts';
import { rivalsOf } from './rivals.ts';
import { createSpelling } from './spelling.ts';
import { spread } from './spread.ts';
import { createValueIndex } from './values.ts';
import type {
  AskableQuestion,
  BoundParameters,
  ExactMatch,
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
/** Askable texts kept; each takes some milliseconds to find. */
const keptTexts = 5_000;
/** Offered when nothing fits whole. */
const maxSuggestions = 3;

/** The phrasings of a query, those in the language of the reader first. */
const inLanguage = (phrasings: readonly Phrasing[], locale: Locale): readonly Phrasing[] =>
  phrasings.toSorted((a, b) => Number(b.han === (locale === 'zh')) - Number(a.han === (locale === 'zh')));

/** Without the defaults: what a suggested question has to say. */
const askedOf = (parameters: BoundParameters): BoundParameters =>
  Object.fromEntries(Object.entries(parameters).filter(([, { asked }]) => asked));

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
  const wording = learnOptionalWords(compile(plain), plain);
  const phrasingsOf = compile(wording);
  const phrasings = [...phrasingsOf.values()].flat();
  const rivals = rivalsOf(phrasings);
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
    bindingsOf: createBindings(valuesOf),
    wording,
    isWord: (stem) => words.has(stem) || isLexiconWord(stem),
    now: () => ({ today: today(), dates }),
  });

  const asked = new Map<string, readonly AskableQuestion[]>();
  /** The first wording that is understood as this query and no other, worked out once. */
  function askable(query: VerifiedQuery, known: BoundParameters, locale: Locale): readonly AskableQuestion[] {
    const key = JSON.stringify([query.id, locale, today(), serialiseParameters(known)]);
    const found = asked.get(key) ?? understood(query, known, locale);
    if (asked.size >= keptTexts) asked.clear();
    asked.set(key, found);
    return found;
  }

  function understood(query: VerifiedQuery, known: BoundParameters, locale: Locale): readonly AskableQuestion[] {
    for (const phrasing of inLanguage(phrasingsOf.get(query.id) ?? [], locale)) {
      for (const text of askableTexts(phrasing, known, locale, valuesOf)) {
        const matches = matcher.exact(text, locale);
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

  /** One reading is the answer, several are a question back. */
  function decide(
    matches: readonly ExactMatch[],
    used: readonly string[],
    locale: Locale,
    isChosen = false,
  ): VerifiedMatch | undefined {
    const [only, ...others] = matches;
    if (only === undefined) return undefined;
    const alike = rivals.get(only.query.id);
    if (others.length === 0 && (alike === undefined || isChosen)) return { ...only, definitions: used };
    const meant = matches.flatMap(({ query, parameters }) => askable(query, askedOf(parameters), locale));
    const suggestions = [
      ...meant,
      ...queries.filter(({ id }) => alike?.has(id)).flatMap((query) => askable(query, {}, locale)),
    ];
    if (suggestions.length === 0) return undefined;
    return { kind: 'suggest', ambiguous: true, suggestions: suggestions.slice(0, maxSuggestions) };
  }

  function match(
    question: string,
    { locale, definitions = [], previous, isChosen = false, meaning }: MatchContext,
  ): VerifiedMatch {
    // A term that the team defined means what the team says: the words as typed are not tried beside it.
    const { text, used } = applyDefinitions(question, definitions) ?? { text: question, used: [] };
    const whole = decide(matcher.exact(text, locale), used, locale, isChosen);
    if (whole !== undefined) return whole;
    const following = previous && decide(matcher.followUp(text, previous, locale), used, locale, true);
    if (following !== undefined) return following;
    const corrected = correct(question);
    const meant = corrected === undefined ? [] : matcher.exact(corrected, locale);
    const suggestions = [
      ...meant.flatMap(({ query, parameters }) => askable(query, askedOf(parameters), locale)),
      ...near(corrected ?? question, maxSuggestions, locale, nearEnough, meaning),
    ].filter(({ queryId }, i, all) => all.findIndex((other) => other.queryId === queryId) === i);
    return suggestions.length > 0
      ? { kind: 'suggest', ambiguous: false, suggestions: suggestions.slice(0, maxSuggestions) }
      : { kind: 'none' };
  }

  return {
    match,
    suggest: (n, locale) =>
      spread(queries, n, ({ id }) => phrasingsOf.get(id)?.[0]?.elements ?? []).flatMap((query) =>
        askable(query, {}, locale),
      ),
    nearest: (question, n, locale, meaning) => near(question, n, locale, 0, meaning),
    bind: ({ query, parameters }) => ({ sql: query.sql, values: placeholderValues(parameters) }),
    sentence({ query, parameters }, result, locale) {
      const title = fillParameters((locale === 'zh' ? query.title_zh : undefined) ?? query.title, parameters);
      const zh = locale === 'zh';
      if (result.rows.length === 0) return zh ? `没有符合条件的数据：${title}。` : `Nothing found: ${title}.`;
      const template = (zh ? query.answer_zh : undefined) ?? query.answer;
      const rows = zh ? `${title}：{rows} 行。` : `${title}: {rows} ${result.rowCount === 1 ? 'row' : 'rows'}.`;
      return renderSentence(template, result, locale, parameters) ?? renderSentence(rows, result, locale) ?? title;
    },
  };
}
