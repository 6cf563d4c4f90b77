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
 * Meanings of a choice's words, mapped to its key. `grouped`: the place follows "by", so that "revenue by {grain}"
 * finds both "by month" and "monthly". A key itself counts as a word only after "by" or when no words are listed.
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

/** Gives, for a phrasing, how each parameter of its query is found in a question. */
export type BindingsOf = (phrasing: Phrasing) => Readonly<Record<string, Binding>>;

/**
 * Creates all bindings at once, so that the first question does not wait for an index of values. Equal parameters share
 * one binding, so that a question is searched only once.
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
