import type { Locale } from '../namespace.ts';
import { choiceText } from './bind-parameters.ts';
import type { Phrasing } from './phrasing.ts';
import { isHan } from './tokens.ts';
import type { ColumnValues } from './values.ts';
import type { BoundParameters } from './verified-match.ts';
import type { Parameter } from './verified-query.ts';

/** Wordings of one parameter in a question, the best first. */
function wordings(parameter: Parameter, locale: Locale, valuesOf: (column: string) => ColumnValues): readonly string[] {
  const zh = locale === 'zh';
  switch (parameter.type) {
    case 'integer':
      return [String(parameter.default ?? Math.min(Math.max(5, parameter.min), parameter.max))];
    case 'number':
      return [String(parameter.default ?? parameter.min ?? 100)];
    case 'period': {
      const usual = zh ? '上个月' : 'last month';
      return parameter.default === undefined ? [usual] : ['', usual];
    }
    case 'value':
      return [parameter.default, ...valuesOf(parameter.column).values.slice(0, 3)].filter(
        (value) => value !== undefined,
      );
    case 'choice':
      return Object.entries(parameter.choices)
        .toSorted(([a], [b]) => Number(b === parameter.default) - Number(a === parameter.default))
        .flatMap(([key, words]) => [...new Set([choiceText(words, key, locale), key.replaceAll('_', ' '), ...words])]);
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
  for (const [name, parameter] of Object.entries(phrasing.query.parameters)) {
    const bound = known[name];
    const chosen =
      bound?.type === 'choice' && parameter.type === 'choice' ? (parameter.choices[bound.value] ?? []) : [];
    const first =
      bound === undefined ? [] : [bound.display, ...chosen.filter((word) => isHan(word) === (locale === 'zh'))];
    const options = [...new Set([...first, ...wordings(parameter, locale, valuesOf)])];
    texts = options.flatMap((option) => texts.map((text) => text.replaceAll(`{${name}}`, option))).slice(0, maxTexts);
  }
  return [...new Set(texts.map(tidy))];
}
