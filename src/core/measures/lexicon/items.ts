import type { Unit } from '../../language/calendar.ts';
import type { Span } from '../../language/dates.ts';
import type { Dataset, Field, Metric } from '../model/model.ts';
import type { VerbMeaning } from './verbs.ts';
import type { Word } from './word.ts';
import type { TimeGrain } from './words.ts';

/** A field and the direction that an adjective gives it: "oldest" is age, descending. */
export type Directed = { readonly field: Field; readonly high: boolean };
export type FieldValue = { readonly field: Field; readonly value: string };

/** What a run of words can be. Several fields, or several fields' values, may share a name: the rest of the question tells. */
export type Item =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'metric'; readonly metric: Metric }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'entity'; readonly dataset: Dataset }
  /** `isAdjective`: "French" for France, which stands before a noun and names nothing. */
  | { readonly kind: 'values'; readonly values: readonly FieldValue[]; readonly isAdjective?: boolean }
  /** A verb that the model has a table, a column or a join for. */
  | { readonly kind: 'verb'; readonly meaning: VerbMeaning }
  /** A field that says yes or no by its own name: "active". */
  | { readonly kind: 'flag'; readonly values: readonly FieldValue[] }
  | { readonly kind: 'superlative'; readonly keys: readonly Directed[] }
  | { readonly kind: 'comparative'; readonly keys: readonly Directed[] }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'period';
      readonly span: Span;
      readonly text: string;
      /** "the last 8 weeks": the unit that is counted. */
      readonly window?: Unit;
      /** "all of last year": no part of it will do. */
      readonly isWhole?: boolean;
    }
  | { readonly kind: 'grain'; readonly grain: TimeGrain }
  | { readonly kind: 'byGrain'; readonly grain: TimeGrain }
  /** `isValue`: a field holds it, so that it is a part of a text only where the question says so. */
  | { readonly kind: 'quoted'; readonly text: string; readonly isValue: boolean };
