import type { FieldValue, Item } from '../lexicon/items.ts';
import type { Clause, EntityTerm, FieldTerm, Term } from './clauses.ts';
import {
  comma,
  either,
  itemOf,
  listOf,
  map,
  maybe,
  penalize,
  type Rule,
  remembered,
  seq,
  take,
  takeAtOnce,
  word,
} from './parser.ts';

/** A noun with what stands before it: "the youngest urgent French customers". */
export type Phrase = {
  readonly terms: readonly Term[];
  readonly clauses: readonly Clause[];
  readonly distinct?: boolean;
};

const entityItem: Rule<EntityTerm> = take((item) =>
  item.kind === 'entity' ? { kind: 'entity', dataset: item.dataset } : undefined,
);
const asField = (item: Item): FieldTerm | undefined =>
  item.kind === 'fields' ? { kind: 'field', fields: item.fields } : undefined;
const fieldItem: Rule<FieldTerm> = take(asField);
/** "stadium name" is one thing, "stadiums whose name" are two. */
const fieldAtOnce: Rule<FieldTerm> = takeAtOnce(asField);

export const separator: Rule<unknown> = either<unknown>(comma, word('AND'), seq(comma, word('AND')));
const orSeparator: Rule<unknown> = either<unknown>(word('OR'), seq(comma, word('OR')));

/** Whether the field is one of the entity's, or of what belongs to it, is known when the joins are looked at. */
const within = (term: FieldTerm, { dataset }: EntityTerm): FieldTerm => ({ ...term, of: dataset });

/** "stadium name" is a column of the stadiums. */
const owned = (term: FieldTerm, { dataset }: EntityTerm): FieldTerm | undefined =>
  term.fields.some((one) => one.dataset === dataset.name) ? { ...term, of: dataset } : undefined;

/** "name", "stadium name", "name of the stadium". */
export const field: Rule<FieldTerm> = remembered(() =>
  either<FieldTerm>(
    fieldItem,
    map(seq(entityItem, fieldAtOnce), ([entity, term]) => owned(term, entity)),
    map(seq(fieldItem, entityItem), ([term, entity]) => within(term, entity)),
  ),
);

const grain: Rule<Term> = take((item) => (item.kind === 'grain' ? { kind: 'grain', grain: item.grain } : undefined));

/** "the document with the name", as it is said of what a filter is about. */
export const ownField: Rule<FieldTerm> = remembered(() =>
  either<FieldTerm>(
    field,
    map(seq(entityItem, word('WITH'), fieldItem), ([entity, , term]) => within(term, entity)),
  ),
);

/** Something to group by. */
export const dimension: Rule<Term> = remembered(() => either<Term>(field, entityItem, grain));

/** "all" of what is asked for, or of a value. */
const whole: Rule<unknown> = maybe(word('ALL'));

/** The values of one filter: "Berlin, Paris or London". */
const valueItem = either(
  map(seq(whole, itemOf('values')), ([, { values, isAdjective }]) => (isAdjective ? undefined : values)),
  map(itemOf('flag'), ({ values }) => values),
);
type ValueList = Pick<Extract<Clause, { kind: 'values' }>, 'values' | 'joint' | 'isApart'>;
const valueList: Rule<ValueList> = either<ValueList>(
  map(seq(valueItem, word('VS'), valueItem), ([one, , other]) => ({
    values: [one, other],
    joint: 'or' as const,
    isApart: true,
  })),
  map(seq(word('BOTH'), valueItem, word('AND'), valueItem), ([, one, , other]) => ({
    values: [one, other],
    joint: 'both' as const,
  })),
  map(listOf(valueItem, separator), (values) => ({ values, joint: 'and' as const })),
  map(listOf(valueItem, orSeparator), (values) => (values.length > 1 ? { values, joint: 'or' as const } : undefined)),
  map(seq(listOf(valueItem, comma), orSeparator, valueItem), ([list, , last]) =>
    list.length > 1 ? { values: [...list, last], joint: 'or' as const } : undefined,
  ),
);

const negation: Rule<boolean> = map(maybe(word('NOT')), (found) => found !== undefined);

/** "in Berlin", "the category Kitchen", "not the app channel". */
export const valueFilter: Rule<Clause> = remembered(() => {
  const named: Rule<FieldTerm | EntityTerm> = either<FieldTerm | EntityTerm>(ownField, entityItem);
  return either<Clause>(
    map(seq(negation, valueList), ([negated, list]) => ({ kind: 'values', field: undefined, negated, ...list })),
    map(
      seq(negation, maybe(word('WITH')), named, negation, maybe(word('EQ')), valueList),
      ([not, , term, also, , list]) => ({
        kind: 'values',
        field: term,
        negated: not || also,
        ...list,
      }),
    ),
    // "the state of Hawaii or the state of Wisconsin"
    map(seq(named, valueItem, orSeparator, named, valueItem), ([term, one, , again, other]) =>
      isSame(term, again)
        ? { kind: 'values', field: term, negated: false, values: [one, other], joint: 'or' }
        : undefined,
    ),
    map(seq(negation, maybe(word('WITH')), valueList, named), ([negated, , list, term]) =>
      fits(list.values, term) ? { kind: 'values', field: term, negated, ...list } : undefined,
    ),
  );
});

const isSame = (a: FieldTerm | EntityTerm, b: FieldTerm | EntityTerm): boolean =>
  a.kind === 'entity'
    ? b.kind === 'entity' && a.dataset === b.dataset
    : b.kind === 'field' && a.of === b.of && a.fields.every((one) => b.fields.includes(one));

/** "the app channel": the values must be ones of what stands behind them. */
const fits = (values: readonly (readonly FieldValue[])[], term: FieldTerm | EntityTerm): boolean =>
  values.every((list) =>
    list.some(({ field: { id, dataset } }) =>
      term.kind === 'field'
        ? term.fields.some((one) => one.id === id || (one.isKey && one.dataset === dataset))
        : term.dataset.name === dataset,
    ),
  );

const described: Rule<readonly FieldValue[]> = take((item) =>
  item.kind === 'values' || item.kind === 'flag' ? item.values : undefined,
);
const adjective: Rule<Clause> = either<Clause>(
  map(seq(word('BOTH'), described, word('AND'), described), ([, one, , other]) => ({
    kind: 'values',
    field: undefined,
    values: [one, other],
    joint: 'both',
    negated: false,
  })),
  // "web and app orders" are the ones of either
  map(seq(described, separator, described), ([one, , other]) => ({
    kind: 'values',
    field: undefined,
    values: [one, other],
    joint: 'or',
    negated: false,
  })),
  map(seq(negation, described), ([negated, values]) => ({
    kind: 'values',
    field: undefined,
    values: [values],
    joint: 'and',
    negated,
  })),
  take((item) =>
    item.kind === 'superlative'
      ? { kind: 'top', n: undefined, descending: true, by: { kind: 'directed', keys: item.keys } }
      : item.kind === 'period'
        ? { kind: 'period', field: undefined, span: item.span }
        : undefined,
  ),
  map(itemOf('number'), ({ value }) =>
    Number.isInteger(value) && value > 0 ? { kind: 'count', n: value } : undefined,
  ),
);

/** No, one or two adjectives. */
export const adjectives: Rule<readonly Clause[]> = either<readonly Clause[]>(
  (from) => [{ value: [], to: from, cost: 0 }],
  map(adjective, (one) => [one]),
  seq(adjective, adjective),
);

const aggregateFunctions = { AVG: 'avg', SUM: 'sum', MIN: 'min', MAX: 'max', HIGH: 'max', LOW: 'min' } as const;
const functionWord = map(
  word('AVG', 'SUM', 'MIN', 'MAX', 'HIGH', 'LOW'),
  (found) => aggregateFunctions[found as keyof typeof aggregateFunctions],
);
/** "all the different …": what is asked for is asked for whole. "all" of something else is a condition, and is not read. */
const distinct: Rule<boolean> = map(
  seq(maybe(word('ALL')), maybe(word('DISTINCT'))),
  ([, found]) => found !== undefined,
);

export const metricPhrase: Rule<Phrase> = map(
  seq(maybe(word('COUNT', 'SUM')), adjectives, itemOf('metric'), maybe(word('COUNTED'))),
  ([how, clauses, { metric }, after]) => {
    const counts =
      metric.components.length === 1 && /^count\b/i.test(metric.components[0]?.sql ?? '') && metric.formula === '{0}';
    // "how many units": a plain number that adds up.
    const adds = metric.format === 'number' && metric.components.every(({ additive }) => additive);
    if (
      (how === 'COUNT' && !counts && !adds) ||
      (how === 'SUM' && !metric.components.every(({ additive }) => additive))
    )
      return undefined;
    return { terms: [{ kind: 'metric', metric, isBare: how === undefined && after === undefined }], clauses };
  },
);

export const countPhrase: Rule<Phrase> = either<Phrase>(
  map(seq(word('COUNT'), distinct, adjectives, entityItem), ([, , clauses, of]) => ({
    terms: [{ kind: 'count', of }],
    clauses,
  })),
  map(seq(word('COUNT'), distinct, field), ([, isDistinct, of]) => ({
    terms: [{ kind: 'count', of, isDistinct }],
    clauses: [],
  })),
  map(seq(word('COUNT'), distinct, adjective, fieldItem), ([, isDistinct, one, of]) => ({
    terms: [{ kind: 'count', of, isDistinct }],
    clauses: [one],
  })),
  // "how many survived"
  map(seq(word('COUNT'), negation, itemOf('flag')), ([, negated, { values }]) => ({
    terms: [{ kind: 'count', of: { kind: 'field', fields: values.map(({ field }) => field) }, ofRows: true }],
    clauses: [{ kind: 'values', field: undefined, values: [values], joint: 'and', negated }],
  })),
  map(seq(whole, adjectives, entityItem, word('COUNTED')), ([, clauses, of]) => ({
    terms: [{ kind: 'count', of }],
    clauses,
  })),
);

/** "the maximum capacity and the average": whether a column called average is meant or the average of the capacity? */
const isCalledFunction = ({ fields }: FieldTerm): boolean =>
  fields.some(({ phrases }) =>
    phrases.some((phrase) => /^(?:average|mean|total|sum|minimum|maximum|count)$/.test(phrase)),
  );

/** "average, minimum and maximum age and weight of the singers". */
export const aggregatePhrase: Rule<Phrase> = either<Phrase>(
  map(
    seq(listOf(functionWord, separator), whole, listOf(fieldItem, separator), whole, adjectives, maybe(entityItem)),
    ([fns, , fields, , clauses, of]) => {
      const terms = fields.map((term) => (of === undefined ? term : within(term, of)));
      if (terms.slice(1).some(isCalledFunction)) return undefined;
      if (of === undefined && clauses.length > 0) return undefined;
      return {
        terms: terms.flatMap((term) => fns.map((fn) => ({ kind: 'aggregate', fn, field: term }) as const)),
        clauses,
      };
    },
  ),
  map(seq(listOf(functionWord, separator), whole, entityItem, fieldAtOnce), ([fns, , of, term]) => {
    const one = within(term, of);
    return { terms: fns.map((fn) => ({ kind: 'aggregate', fn, field: one }) as const), clauses: [] };
  }),
);

/** A field whose function is said elsewhere. */
export const fieldAggregate = (fn: 'avg' | 'sum'): Rule<Phrase> =>
  map(field, (term) => ({ terms: [{ kind: 'aggregate', fn, field: term }], clauses: [] }));

/** "names and ages of all French singers", "each singer's name". */
const fieldsPhrase: Rule<Phrase> = either<Phrase>(
  map(
    seq(distinct, listOf(fieldItem, separator), maybe(word('EACH', 'PER', 'ALL')), adjectives, entityItem),
    ([unique, list, each, clauses, of]) => {
      const terms = list.map((term) => within(term, of));
      const by: readonly Clause[] = each === undefined || each === 'ALL' ? [] : [{ kind: 'by', terms: [of] }];
      return { terms, clauses: [...by, ...clauses], distinct: unique };
    },
  ),
  map(seq(distinct, maybe(word('EACH')), adjectives, entityItem, fieldAtOnce), ([unique, each, clauses, of, term]) => {
    const one = owned(term, of);
    if (one === undefined) return undefined;
    const by: readonly Clause[] = each === undefined ? [] : [{ kind: 'by', terms: [of] }];
    return { terms: [one], clauses: [...by, ...clauses], distinct: unique };
  }),
  map(seq(distinct, adjectives, fieldItem), ([unique, clauses, term]) => ({
    terms: [term],
    clauses,
    distinct: unique,
  })),
);

const entityPhrase: Rule<Phrase> = map(seq(distinct, adjectives, entityItem), ([unique, clauses, entity]) => ({
  terms: [entity],
  clauses,
  distinct: unique,
}));

/** Anything that can be asked for. */
export const phrase: Rule<Phrase> = remembered(() =>
  either<Phrase>(
    metricPhrase,
    map(seq(word('ALL'), metricPhrase), ([, one]) => one),
    map(seq(word('COUNT', 'SUM'), word('ALL'), metricPhrase), ([, , one]) => one),
    countPhrase,
    aggregatePhrase,
    fieldsPhrase,
    entityPhrase,
    map(grain, (term) => ({ terms: [term], clauses: [] })),
  ),
);

/** What is compared, ordered or ranked by: one phrase without adjectives. */
export const subject: Rule<Term> = remembered(() =>
  either<Term>(
    map(either(metricPhrase, countPhrase, aggregatePhrase), ({ terms, clauses }) =>
      terms.length === 1 && clauses.length === 0 ? terms[0] : undefined,
    ),
    field,
    penalize(entityItem, 0.2),
  ),
);
export { entityItem as entity };
