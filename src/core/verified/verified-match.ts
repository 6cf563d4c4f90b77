import type { Locale } from '../base/namespace.ts';
import type { ResultRows } from '../data/database.ts';
import type { Day, Span } from '../language/dates.ts';
import type { Definition } from '../language/definitions.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** What a parameter is bound to: a number, a choice by its key, or a value as it is in the column. */
export type BoundParameter =
  | { readonly type: 'integer' | 'number'; readonly value: number; readonly display: string; readonly asked: boolean }
  | { readonly type: 'value' | 'choice'; readonly value: string; readonly display: string; readonly asked: boolean }
  | { readonly type: 'period'; readonly value: Span; readonly display: string; readonly asked: boolean };

/**
 * Bound parameters by name. `display` is for people, in the language of the question; `asked` is false for a default.
 */
export type BoundParameters = Readonly<Record<string, BoundParameter>>;

/** The last answer of this conversation, for follow-ups such as "and in Berlin?". */
export type PreviousMatch = {
  readonly queryId: string;
  /** Parameters as `serialiseParameters` wrote them. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** What a question is matched with. */
export type MatchContext = {
  /** The language of displays and suggestions. */
  readonly locale: Locale;
  readonly definitions?: readonly Definition[];
  readonly previous?: PreviousMatch | undefined;
  /** The question continues an earlier answer, so it must not be matched on its own. */
  readonly leans?: boolean;
  /** The text is a suggestion that a person chose, so it has no rivals. */
  readonly chosen?: boolean;
  /** Values of columns with many values that the question names, by column as `wanted` gives it. */
  readonly found?: ReadonlyMap<string, readonly string[]>;
  /** Vector of the question. Used for suggestions only, never to answer a question that does not match in full. */
  readonly meaning?: Float32Array | undefined;
};

/** A full question that matches `queryId` exactly. */
export type AskableQuestion = { readonly text: string; readonly queryId: string };

/** A query with parameters that means the same as the question. */
export type ExactMatch = {
  readonly kind: 'match';
  readonly query: VerifiedQuery;
  readonly parameters: BoundParameters;
  /** The query's title with its parameters, the defaults used, and corrected spellings. */
  readonly interpretation: string;
  /** Ids of the definitions that were applied. */
  readonly definitions: readonly string[];
  /** Whether it is a follow-up, with parameters from the query before. */
  readonly followUp: boolean;
};

/**
 * `match`: the question means the same as this query. `ask`: several queries match and the person chooses. `none`: no
 * query matches.
 */
export type VerifiedMatch =
  | ExactMatch
  | { readonly kind: 'ask'; readonly suggestions: readonly AskableQuestion[] }
  | {
      readonly kind: 'none';
      /**
       * Similar questions, best first. Computed when called, because each one is checked and another source may answer
       * first.
       */
      near(): readonly AskableQuestion[];
    };

/** A value for a placeholder of the SQL, with its PostgreSQL type. */
export type PlaceholderValue =
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'date'; readonly value: Day };

/** A part of a question that may be a value of a column whose values the catalogue does not list. */
export type WantedValue = { readonly column: string; readonly text: string };

/** The verified queries of one data source. No I/O. */
export interface VerifiedQueries {
  match(question: string, context: MatchContext): VerifiedMatch;
  /** The values to look up: with them in the database, the question would match in full. */
  wanted(question: string, context: MatchContext): readonly WantedValue[];
  /**
   * Whether any wording is understood as this query, with defaults and listed values for its parameters, and `samples`
   * for columns with many values.
   */
  isReachable(query: VerifiedQuery, samples: ReadonlyMap<string, readonly string[]>): boolean;
  /** At most `n` starter questions of different kinds. */
  suggest(n: number, locale: Locale): readonly AskableQuestion[];
  /** At most `n` questions nearest to the text, best first, one for each query. */
  nearest(question: string, n: number, locale: Locale, meaning?: Float32Array): readonly AskableQuestion[];
  /** The query's SQL template, and the values of its placeholders by name without the colon. */
  bind(match: Pick<ExactMatch, 'query' | 'parameters'>): {
    readonly sql: string;
    readonly values: Readonly<Record<string, PlaceholderValue>>;
  };
  /** The sentence above the rows, in the given language. */
  sentence(
    match: Pick<ExactMatch, 'query' | 'parameters' | 'interpretation'>,
    result: ResultRows,
    locale: Locale,
    /** Rows of a series that do not cover a whole period; they are never the highest or lowest. */
    cut?: ReadonlySet<number>,
  ): string;
}
