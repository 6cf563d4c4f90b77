import type { Unit } from '../../language/calendar.ts';
import type { Span } from '../../language/dates.ts';
import type { Directed, FieldValue } from '../lexicon/items.ts';
import type { TimeGrain } from '../lexicon/words.ts';
import type { Dataset, Field, Metric } from '../model/model.ts';
import type { Comparator } from './reading.ts';
import type { Unit as MeasuringUnit } from './units.ts';

/** A field by a name that several may share; `of` is the dataset that the words beside it name. */
export type FieldTerm = {
  readonly kind: 'field';
  readonly fields: readonly Field[];
  readonly of?: Dataset | undefined;
};
export type EntityTerm = { readonly kind: 'entity'; readonly dataset: Dataset };
export type GrainTerm = { readonly kind: 'grain'; readonly grain: TimeGrain };
export type MetricTerm = {
  readonly kind: 'metric';
  readonly metric: Metric /** Without "how many" or "total". */;
  readonly isBare?: boolean;
};
export type CountTerm = {
  readonly kind: 'count';
  readonly of: EntityTerm | FieldTerm;
  /** "how many different …": its values are counted, whatever they are. */
  readonly isDistinct?: boolean;
  /** "how many survived": the rows that have the field. */
  readonly ofRows?: boolean;
};
export type AggregateTerm = {
  readonly kind: 'aggregate';
  readonly fn: 'avg' | 'sum' | 'min' | 'max';
  readonly field: FieldTerm;
};
/** "orders per customer": what one of them comes to on average. */
export type RatioTerm = {
  readonly kind: 'ratio';
  readonly of: MetricTerm | CountTerm | AggregateTerm;
  readonly per: EntityTerm | MetricTerm;
  /** "average", "on average": nothing else can be meant. */
  readonly saysAverage: boolean;
};
export type Term = FieldTerm | EntityTerm | GrainTerm | MetricTerm | CountTerm | AggregateTerm | RatioTerm;

/** A part of a question that says one thing. A question is a row of them; each finds its place in the reading or the reading fails. */
export type Clause =
  | {
      readonly kind: 'show';
      readonly terms: readonly Term[];
      readonly distinct: boolean;
      /** It stands in a new sentence. */
      readonly restarts?: boolean;
    }
  /** `isPer`: "per customer" may ask for an average as well. */
  | {
      readonly kind: 'by';
      readonly terms: readonly Term[];
      readonly isPer?: boolean;
      /** It stands behind what was done: "returned by customers". */
      readonly isDone?: boolean;
    }
  | {
      readonly kind: 'values';
      readonly field: FieldTerm | EntityTerm | undefined;
      readonly values: readonly (readonly FieldValue[])[];
      /** `both`: rows for each of the values. */
      readonly joint: 'and' | 'or' | 'both';
      /** "web vs app": each of them is shown. */
      readonly isApart?: boolean;
      readonly negated: boolean;
    }
  | { readonly kind: 'equals'; readonly field: FieldTerm; readonly value: number | string; readonly negated: boolean }
  | {
      readonly kind: 'compare';
      readonly subject: Term | { readonly kind: 'directed'; readonly keys: readonly Directed[] };
      readonly op: Comparator;
      readonly value: number;
      /** "500 euros" are no 500 orders. */
      readonly unit?: MeasuringUnit;
    }
  | {
      readonly kind: 'compareToAverage';
      readonly subject: FieldTerm | { readonly kind: 'directed'; readonly keys: readonly Directed[] };
      readonly op: Comparator;
      /** What the average is of: "… the average salary of the teachers in Physics". */
      readonly of?: Clause;
    }
  /** "not yet shipped": there is no day of it. */
  | { readonly kind: 'unknown'; readonly fields: readonly Field[] }
  | {
      readonly kind: 'like';
      readonly field: FieldTerm;
      readonly text: string;
      readonly at: 'start' | 'end' | 'anywhere';
      readonly negated: boolean;
    }
  | {
      /** "the youngest singer", "the stadium with the highest capacity", of which something else is asked. */
      readonly kind: 'extreme';
      readonly of: Dataset;
      readonly by: FieldTerm | { readonly kind: 'directed'; readonly keys: readonly Directed[] };
      readonly high: boolean;
    }
  | { readonly kind: 'exists'; readonly dataset: Dataset; readonly negated: boolean; readonly where: readonly Clause[] }
  | {
      readonly kind: 'period';
      readonly field: FieldTerm | undefined;
      readonly span: Span;
      /** "from May to July": two ends are named. */
      readonly isRange?: boolean;
      /** "the last 8 weeks": the unit that is counted. */
      readonly window?: Unit;
    }
  | {
      /** "by created at month": the date that the time of the question goes by. */
      readonly kind: 'dated';
      readonly field: FieldTerm;
    }
  | { readonly kind: 'order'; readonly by: Term | 'first' | undefined; readonly descending: boolean | undefined }
  | {
      readonly kind: 'top';
      readonly n: number | undefined;
      readonly descending: boolean;
      readonly by:
        | Term
        | { readonly kind: 'directed'; readonly keys: readonly Directed[] }
        | { readonly kind: 'rows' }
        | undefined;
      /** "the most" of something that is counted; "the highest" of it has no meaning. */
      readonly counts?: boolean;
      /** It ranks what was named before it. */
      readonly needsNoun?: boolean;
    }
  | { readonly kind: 'count'; readonly n: number }
  | { readonly kind: 'share' }
  /** "compare", "respectively": what is named side by side is shown side by side. */
  | { readonly kind: 'apart' }
  | {
      readonly kind: 'compareWith';
      readonly span: Span | 'before' | 'yearAgo';
      /** "month over month": what is asked for is a month. */
      readonly unit?: Unit | undefined;
      /** "change": by words that say no more, so that a range may be what changed from its one end to its other. */
      readonly isOpen?: boolean;
      /** "all of last year": no part of it will do. */
      readonly isWhole?: boolean;
    };

/** What one part of a question says: often one clause, sometimes several. */
export type Part = readonly Clause[];
