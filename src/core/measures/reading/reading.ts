import { z } from 'zod';

const comparator = z.enum(['=', '<>', '>', '>=', '<', '<=']);
const grain = z.enum(['day', 'week', 'month', 'quarter', 'year']);
const span = z.object({ start: z.string(), end: z.string() });

const plainMeasures = [
  z.object({ kind: z.literal('metric'), metric: z.string() }),
  z.object({ kind: z.literal('count'), dataset: z.string() }),
  z.object({ kind: z.literal('distinct'), field: z.string() }),
  z.object({ kind: z.literal('aggregate'), fn: z.enum(['avg', 'sum', 'min', 'max']), field: z.string() }),
] as const;
const plainMeasure = z.discriminatedUnion('kind', plainMeasures);

/** What is computed: a metric, the rows of a dataset, an aggregate of a field, or how much of one falls to one of another. */
const measure = z.discriminatedUnion('kind', [
  ...plainMeasures,
  z.object({
    kind: z.literal('ratio'),
    of: plainMeasure,
    /** Rows of a dataset, of which those count that `of` speaks of; or a metric that counts. */
    per: z.union([z.object({ dataset: z.string() }), z.object({ metric: z.string() })]),
  }),
]);

/** What it is computed by, or what a list shows. An entity stands for its key and its label. */
const dimension = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), field: z.string() }),
  z.object({ kind: z.literal('entity'), dataset: z.string(), fields: z.array(z.string()).optional() }),
  z.object({ kind: z.literal('grain'), grain }),
]);

const value = z.union([z.string(), z.number(), z.boolean()]);
const rowFilters = [
  z.object({ kind: z.literal('values'), field: z.string(), values: z.array(value), negated: z.boolean() }),
  z.object({ kind: z.literal('compare'), field: z.string(), op: comparator, value: z.number() }),
  z.object({
    kind: z.literal('like'),
    field: z.string(),
    text: z.string(),
    at: z.enum(['start', 'end', 'anywhere']),
    negated: z.boolean(),
  }),
  z.object({
    kind: z.literal('compareToAverage'),
    field: z.string(),
    op: comparator,
    /** The average of these rows only: "the average salary in Physics". */
    of: z.object({ field: z.string(), values: z.array(value) }).optional(),
  }),
  /** It has none, or has one: "not yet shipped". */
  z.object({ kind: z.literal('unknown'), field: z.string(), negated: z.boolean() }),
  /** The row that a key of its own table points to is called so: "whose manager is Ann". */
  z.object({
    kind: z.literal('role'),
    field: z.string(),
    name: z.string(),
    values: z.array(value),
    negated: z.boolean(),
  }),
  /** The rows with the highest or lowest value of all: "in the largest stadium". */
  z.object({ kind: z.literal('extreme'), field: z.string(), high: z.boolean() }),
] as const;
const filter = z.discriminatedUnion('kind', [
  ...rowFilters,
  z.object({
    kind: z.literal('exists'),
    dataset: z.string(),
    negated: z.boolean(),
    /** What the rows have to be like. */
    where: z.array(z.discriminatedUnion('kind', [...rowFilters])),
    span: span.optional(),
  }),
  z.object({ kind: z.literal('having'), measure, op: comparator, value: z.number() }),
]);

const key = z.union([measure, dimension]);

/** How a question was understood: everything that the SQL is made from, and nothing else. JSON, for follow-ups. */
export const readingSchema = z.object({
  /** The dataset whose rows a list shows; measures have datasets of their own. */
  root: z.string().optional(),
  metrics: z.array(measure),
  dimensions: z.array(dimension),
  filters: z.array(filter),
  time: z.object({ field: z.string().optional(), span: span.optional() }).optional(),
  order: z.object({ by: key, descending: z.boolean() }).optional(),
  limit: z.int().positive().optional(),
  /** `total`: each row's part of all. `part`: the filtered part of the unfiltered whole. */
  share: z.enum(['total', 'part']).optional(),
  /** The span to compare with. */
  compare: span.optional(),
  /** A list without repetitions. */
  distinct: z.boolean().optional(),
});

export type Reading = z.infer<typeof readingSchema>;
export type Measure = z.infer<typeof measure>;
/** A measure that is no ratio. */
export type PlainMeasure = z.infer<typeof plainMeasure>;
export type Dimension = z.infer<typeof dimension>;
export type Filter = z.infer<typeof filter>;
/** A condition on the fields of one row. */
export type RowFilter = Exclude<Filter, { kind: 'having' | 'exists' }>;
/** A condition that decides which rows count; `having` decides on groups. */
export type RowOrExists = Exclude<Filter, { kind: 'having' }>;
export const isRowFilter = (filter: Filter): filter is RowOrExists => filter.kind !== 'having';
export type Comparator = z.infer<typeof comparator>;
export type Value = z.infer<typeof value>;
export type Key = z.infer<typeof key>;

export const isMeasure = (one: Key): one is Measure =>
  ['metric', 'count', 'distinct', 'aggregate', 'ratio'].includes(one.kind);

export const sameKey = (a: Key, b: Key): boolean => JSON.stringify(a) === JSON.stringify(b);
