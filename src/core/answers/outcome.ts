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
 * Where the SQL came from. `measured`: composed from the team's definitions. `sql`: a person wrote it (pasted it or edited
 * it in the modal).
 */
export const answerSources = ['verified', 'measured', 'model', 'sql'] as const;
export type AnswerSource = (typeof answerSources)[number];

/** A memory that had an effect on the answer, to be cited there. */
export type UsedMemory = { readonly id: string; readonly text: string; readonly why?: Why };

/** A question the person may ask with one click. */
export type Suggestion = { readonly text: string };

/** Money and time of one question. `costMicroUsd`: millionths of a US dollar. */
export type Expense = { readonly ms: number; readonly costMicroUsd: number };

/** What vouches for an answer. `verifiedBy` and `verifiedAt` stand as in the query's file; absent when it does not say. */
export type VerifiedBadge = {
  readonly id: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly verifiedBy?: string;
  /** Mostly a day, `2026-10-30`. */
  readonly verifiedAt?: string;
};

/** A name or construct that the model got wrong first. `to` is what it became, when that can be told. */
export type Repair = {
  readonly kind: 'table' | 'column' | 'function' | 'other';
  readonly from: string;
  readonly to: string | undefined;
};

/** A table that an answer reads, with what of the question it accounts for: words and values; none when it only joins. */
export type TableReason = { readonly table: string; readonly words: readonly string[] };

/** A part of what is known that a prompt had no room for; `count`: how many of it, for a schema how many tokens. */
export type LeftOut = {
  readonly part: 'turns' | 'examples' | 'memories' | 'note' | 'schema';
  readonly count: number;
};

/** How a model came to its SQL. */
export type Written = {
  readonly model: string;
  /** Set where there were several models to choose from. */
  readonly route?: Route;
  readonly repairs: readonly Repair[];
  readonly tables?: readonly TableReason[];
  /** What the prompt had no room for. */
  readonly leftOut?: readonly LeftOut[];
  /** Set where several drafts were written: how many of them returned these rows. */
  readonly vote?: { readonly agreed: number; readonly of: number };
};

export type Answered = {
  readonly status: 'answered';
  /** One or two sentences; its figures come from `result`, never from a model. */
  readonly text: string;
  /** `text` with `{column}` where a figure of the rows stands, for running it again. Absent when nobody worded it. */
  readonly template?: string;
  /** How the question was understood, e.g. assumptions a model made or the verified query's title and parameters. */
  readonly interpretation: string | undefined;
  readonly source: AnswerSource;
  /** The verified query with its parameters bound, when `source` is `verified`. */
  readonly verified: VerifiedBadge | undefined;
  /** Set when `source` is `model`. */
  readonly written?: Written;
  /** When the definitions say the same: the reading, for follow-ups, and what can be changed in it with one click. */
  readonly measured?: { readonly reading: Reading; readonly chips: readonly Chip[] };
  readonly sql: string;
  readonly dataSource: string;
  readonly result: ResultRows;
  /** Set when the rows were kept from an earlier run: how long ago that was, milliseconds. */
  readonly cacheAgeMs?: number;
  readonly chart: Chart | undefined;
  /** Set when the rows are a series over time. */
  readonly series?: Series;
  /** Rows of it whose period is cut or not over. */
  readonly cut?: readonly CutRow[];
  readonly memories: readonly UsedMemory[];
  readonly suggestions: readonly Suggestion[];
};

/** More than one reading: the person chooses, nothing ran. */
export type Clarify = {
  readonly status: 'clarify';
  readonly text: string;
  /** What the question is about, when that is known. */
  readonly dataSource?: string;
  readonly suggestions: readonly Suggestion[];
};

/** Not answered, for want of a model, a matching verified query or a known table. Says what is missing and what can be asked. */
export type Unanswered = {
  readonly status: 'unanswered';
  readonly text: string;
  readonly suggestions: readonly Suggestion[];
};

/** Something was said to be remembered, or help was given: there is a text and nothing to run. */
export type Said = {
  readonly status: 'said';
  readonly text: string;
  readonly memories: readonly UsedMemory[];
  readonly suggestions: readonly Suggestion[];
};

/** Refused by a rule: the guard, the budget, permissions. `sql` is what was refused, if any, so that it can be edited. */
export type Refused = {
  readonly status: 'refused';
  readonly code: ErrorCode;
  readonly text: string;
  readonly sql: string | undefined;
  /** Where that SQL would have run, and who wrote it. */
  readonly dataSource?: string;
  readonly writtenBy?: AnswerSource;
  readonly suggestions: readonly Suggestion[];
};

/** It went wrong. `reference` is set for bugs: the id that the logs and the alert carry. */
export type Failed = {
  readonly status: 'error';
  readonly code: ErrorCode | 'internal';
  readonly text: string;
  readonly sql: string | undefined;
  readonly dataSource?: string;
  readonly reference: string | undefined;
  readonly suggestions: readonly Suggestion[];
};

/** What became of a question. `taught`: ids of the memories that the same message taught. */
export type Outcome = (Answered | Clarify | Unanswered | Said | Refused | Failed) & {
  readonly taught?: readonly string[];
};
