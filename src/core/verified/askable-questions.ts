import { LRUCache } from 'lru-cache';
import type { Locale } from '../base/namespace.ts';
import type { ColumnValues } from '../language/column-values.ts';
import type { Day } from '../language/dates.ts';
import type { PackedVectors } from '../vectors/packed-vectors.ts';
import { askableTexts } from './askable.ts';
import type { Matcher } from './matcher.ts';
import { serialiseParameters } from './parameters.ts';
import type { Phrasing } from './phrasing.ts';
import type { PhrasingIndex, QuestionVectors } from './phrasing-index.ts';
import type { AskableQuestion, BoundParameters } from './verified-match.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** The most suggestions that are cached. */
const maxCached = 5000;

/** Finds questions to suggest, each of which matches its query exactly. */
export type AskableQuestions = {
  /** A question for this query with these parameters; none when every wording means something else as well. */
  askable(query: VerifiedQuery, known: BoundParameters, locale: Locale): readonly AskableQuestion[];
  /** Questions of the nearest `n` queries whose score is at least `least`, nearest first. */
  near(question: string, n: number, locale: Locale, least: number, meaning?: Float32Array): readonly AskableQuestion[];
};

type Source = {
  /** Phrasings by the id of their query. */
  readonly phrasingsOf: ReadonlyMap<string, readonly Phrasing[]>;
  readonly index: PhrasingIndex;
  readonly matcher: Matcher;
  readonly valuesOf: (column: string) => ColumnValues;
  /** Vectors of these texts in their order, as soon as they exist. */
  readonly vectorsOf: (texts: readonly string[]) => PackedVectors | undefined;
  readonly today: () => Day;
};

/** Phrasings in the reader's language first. */
const inLanguage = (phrasings: readonly Phrasing[], locale: Locale): readonly Phrasing[] =>
  phrasings.toSorted((a, b) => Number(b.han === (locale === 'zh')) - Number(a.han === (locale === 'zh')));

/** A phrasing without its slots: their names are words of the file's author, not of a person who asks. */
const withoutSlots = ({ text }: Phrasing): string =>
  text
    .replace(/\{[^{}]+\}/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** Creates the suggestions of one source. */
export function createAskableQuestions({
  phrasingsOf,
  index,
  matcher,
  valuesOf,
  vectorsOf,
  today,
}: Source): AskableQuestions {
  const embedded = [...phrasingsOf.values()].flat().map(withoutSlots);
  const vectorsFor = (question: Float32Array | undefined): QuestionVectors | undefined => {
    const vectors = question && vectorsOf(embedded);
    return question && vectors ? { question, phrasings: vectors } : undefined;
  };

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

  // The same suggestions are offered for many questions of a day.
  const cache = new LRUCache<string, readonly AskableQuestion[]>({ max: maxCached });
  function askable(query: VerifiedQuery, known: BoundParameters, locale: Locale): readonly AskableQuestion[] {
    const key = JSON.stringify([query.id, serialiseParameters(known), locale, today()]);
    const found = cache.get(key) ?? findAskable(query, known, locale);
    cache.set(key, found);
    return found;
  }

  return {
    askable,
    near(question, n, locale, least, meaning) {
      const ranked = index.rank(question, n * 12, vectorsFor(meaning)).filter(({ score }) => score >= least);
      const best = new Map(ranked.toReversed().map(({ phrasing }) => [phrasing.query.id, phrasing]));
      const inOrder = [...new Set(ranked.map(({ phrasing }) => phrasing.query.id))].slice(0, n);
      return inOrder
        .flatMap((id) => best.get(id) ?? [])
        .map((phrasing) => ({ query: phrasing.query, known: matcher.known(question, phrasing, locale) }))
        .flatMap(({ query, known }) => askable(query, known, locale));
    },
  };
}
