import type { Locale } from '../base/namespace.ts';
import type { ResultRows } from '../data/database.ts';
import type { Day, Span } from '../language/dates.ts';
import type { Definition } from '../language/definitions.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** What a parameter is bound to. A number is given as such, a choice by its key, a value as it stands in the column. */
export type BoundParameter =
  | { readonly type: 'integer' | 'number'; readonly value: number; readonly display: string; readonly asked: boolean }
  | { readonly type: 'value' | 'choice'; readonly value: string; readonly display: string; readonly asked: boolean }
  | { readonly type: 'period'; readonly value: Span; readonly display: string; readonly asked: boolean };

/** By parameter name. `display` is for people, in the language of the question; `asked` is false for a default. */
export type BoundParameters = Readonly<Record<string, BoundParameter>>;

/** What was answered before in this conversation, for follow-ups such as "and in Berlin?". */
export type PreviousMatch = {
  readonly queryId: string;
  /** As `serialiseParameters` gave them. */
  readonly parameters: Readonly<Record<string, string>>;
};

export type MatchContext = {
  /** The language of displays and suggestions. */
  readonly locale: Locale;
  readonly definitions?: readonly Definition[];
  readonly previous?: PreviousMatch | undefined;
  /** The question goes on from an answer before: by itself it is half of what is meant. */
  readonly leans?: boolean;
  /** The text is a suggestion that a person chose: which query it means is settled. */
  readonly chosen?: boolean;
  /** What the question means, for what comes near; it never makes an answer of what does not fit whole. */
  readonly meaning?: Float32Array | undefined;
};

/** A full question that can be asked as it stands: it matches `queryId` exactly. */
export type AskableQuestion = { readonly text: string; readonly queryId: string };

export type ExactMatch = {
  readonly kind: 'match';
  readonly query: VerifiedQuery;
  readonly parameters: BoundParameters;
  /** The query's title with its parameters, the defaults that were taken, and spellings that were corrected. */
  readonly interpretation: string;
  /** Ids of the definitions that were needed. */
  readonly definitions: readonly string[];
  /** Bound from the query before, by a follow-up. */
  readonly followUp: boolean;
};

/**
 * `match`: the question means the same as this query. `ask`: it fits several whole, and the person chooses. `none`: it
 * fits none.
 */
export type VerifiedMatch =
  | ExactMatch
  | { readonly kind: 'ask'; readonly suggestions: readonly AskableQuestion[] }
  | {
      readonly kind: 'none';
      /** What comes near, best first. Worked out when asked for: each is read back, and something else may answer. */
      near(): readonly AskableQuestion[];
    };

/** A value for a placeholder of the SQL, with the PostgreSQL type that it is written as. */
export type PlaceholderValue =
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'date'; readonly value: Day };

/** The verified queries of one data source, ready to be asked. Nothing here does I/O. */
export interface VerifiedQueries {
  match(question: string, context: MatchContext): VerifiedMatch;
  /** Good starter questions, at most `n`, of different kinds. */
  suggest(n: number, locale: Locale): readonly AskableQuestion[];
  /** The askable questions nearest to the text, best first, at most `n`, one for each query. */
  nearest(question: string, n: number, locale: Locale, meaning?: Float32Array): readonly AskableQuestion[];
  /** The query's SQL template with the values of its placeholders, by name without the colon. */
  bind(match: Pick<ExactMatch, 'query' | 'parameters'>): {
    readonly sql: string;
    readonly values: Readonly<Record<string, PlaceholderValue>>;
  };
  /** The sentence above the rows, in the given language. */
  sentence(
    match: Pick<ExactMatch, 'query' | 'parameters' | 'interpretation'>,
    result: ResultRows,
    locale: Locale,
    /** Rows of a series that are no whole period: no highest or lowest is taken from them. */
    cut?: ReadonlySet<number>,
  ): string;
}
