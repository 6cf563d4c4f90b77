import { type Binding, meaningOf } from './mentions.ts';
import type { Phrasing } from './phrasing.ts';
import { readText } from './tokens.ts';
import { type ColumnValues, joinWords } from './values.ts';
import type { Parameter } from './verified-query.ts';

const noValues: ColumnValues = { values: [], find: () => undefined, findMisspelt: () => undefined };

const synonymsOf = (parameter: Parameter): ReadonlyMap<string, string> =>
  new Map(
    parameter.type === 'value'
      ? Object.entries(parameter.synonyms).flatMap(([value, words]) =>
          words.map((word) => [joinWords(word), value] as const),
        )
      : [],
  );

const meaning = (text: string): string => meaningOf(readText(text).tokens.map((token) => token.stem));

/**
 * What the words of a choice mean, for a place after "by" or elsewhere: in "revenue by {grain}" both "by month" and
 * "monthly" are found whole. A key alone counts as a word where it follows "by" or nothing else is listed.
 */
function formsOf(parameter: Parameter, grouped: boolean): ReadonlyMap<string, string> {
  if (parameter.type !== 'choice') return new Map();
  const forms = Object.entries(parameter.choices).flatMap(([key, words]) =>
    (grouped || words.length === 0 ? [key.replaceAll('_', ' '), ...words] : words).map((word) => {
      const plain = meaning(word);
      return [grouped && !plain.startsWith('BY ') ? `BY ${plain}` : plain, key] as const;
    }),
  );
  return new Map(forms.filter(([form]) => form !== ''));
}

/** How the parameters of a query are found, for one of its phrasings. */
export type BindingsOf = (phrasing: Phrasing) => Readonly<Record<string, Binding>>;

export function createBindings(valuesOf: (column: string) => ColumnValues): BindingsOf {
  const cache = new Map<string, Binding>();
  const bindingOf = (id: string, name: string, parameter: Parameter, grouped: boolean): Binding => {
    const key = JSON.stringify([id, name, grouped]);
    const binding = cache.get(key) ?? {
      parameter,
      values: parameter.type === 'value' ? valuesOf(parameter.column) : noValues,
      synonyms: synonymsOf(parameter),
      forms: formsOf(parameter, grouped),
    };
    cache.set(key, binding);
    return binding;
  };
  const perPhrasing = new WeakMap<Phrasing, Readonly<Record<string, Binding>>>();
  return (phrasing) => {
    const known =
      perPhrasing.get(phrasing) ??
      Object.fromEntries(
        Object.entries(phrasing.query.parameters).map(([name, parameter]) => {
          const grouped = phrasing.grouped.has(name) || !phrasing.names.includes(name);
          return [name, bindingOf(phrasing.query.id, name, parameter, grouped)];
        }),
      );
    perPhrasing.set(phrasing, known);
    return known;
  };
}
