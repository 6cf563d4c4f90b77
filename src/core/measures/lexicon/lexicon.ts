import { isOneEdit, joinWords } from '../../language/column-values.ts';
import { normalise, stem, type Token, tokenise } from '../../language/tokens.ts';
import { mayBeVerb } from '../../language/word-roots.ts';
import { listedValues } from '../model/listed-values.ts';
import { type Field, isNumeric, type Model, truthOf } from '../model/model.ts';
import { wordsOfName } from '../model/names.ts';
import { placesOf } from './demonyms.ts';
import type { Directed, FieldValue, Item } from './items.ts';
import { comparatives, type Hint, superlatives } from './superlatives.ts';
import { createVerbs, type VerbMeaning } from './verbs.ts';
import type { Word } from './word.ts';
import { grainWords, noise, type TimeGrain, words } from './words.ts';

/** An item with what it costs more than other meanings of the same words. */
export type Weighed = { readonly item: Item; readonly cost: number };

/** Everything that words can stand for in one source. */
export interface Lexicon {
  /** What exactly these tokens can be. */
  items(tokens: readonly Token[]): readonly Weighed[];
  /** The fields that hold this value, whatever its case, blanks and punctuation: `joined` as `joinWords` gives it. */
  value(joined: string, isQuoted?: boolean): readonly FieldValue[];
  /** What a single word that is nothing else can be when one letter of it is wrong. Five letters and more. */
  misspelt(token: Token): readonly Item[];
  /** Where phrases without weight that begin at `from` end. */
  noiseFrom(tokens: readonly Token[], from: number): readonly number[];
  isNoiseWord(text: string): boolean;
  /** What a word that is nothing else speaks of when it is a verb. */
  verb(text: string): VerbMeaning | undefined;
}

const keyOf = (parts: readonly string[]): string => parts.join(' ');
const textKey = (phrase: string): string => keyOf(tokenise(normalise(phrase)).map(({ text }) => text));
const stemKeys = new Map<string, string>();
/** Names and hints are compared again and again, in every model. */
function stemKey(phrase: string): string {
  const known = stemKeys.get(phrase);
  if (known !== undefined) return known;
  const key = keyOf(tokenise(normalise(phrase)).map((token) => token.stem));
  if (stemKeys.size < keptKeys) stemKeys.set(phrase, key);
  return key;
}

/** Names and hints of all sources; beyond it they are reread. */
const keptKeys = 20_000;

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
/** "owned by students" groups by nothing. */
const linkKeys = new Set((words.LINK ?? []).map(textKey));
const longestNoise = 6;

/** The fields that an adjective can mean: in each dataset those named like its first hint that fits. */
const directed = (fields: readonly Field[], hints: readonly Hint[]): readonly Directed[] =>
  [...new Set(fields.map(({ dataset }) => dataset))].flatMap((dataset) => {
    const own = fields.filter((field) => field.dataset === dataset);
    for (const { hints: hinted, high } of hints)
      for (const fits of [isNamed, mentions])
        for (const hint of hinted) {
          const found = own.filter((field) => fits(field, stemKey(hint)));
          if (found.length > 0)
            return found.filter((field) => isNumeric(field) || field.isTime).map((field) => ({ field, high }));
        }
    return [];
  });

const isNamed = ({ phrases }: Field, hint: string): boolean => phrases.some((phrase) => stemKey(phrase) === hint);
const mentions = ({ phrases }: Field, hint: string): boolean =>
  phrases.some((phrase) => ` ${stemKey(phrase)} `.includes(` ${hint} `));

/** Where a metric, a dataset and a field share a name, people mean the metric before the rows, and the rows before a column. */
const sharedName = 1;

/** "Asian" says less than "in Asia". */
const ofPlace = 0.2;

/** The column holds the key of the other dataset. */
const pointsTo = (model: Model, field: Field, dataset: string | undefined): boolean =>
  model.relationships.some(
    ({ from, to, fromColumns }) => from === field.dataset && to === dataset && fromColumns.includes(field.name),
  );

function modelItems(model: Model): Map<string, Weighed[]> {
  const items = new Map<string, Weighed[]>();
  const keys = (phrases: readonly string[]): ReadonlySet<string> => new Set(phrases.map(stemKey));
  for (const metric of model.metrics.values())
    if (!metric.hidden)
      for (const key of keys(metric.phrases)) pushTo(items, key, { item: { kind: 'metric', metric }, cost: 0 });
  const metricNames = new Set(items.keys());
  const rows = new Map<string, string>();
  for (const dataset of model.datasets.values())
    if (!dataset.hidden)
      for (const key of keys(dataset.phrases)) {
        pushTo(items, key, { item: { kind: 'entity', dataset }, cost: metricNames.has(key) ? sharedName : 0 });
        rows.set(key, dataset.name);
      }
  const named = new Map<string, Field[]>();
  for (const field of model.fields.values())
    if (!field.hidden) for (const key of keys(field.phrases)) pushTo(named, key, field);
  for (const [key, fields] of named) {
    const isShared =
      metricNames.has(key) ||
      (rows.has(key) &&
        fields.every((field) => field.dataset === rows.get(key) || pointsTo(model, field, rows.get(key))));
    pushTo(items, key, { item: { kind: 'fields', fields }, cost: isShared ? sharedName : 0 });
  }
  return items;
}

/** The same by names without blanks: "high schooler" is `Highschooler`. */
function joinedItems(items: ReadonlyMap<string, readonly Weighed[]>): Map<string, Weighed[]> {
  const joined = new Map<string, Weighed[]>();
  for (const [key, list] of items) for (const one of list) pushTo(joined, key.replaceAll(' ', ''), one);
  return joined;
}

/** "active" says yes of the fields called `active` or `is_active`. */
function flagItems(model: Model): Map<string, Item[]> {
  const flags = new Map<string, FieldValue[]>();
  for (const field of model.fields.values()) {
    const value = field.hidden ? undefined : truthOf(field);
    if (value === undefined) continue;
    const names = field.phrases.map((phrase) => stemKey(phrase.replace(/^(?:is|has|was) /, '')));
    for (const name of new Set(names)) pushTo(flags, name, { field, value });
  }
  return new Map([...flags].map(([name, values]) => [name, [{ kind: 'flag' as const, values }]]));
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
    for (const value of listedValues(field)?.parts ?? field.values)
      for (const name of [value, ...(field.valueSynonyms[value] ?? [])]) {
        const joined = joinWords(name);
        if (joined !== '' && !values.get(joined)?.some((one) => one.field === field))
          pushTo(values, joined, { field, value });
      }
  }
  return values;
}

/** "and" is no country code. */
const isGrammar = (text: string): boolean => noiseKeys.has(text) || grammarItems.has(text);

/** One-letter words and numbers are too often something else to be values by themselves. */
const isNameable = (joined: string): boolean =>
  /\p{Script=Han}/u.test(joined) || (joined.length > 1 && !/^\d+$/u.test(joined));

/** Words by their length: one edit changes it by one at most. */
function byLength(keys: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const lengths = new Map<number, string[]>();
  for (const key of keys) {
    const list = lengths.get(key.length);
    if (list === undefined) lengths.set(key.length, [key]);
    else list.push(key);
  }
  return lengths;
}

const near = (lengths: ReadonlyMap<number, readonly string[]>, word: string): readonly string[] =>
  [-1, 0, 1].flatMap((more) => (lengths.get(word.length + more) ?? []).filter((key) => isOneEdit(word, key)));

/** Verbs whose stem stands for all their forms. */
const irregular = new Set(['sold', 'bought', 'paid', 'spent', 'gave', 'took', 'brought', 'wrote'].map(stem));
const doing = /^(.+) (?:did|have|has|had|was|were|are|is)(?: been)?(?: (?:we|you|they|i))?(?: been)? (\w+)$/;

/** "items did we sell" and "items were sold" are "items sold", which may be the name of something. */
function asDone(key: string): string {
  const [, what, verb = ''] = doing.exec(key) ?? [];
  if (what === undefined) return key;
  return `${what} ${irregular.has(verb) || verb.endsWith('ed') ? verb : `${verb.replace(/e$/, '')}ed`}`;
}

const isGrainName = (text: string): boolean => Object.values(grainWords).some(({ names }) => names.includes(text));

/** By its own name: a release year is called a year for short, where nothing else is. */
const isCalledSo = (fields: readonly Field[], text: string): boolean =>
  fields.some(({ name }) => textKey(wordsOfName(name).join(' ')) === text);

export function createLexicon(model: Model): Lexicon {
  const own = modelItems(model);
  const joined = joinedItems(own);
  const adjectives = adjectiveItems(model);
  const values = valuesOf(model);
  const flags = flagItems(model);
  const verbs = createVerbs(model);
  const singleWords = byLength([...own.keys()].filter((key) => key.length >= 5 && /^\p{Script=Latin}+$/u.test(key)));
  const longValues = byLength([...values.keys()].filter((key) => key.length >= 5 && /^\p{L}+$/u.test(key)));
  /** What names something of the model is not skipped, nor is a phrase that begins with it: "visits by" of visits. */
  const isNoise = (key: string, next?: Token): boolean =>
    noiseKeys.has(key) &&
    !own.has(stemKey(key)) &&
    !(key.includes(' ') && own.has(stem(key.slice(0, key.indexOf(' '))))) &&
    !(next?.text === 'by' && linkKeys.has(key));
  const value = (joined: string, isQuoted = false): readonly FieldValue[] => {
    if (!isQuoted && (!isNameable(joined) || isGrammar(joined))) return [];
    // A code has no plural: "runs" are not the airline RUN.
    const plural = values
      .get(stem(joined))
      ?.filter(({ value: one }) => one !== one.toUpperCase() || one === one.toLowerCase());
    return values.get(joined) ?? plural ?? [];
  };
  /** "French" rows are those of France, unless something is called French itself. */
  const demonym = (text: string): readonly FieldValue[] =>
    placesOf.has(text) && !values.has(joinWords(text))
      ? (placesOf.get(text) ?? []).flatMap((place) => values.get(joinWords(place)) ?? [])
      : [];
  return {
    value,
    items(tokens) {
      const byText = keyOf(tokens.map(({ text }) => text));
      const stems = keyOf(tokens.map((token) => token.stem));
      const byStem = asDone(stems);
      const grammar = [
        ...(grammarItems.get(byText) ?? []),
        ...(adjectives.get(byText) ?? []),
        ...(flags.get(stems) ?? []),
      ];
      const together =
        own.get(byStem) ??
        joined.get(tokens.map((token, i) => (i === tokens.length - 1 ? token.stem : token.text)).join('')) ??
        [];
      // A column called "year" is meant before the calendar's.
      const isColumn = together.some(({ item }) => item.kind === 'fields' && isCalledSo(item.fields, byText));
      const places = demonym(tokens.map(({ text }) => text).join(' '));
      return [
        ...(places.length === 0
          ? []
          : [{ item: { kind: 'values' as const, values: places, isAdjective: true }, cost: ofPlace }]),
        ...together.map(({ item, cost }) => ({
          item,
          cost: cost + (item.kind === 'fields' && !isColumn && isGrainName(byText) ? sharedName : 0),
        })),
        ...grammar.map((item) => ({ item, cost: item.kind === 'grain' && isColumn ? sharedName : 0 })),
      ];
    },
    misspelt({ text, stem: word }) {
      if (word.length < 5 || !/^\p{Script=Latin}+$/u.test(word)) return [];
      const names = near(singleWords, word)
        .flatMap((key) => own.get(key) ?? [])
        .map(({ item }) => item);
      const found = near(longValues, text).flatMap((key) => values.get(key) ?? []);
      return found.length === 0 ? names : [...names, { kind: 'values', values: found }];
    },
    noiseFrom(tokens, from) {
      const ends: number[] = [];
      for (let to = from + 1; to <= Math.min(tokens.length, from + longestNoise); to++)
        if (isNoise(keyOf(tokens.slice(from, to).map(({ text }) => text)), tokens[to])) ends.push(to);
      return ends;
    },
    isNoiseWord: (text) => isNoise(text),
    verb: (text) => (mayBeVerb(text) ? verbs(text) : undefined),
  };
}
