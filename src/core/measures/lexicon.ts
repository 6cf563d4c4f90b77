import { normalise, stem, type Token, tokenise } from '../verified/tokens.ts';
import { isOneEdit, joinWords } from '../verified/values.ts';
import type { Directed, FieldValue, Item } from './items.ts';
import { type Field, isNumeric, type Model } from './model.ts';
import { comparatives, grainWords, type Hint, noise, superlatives, type TimeGrain, type Word, words } from './words.ts';

/** Everything that words can stand for in one source. */
export interface Lexicon {
  /** What exactly these tokens can be. */
  items(tokens: readonly Token[]): readonly Item[];
  /** The fields that hold this value, whatever its case, blanks and punctuation. */
  value(text: string): readonly FieldValue[];
  /** What a single word that is nothing else can be when one letter of it is wrong. Five letters and more. */
  misspelt(token: Token): readonly Item[];
  /** Where phrases without weight that begin at `from` end. */
  noiseFrom(tokens: readonly Token[], from: number): readonly number[];
  isNoiseWord(text: string): boolean;
}

const keyOf = (parts: readonly string[]): string => parts.join(' ');
const textKey = (phrase: string): string => keyOf(tokenise(normalise(phrase)).map(({ text }) => text));
const stemKey = (phrase: string): string => keyOf(tokenise(normalise(phrase)).map((token) => token.stem));

function pushTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Words of the question's grammar, by their text: "orders" is not "order". */
const grammarItems: ReadonlyMap<string, readonly Item[]> = (() => {
  const items = new Map<string, Item[]>();
  for (const [word, phrases] of Object.entries(words) as [Word, readonly string[]][])
    for (const phrase of phrases) pushTo(items, textKey(phrase), { kind: 'word', word });
  for (const [grain, { names, by }] of Object.entries(grainWords) as [TimeGrain, (typeof grainWords)['day']][]) {
    for (const name of names.flatMap((one) => [one, `${one}s`])) pushTo(items, textKey(name), { kind: 'grain', grain });
    for (const phrase of by) pushTo(items, textKey(phrase), { kind: 'byGrain', grain });
  }
  return items;
})();
const noiseKeys = new Set(noise.map(textKey));
const longestNoise = 6;

/** The fields that an adjective can mean: those whose name has one of its hints. */
const directed = (fields: readonly Field[], hints: readonly Hint[]): readonly Directed[] =>
  hints.flatMap(({ hints: hinted, high }) =>
    fields
      .filter((field) => isNumeric(field) || field.isTime)
      .filter((field) => field.phrases.some((phrase) => hinted.some((hint) => ` ${stemKey(phrase)} `.includes(` ${stemKey(hint)} `))))
      .map((field) => ({ field, high })),
  );

function modelItems(model: Model): Map<string, Item[]> {
  const items = new Map<string, Item[]>();
  const fields = [...model.fields.values()].filter((field) => !field.hidden);
  for (const metric of model.metrics.values())
    if (!metric.hidden)
      for (const key of new Set(metric.phrases.map(stemKey))) pushTo(items, key, { kind: 'metric', metric });
  for (const dataset of model.datasets.values())
    if (!dataset.hidden)
      for (const key of new Set(dataset.phrases.map(stemKey))) pushTo(items, key, { kind: 'entity', dataset });
  const named = new Map<string, Field[]>();
  for (const field of fields) for (const key of new Set(field.phrases.map(stemKey))) pushTo(named, key, field);
  for (const [key, found] of named) pushTo(items, key, { kind: 'fields', fields: found });
  return items;
}

function adjectiveItems(model: Model): Map<string, Item[]> {
  const items = new Map<string, Item[]>();
  const fields = [...model.fields.values()].filter((field) => !field.hidden && !field.isKey);
  const put = (kind: 'superlative' | 'comparative', table: Readonly<Record<string, readonly Hint[]>>): void => {
    for (const [phrase, hints] of Object.entries(table)) {
      const keys = directed(fields, hints);
      if (keys.length > 0) pushTo(items, textKey(phrase), { kind, keys });
    }
  };
  put('superlative', superlatives);
  put('comparative', comparatives);
  return items;
}

function valuesOf(model: Model): Map<string, FieldValue[]> {
  const values = new Map<string, FieldValue[]>();
  for (const field of model.fields.values()) {
    if (field.hidden) continue;
    for (const value of field.values)
      for (const name of [value, ...(field.valueSynonyms[value] ?? [])]) {
        const joined = joinWords(name);
        if (joined !== '' && !values.get(joined)?.some((one) => one.field === field))
          pushTo(values, joined, { field, value });
      }
  }
  return values;
}

/** One-letter words and numbers are too often something else to be values by themselves. */
const isNameable = (joined: string): boolean => /\p{Script=Han}/u.test(joined) || (joined.length > 1 && !/^\d+$/u.test(joined));

export function createLexicon(model: Model): Lexicon {
  const own = modelItems(model);
  const adjectives = adjectiveItems(model);
  const values = valuesOf(model);
  const singleWords = [...own.keys()].filter((key) => key.length >= 5 && /^\p{Script=Latin}+$/u.test(key));
  const longValues = [...values.keys()].filter((key) => key.length >= 5 && /^\p{L}+$/u.test(key));
  const value = (text: string): readonly FieldValue[] => {
    const joined = joinWords(text);
    if (!isNameable(joined)) return [];
    return values.get(joined) ?? values.get(stem(joined)) ?? [];
  };
  return {
    value,
    items(tokens) {
      const byText = keyOf(tokens.map(({ text }) => text));
      const byStem = keyOf(tokens.map((token) => token.stem));
      return [...(own.get(byStem) ?? []), ...(grammarItems.get(byText) ?? []), ...(adjectives.get(byText) ?? [])];
    },
    misspelt({ text, stem: word }) {
      if (word.length < 5 || !/^\p{Script=Latin}+$/u.test(word)) return [];
      const names = singleWords.filter((key) => isOneEdit(word, key)).flatMap((key) => own.get(key) ?? []);
      const found = longValues.filter((key) => isOneEdit(text, key)).flatMap((key) => values.get(key) ?? []);
      return found.length === 0 ? names : [...names, { kind: 'values', values: found }];
    },
    noiseFrom(tokens, from) {
      const ends: number[] = [];
      for (let to = from + 1; to <= Math.min(tokens.length, from + longestNoise); to++)
        if (noiseKeys.has(keyOf(tokens.slice(from, to).map(({ text }) => text)))) ends.push(to);
      return ends;
    },
    isNoiseWord: (text) => noiseKeys.has(text),
  };
}
