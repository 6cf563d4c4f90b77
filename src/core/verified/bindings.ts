import { type ColumnValues, joinWords } from '../language/column-values.ts';
import { readText } from '../language/tokens.ts';
import { type Binding, meaningOf } from './mentions.ts';
import type { Phrasing } from './phrasing.ts';
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

/**
 * All of them are made here: the first question would wait for an index of its values otherwise. Parameters that are
 * alike share one, so that a question is searched for them once.
 */
export function createBindings(phrasings: readonly Phrasing[], valuesOf: (column: string) => ColumnValues): BindingsOf {
  const alike = new Map<string, Binding>();
  const bindingOf = (parameter: Parameter, grouped: boolean): Binding => {
    const key = JSON.stringify([parameter, grouped]);
    const binding = alike.get(key) ?? {
      parameter,
      values: parameter.type === 'value' ? valuesOf(parameter.column) : noValues,
      synonyms: synonymsOf(parameter),
      forms: formsOf(parameter, grouped),
    };
    alike.set(key, binding);
    return binding;
  };
  const made = phrasings.map((phrasing) => {
    const bindings = Object.entries(phrasing.query.parameters).map(([name, parameter]) => {
      const grouped = phrasing.grouped.has(name) || !phrasing.names.includes(name);
      return [name, bindingOf(parameter, grouped)] as const;
    });
    return [phrasing, Object.fromEntries(bindings)] as const;
  });
  const perPhrasing = new Map(made);
  return (phrasing) => perPhrasing.get(phrasing) ?? {};
}
