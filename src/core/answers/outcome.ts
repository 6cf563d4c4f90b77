import type { ErrorCode } from '../base/errors.ts';
import type { Chart } from '../charts/chart.ts';
import type { ResultRows } from '../data/database.ts';
import type { Series } from '../language/buckets.ts';
import type { Chip } from '../measures/describing/chips.ts';
import type { Reading } from '../measures/reading/reading.ts';
import type { Why } from '../memory/memories.ts';
import type { Route } from '../model/route-model.ts';
import type { CutRow } from './cut-rows.ts';

/**
 * Where the SQL came from. `measured`: composed from the team's definitions. `sql`: a person pasted it or edited it in
 * the modal.
 */
export const answerSources = ['verified', 'measured', 'model', 'sql'] as const;
/** One of `answerSources`. */
export type AnswerSource = (typeof answerSources)[number];

/** A memory that influenced the answer, which cites it. */
export type UsedMemory = { readonly id: string; readonly text: string; readonly why?: Why };

/** A question the person may ask with one click. */
export type Suggestion = { readonly text: string };

/** Time and cost of one question. `costMicroUsd`: millionths of a US dollar. */
export type Expense = { readonly ms: number; readonly costMicroUsd: number };

/**
 * The verified query behind an answer. `verifiedBy` and `verifiedAt` are as in the query's file; absent when it does
 * not say.
 */
export type VerifiedBadge = {
  readonly id: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly verifiedBy?: string;
  /** Usually a day, `2026-10-30`. */
  readonly verifiedAt?: string;
};

/** A name or construct that the model corrected. `to`: what it became, when known. */
export type Repair = {
  readonly kind: 'table' | 'column' | 'function' | 'other';
  readonly from: string;
  readonly to: string | undefined;
};

/**
 * A table that an answer reads, with the words and values of the question that led to it; none for a table that only
 * joins.
 */
export type TableReason = { readonly table: string; readonly words: readonly string[] };

/** Something that a prompt had no room for. `count`: how many, for a schema in tokens. */
export type LeftOut = {
  readonly part: 'turns' | 'examples' | 'memories' | 'note' | 'schema';
  readonly count: number;
};

/** How a model wrote the SQL. */
export type Written = {
  readonly model: string;
  /** Set when there were several models to choose from. */
  readonly route?: Route;
  readonly repairs: readonly Repair[];
  readonly tables?: readonly TableReason[];
  /** What the prompt had no room for. */
  readonly leftOut?: readonly LeftOut[];
  /** Set when several drafts were written: how many of them returned these rows. */
  readonly vote?: { readonly agreed: number; readonly of: number };
};

/** An answer with rows. */
export type Answered = {
  readonly status: 'answered';
  /** One or two sentences; its figures come from `result`, never from a model. */
  readonly text: string;
  /** `text` with `{column}` in place of figures, for running it again. Absent when the text is the default wording. */
  readonly template?: string;
  /** How the question was understood, e.g. a model's assumptions, or the verified query's title and parameters. */
  readonly interpretation: string | undefined;
  readonly source: AnswerSource;
  /** The verified query with its parameters bound, when `source` is `verified`. */
  readonly verified: VerifiedBadge | undefined;
  /** Set when `source` is `model`. */
  readonly written?: Written;
  /**
   * Set when the definitions give the same answer: the reading, for follow-ups, and the chips that change it with one
   * click.
   */
  readonly measured?: { readonly reading: Reading; readonly chips: readonly Chip[] };
  readonly sql: string;
  readonly dataSource: string;
  readonly result: ResultRows;
  /** Set when the rows came from the cache: their age in milliseconds. */
  readonly cacheAgeMs?: number;
  readonly chart: Chart | undefined;
  /** Set when the rows are a series over time. */
  readonly series?: Series;
  /** Rows of the series whose period is incomplete. */
  readonly cut?: readonly CutRow[];
  readonly memories: readonly UsedMemory[];
  readonly suggestions: readonly Suggestion[];
};

/** The question has several meanings. The person chooses; nothing was run. */
export type Clarify = {
  readonly status: 'clarify';
  readonly text: string;
  /** The data source, when known. */
  readonly dataSource?: string;
  readonly suggestions: readonly Suggestion[];
};

/**
 * Not answered, because there is no model, no matching verified query or no known table. Says what is missing and what
 * can be asked.
 */
export type Unanswered = {
  readonly status: 'unanswered';
  readonly text: string;
  readonly suggestions: readonly Suggestion[];
};

/** A text without rows: help, or what was learnt. */
export type Said = {
  readonly status: 'said';
  readonly text: string;
  readonly memories: readonly UsedMemory[];
  readonly suggestions: readonly Suggestion[];
};

/**
 * Refused by a rule: the guard, the budget, permissions. `sql`: the refused statement, if any, so that it can be
 * edited.
 */
export type Refused = {
  readonly status: 'refused';
  readonly code: ErrorCode;
  readonly text: string;
  readonly sql: string | undefined;
  /** The data source that the SQL was for. */
  readonly dataSource?: string;
  readonly writtenBy?: AnswerSource;
  readonly suggestions: readonly Suggestion[];
};

/** Failed. `reference` is set for bugs: the id in the logs and the alert. */
export type Failed = {
  readonly status: 'error';
  readonly code: ErrorCode | 'internal';
  readonly text: string;
  readonly sql: string | undefined;
  readonly dataSource?: string;
  readonly reference: string | undefined;
  readonly suggestions: readonly Suggestion[];
};

/** The result of a question. `taught`: ids of the memories that the same message taught. */
export type Outcome = (Answered | Clarify | Unanswered | Said | Refused | Failed) & {
  readonly taught?: readonly string[];
};
