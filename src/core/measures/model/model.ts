import type { ColumnType } from '../../data/column-type.ts';

/** A column, or an expression over columns of one row, that people can ask for, group by and filter on. */
export type Field = {
  /** `dataset.name`: how readings refer to it. */
  readonly id: string;
  readonly dataset: string;
  readonly name: string;
  /** SQL over the dataset's columns, without a table's name. */
  readonly expression: string;
  readonly type: ColumnType;
  readonly isTime: boolean;
  /** A surrogate key: shown when it is named in full, never summed or offered. */
  readonly isKey: boolean;
  readonly hidden: boolean;
  /** Rows may have none. */
  readonly nullable: boolean;
  /** Name, synonyms and short forms, as people write them. */
  readonly phrases: readonly string[];
  readonly values: readonly string[];
  readonly valueSynonyms: Readonly<Record<string, readonly string[]>>;
};

export type Dataset = {
  readonly name: string;
  /** A relation, or a query in brackets. */
  readonly source: string;
  readonly phrases: readonly string[];
  readonly fields: readonly Field[];
  /** Physical columns, for telling them from functions and keywords in expressions. */
  readonly columns: ReadonlySet<string>;
  /** Columns that identify a row; may be empty. */
  readonly key: readonly string[];
  readonly label: Field | undefined;
  readonly time: Field | undefined;
  readonly rowFilter: string | undefined;
  readonly hidden: boolean;
};

/** Each row of `from` has at most one row of `to`. */
export type Relationship = {
  readonly from: string;
  readonly to: string;
  readonly fromColumns: readonly string[];
  readonly toColumns: readonly string[];
  /** Name and synonyms, as people write them. */
  readonly phrases: readonly string[];
};

/** One aggregate call of a metric: the smallest thing that is computed at one grain. */
export type Component = {
  /** The dataset whose rows are aggregated. */
  readonly dataset: string;
  /** SQL with `dataset.field` references. */
  readonly sql: string;
  /** It counts rows or keys of `dataset`, so that it can be counted from rows below as well. */
  readonly countsRows: boolean;
  /** Sums of parts give the whole, and nothing counts as 0. */
  readonly additive: boolean;
};

export type Metric = {
  readonly name: string;
  readonly phrases: readonly string[];
  /** SQL in which `{0}`, `{1}` … stand for the components. */
  readonly formula: string;
  readonly components: readonly Component[];
  readonly timeField: Field | undefined;
  /** It is what it is now: no period goes with it. */
  readonly isCurrent: boolean;
  /** Without a period in the question it is of all time. */
  readonly isOfAllTime: boolean;
  readonly format: 'number' | 'currency' | 'percent';
  readonly currency: string | undefined;
  readonly decimals: number | undefined;
  readonly hidden: boolean;
};

/** A semantic model, ready to be asked: every reference in it exists. */
export type Model = {
  readonly name: string;
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly fields: ReadonlyMap<string, Field>;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly relationships: readonly Relationship[];
  /** For a language model: at most 4 KB. */
  readonly instructions: string | undefined;
};

const truths: readonly (readonly [yes: string, no: string])[] = [
  ['true', 'false'],
  ['t', 'f'],
  ['yes', 'no'],
  ['y', 'n'],
  ['1', '0'],
];

/** What a field with two values holds where it is true: `t` of t and f. Undefined when it says neither yes nor no. */
export function truthOf({ type, values }: Pick<Field, 'type' | 'values'>): string | undefined {
  if (type === 'boolean') return 'true';
  const known = values.map((value) => value.trim().toLowerCase());
  const pair = truths.find((one) => known.length > 0 && known.every((value) => one.includes(value)));
  return pair && values.find((value) => value.trim().toLowerCase() === pair[0]);
}

/** It says yes or no of its row. */
export const isFlag = (field: Pick<Field, 'type' | 'values'>): boolean => truthOf(field) !== undefined;

/** Its rows have a day of their own, whichever of several it is. */
export const isDated = ({ fields }: Pick<Dataset, 'fields'>): boolean =>
  fields.some(({ type }) => type === 'date' || type === 'timestamp');

export const isNumeric = ({ type }: { readonly type: ColumnType }): boolean => type === 'integer' || type === 'number';
