import type { Dataset, Field, Metric, Model } from '../../../src/core/measures/model/model.ts';
import { reaches } from '../../../src/core/measures/model/paths.ts';
import { timeField } from '../../../src/core/measures/reading/time-field.ts';

/** Something of a model that questions name: by its first phrase, and otherwise. */
export type Named = { readonly en: string; readonly others: readonly string[]; readonly zh: readonly string[] };

export type NamedMeasure = Named & {
  /** The dataset whose rows it is about. */
  readonly dataset: string;
  readonly isCount: boolean;
  /** Parts make the whole. */
  readonly addsUp: boolean;
  readonly isDated: boolean;
};
export type NamedGroup = Named & { readonly dataset: string; readonly field: Field };
export type NamedValue = {
  readonly text: string;
  readonly zh: readonly string[];
  readonly stored: string;
  readonly field: Field;
  /** Fields that have this value as well. */
  readonly others: readonly Field[];
};
export type NamedThing = Named & { readonly dataset: Dataset };

export type Names = {
  readonly measures: readonly NamedMeasure[];
  readonly groups: readonly NamedGroup[];
  readonly values: readonly NamedValue[];
  readonly things: readonly NamedThing[];
};

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

function named(phrases: readonly string[]): Named | undefined {
  const [en, ...others] = phrases.filter((phrase) => !isChinese(phrase));
  return en === undefined ? undefined : { en, others, zh: phrases.filter(isChinese) };
}

/** English plurals as people write them. */
export const plural = (noun: string): string =>
  /(?:s|people|data|news)$/.test(noun)
    ? noun
    : /[^aeiou]y$/.test(noun)
      ? `${noun.slice(0, -1)}ies`
      : /(?:x|ch|sh)$/.test(noun)
        ? `${noun}es`
        : `${noun}s`;

const isDated = (model: Model, dataset: string, own: Field | undefined): boolean => {
  try {
    const field = timeField(model, { metrics: [], dimensions: [], filters: [] }, dataset, own);
    return field.type === 'date' || field.type === 'timestamp';
  } catch {
    return false;
  }
};

function measureOf(
  model: Model,
  { phrases, formula, components, hidden, isCurrent, timeField: own }: Metric,
): readonly NamedMeasure[] {
  const names = named(phrases);
  const [component] = components;
  if (names === undefined || hidden || component === undefined) return [];
  const isPlain = formula === '{0}';
  return [
    {
      ...names,
      dataset: component.dataset,
      isCount: isPlain && component.countsRows,
      addsUp: isPlain && component.additive,
      isDated: !isCurrent && isDated(model, component.dataset, own),
    },
  ];
}

const countOf = (model: Model, { name, phrases, hidden }: Dataset): readonly NamedMeasure[] => {
  const names = named(phrases);
  if (names === undefined || hidden) return [];
  const number = (noun: string): string => `number of ${plural(noun)}`;
  const counted = { en: number(names.en), others: names.others.map(number), zh: names.zh.map((noun) => `${noun}数量`) };
  return [{ ...counted, dataset: name, isCount: true, addsUp: true, isDated: isDated(model, name, undefined) }];
};

const isGroup = ({ hidden, isKey, isTime, type, values }: Field): boolean =>
  !hidden && !isKey && !isTime && (type === 'text' || type === 'boolean') && values.length !== 1;

const isPlainValue = (value: string): boolean =>
  /^\p{L}[\p{L}\d .-]{1,30}$/u.test(value) && !/\b(?:and|or|not|in|of|by)\b/i.test(value);

/** Texts that are stored in the columns, each with the fields that have it. */
function valuesOf(fields: readonly Field[]): readonly NamedValue[] {
  const texts = fields.filter((field) => isGroup(field) && field.type === 'text');
  const owners = new Map<string, Field[]>();
  for (const field of texts)
    for (const value of field.values)
      owners.set(value.toLowerCase(), [...(owners.get(value.toLowerCase()) ?? []), field]);
  return texts.flatMap((field) =>
    field.values
      .filter(isPlainValue)
      .slice(0, 60)
      .map((stored) => ({
        text: stored,
        stored,
        field,
        others: (owners.get(stored.toLowerCase()) ?? []).filter((other) => other !== field),
        zh: (field.valueSynonyms[stored] ?? []).filter(isChinese),
      })),
  );
}

/** What two things have a field of is named with its thing: "product name". */
function ownName(names: Named, field: Field, fields: readonly Field[], model: Model): Named {
  const isOther = (other: Field): boolean => other !== field && other.phrases.some((phrase) => names.en === phrase);
  const thing = model.datasets.get(field.dataset)?.phrases.find((phrase) => !isChinese(phrase)) ?? '';
  const isShared = fields.some(isOther) && !names.en.includes(thing);
  return isShared ? { en: `${thing} ${names.en}`, others: [], zh: [] } : names;
}

/** The names that questions are made from. */
export function namesOf(model: Model): Names {
  const datasets = [...model.datasets.values()].filter(({ hidden }) => !hidden);
  const fields = datasets.flatMap((dataset) => dataset.fields);
  return {
    measures: [
      ...[...model.metrics.values()].flatMap((metric) => measureOf(model, metric)),
      ...datasets.flatMap((dataset) => countOf(model, dataset)),
    ],
    groups: fields.filter(isGroup).flatMap((field) => {
      const names = named(field.phrases);
      return names === undefined ? [] : [{ ...ownName(names, field, fields, model), dataset: field.dataset, field }];
    }),
    values: valuesOf(fields),
    things: datasets.flatMap((dataset) => {
      const names = named(dataset.phrases);
      return names === undefined ? [] : [{ ...names, dataset }];
    }),
  };
}

export const isAbove = (model: Model, from: string, to: string): boolean => reaches(model, from, to);
