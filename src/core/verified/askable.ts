import type { Locale } from '../namespace.ts';
import { choiceText } from './bind-parameters.ts';
import type { Phrasing } from './phrasing.ts';
import { isHan } from './tokens.ts';
import type { ColumnValues } from './values.ts';
import type { BoundParameters } from './verified-match.ts';
import type { Parameter } from './verified-query.ts';

/** Words in the reader's language before the others. */
const inLanguage = (words: readonly string[], locale: Locale): readonly string[] =>
  words.toSorted((a, b) => Number(isHan(b) === (locale === 'zh')) - Number(isHan(a) === (locale === 'zh')));

/** Wordings of one parameter in a question, the best first. `isSecond`: another parameter of this type has its words. */
function wordings(
  parameter: Parameter,
  isSecond: boolean,
  locale: Locale,
  valuesOf: (column: string) => ColumnValues,
): readonly string[] {
  const zh = locale === 'zh';
  switch (parameter.type) {
    case 'integer':
      return [String(parameter.default ?? Math.min(Math.max(5, parameter.min), parameter.max))];
    case 'number':
      return [String(parameter.default ?? parameter.min ?? 100)];
    case 'period': {
      const usual = isSecond ? (zh ? '上个季度' : 'last quarter') : zh ? '上个月' : 'last month';
      return parameter.default === undefined ? [usual] : ['', usual];
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
    case 'choice':
      return Object.entries(parameter.choices)
        .toSorted(([a], [b]) => Number(b === parameter.default) - Number(a === parameter.default))
        .flatMap(([key, words]) => [
          ...new Set([choiceText(words, key, locale), ...inLanguage(words, locale), key.replaceAll('_', ' ')]),
        ]);
  }
}

/** A sentence from which a part was left out. */
const tidy = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[?!.,])/gu, '')
    .replace(/^的/u, '')
    .trim();

/** Enough wordings to find one that reads back. */
const maxTexts = 24;

/**
 * Questions made from a phrasing: bound parameters as they were asked, the others with their defaults or the first values
 * there are. The caller keeps the first that matches again.
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
    const first =
      bound === undefined ? [] : [bound.display, ...chosen.filter((word) => isHan(word) === (locale === 'zh'))];
    const options = [...new Set([...first, ...wordings(parameter, isSecond, locale, valuesOf)])];
    texts = options.flatMap((option) => texts.map((text) => text.replaceAll(`{${name}}`, option))).slice(0, maxTexts);
  }
  return [...new Set(texts.map(tidy))];
}
