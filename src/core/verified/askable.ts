import type { Locale } from '../base/namespace.ts';
import type { ColumnValues } from '../language/column-values.ts';
import { isHan } from '../language/tokens.ts';
import { choiceText } from './bind-parameters.ts';
import type { Phrasing } from './phrasing.ts';
import type { BoundParameter, BoundParameters } from './verified-match.ts';
import type { Parameter } from './verified-query.ts';

/** Words in the reader's language first. */
const inLanguage = (words: readonly string[], locale: Locale): readonly string[] =>
  words.toSorted((a, b) => Number(isHan(b) === (locale === 'zh')) - Number(isHan(a) === (locale === 'zh')));

/** A full sentence such as "How many orders did we get" sounds incomplete without its period. */
const isSentence = /^how (many|much) |\bdid\b|？$/iu;

/** The grain that most reports use, where there is a choice. */
const usualGrain = 'month';

/** Ends with a word that a period can follow directly: "compared to last month". */
const joined = /(^|\b(in|on|of|for|with|vs|than|to|and|from|between|during|since|until|before|after))\s*$/iu;

/** A bound period with the preposition that fits the words before it: "in August 2026", "on 5 May 2026". */
export function periodAfter(before: string, period: string): readonly string[] {
  if (joined.test(before)) return [period];
  const inner = / – /u.test(period)
    ? [`from ${period.replace(' – ', ' to ')}`, `from ${period}`]
    : /^\d{1,2} /u.test(period)
      ? [`on ${period}`]
      : /^(Q\d|\d{4}$|[A-Z][a-z]+ \d{4}$)/u.test(period)
        ? [`in ${period}`]
        : [];
  return [...inner, period];
}

/**
 * Wordings of one parameter in a question, best first. `isSecond`: another parameter of this type already uses the
 * first wording.
 */
function wordings(
  parameter: Parameter,
  phrasing: string,
  isSecond: boolean,
  locale: Locale,
  valuesOf: (column: string) => ColumnValues,
): readonly string[] {
  const zh = locale === 'zh';
  switch (parameter.type) {
    case 'integer':
      return [String(parameter.default ?? Math.min(Math.max(5, parameter.min), parameter.max))];
    case 'number':
      return [
        String(parameter.default ?? Math.min(Math.max(100, parameter.min ?? 0), parameter.max ?? Number.MAX_VALUE)),
      ];
    case 'period': {
      // Two of them are compared, so they are of one length.
      const usual = isSecond ? (zh ? '两个月前' : '2 months ago') : zh ? '上个月' : 'last month';
      if (parameter.default === undefined) return [usual];
      return isSentence.test(phrasing) ? [usual, ''] : ['', usual];
    }
    case 'value': {
      const values = [parameter.default, ...valuesOf(parameter.column).values.slice(0, 3)].filter(
        (value) => value !== undefined,
      );
      return zh
        ? inLanguage(
            values.flatMap((value) => [value, ...(parameter.synonyms[value] ?? [])]),
            locale,
          )
        : values;
    }
    case 'choice': {
      const usual = parameter.default ?? usualGrain;
      return Object.entries(parameter.choices)
        .toSorted(([a], [b]) => Number(b === usual) - Number(a === usual))
        .flatMap(([key, words]) => [
          ...new Set([
            ...fitting(words, locale),
            choiceText(words, key, locale),
            ...inLanguage(words, locale),
            key.replaceAll('_', ' '),
          ]),
        ]);
    }
  }
}

/** Puts wordings that fit any noun first: "by month" before "monthly", 每月 before 按月. */
const fitting = (words: readonly string[], locale: Locale): readonly string[] =>
  words.filter((word) => word.startsWith(locale === 'zh' ? '每' : 'by '));

/** A bound parameter as it was asked, adapted to its place in the phrasing. */
function displays(
  { type, display }: BoundParameter,
  { text, han }: Phrasing,
  name: string,
  locale: Locale,
): readonly string[] {
  if (type !== 'period' || locale === 'zh' || han) return [display];
  return periodAfter(text.slice(0, Math.max(0, text.indexOf(`{${name}}`))), display);
}

/** Cleans up blanks and punctuation after parts were left out. */
const tidy = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[?!.,])/gu, '')
    .replace(/^的/u, '')
    .trim()
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** Wordings to try before giving up. */
const maxTexts = 24;

/**
 * Questions made from a phrasing, with bound parameters as they were asked and the others with their defaults or first
 * values. The caller keeps the first one that matches its query.
 */
export function askableTexts(
  phrasing: Phrasing,
  known: BoundParameters,
  locale: Locale,
  valuesOf: (column: string) => ColumnValues,
): readonly string[] {
  let texts = [phrasing.text];
  const types = new Set<string>();
  for (const [name, parameter] of Object.entries(phrasing.query.parameters)) {
    const isSecond = types.has(parameter.type);
    types.add(parameter.type);
    const bound = known[name];
    const chosen =
      bound?.type === 'choice' && parameter.type === 'choice' ? (parameter.choices[bound.value] ?? []) : [];
    const first = bound === undefined ? [] : displays(bound, phrasing, name, locale);
    const same = chosen.filter((word) => isHan(word) === (locale === 'zh'));
    const options = [
      ...new Set([
        ...fitting(same, locale),
        ...first,
        ...same,
        ...wordings(parameter, phrasing.text, isSecond, locale, valuesOf),
      ]),
    ];
    texts = options.flatMap((option) => texts.map((text) => text.replaceAll(`{${name}}`, option))).slice(0, maxTexts);
  }
  return [...new Set(texts.map(tidy))];
}
