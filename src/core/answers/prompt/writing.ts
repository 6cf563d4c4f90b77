import type { Question } from '../../base/question.ts';
import type { Recalled } from '../../memory/memories.ts';
import type { Effort } from '../../model/model.ts';
import type { Route } from '../../model/route-model.ts';
import type { Source } from '../source.ts';

/** A question with the SQL that answered it: earlier in the thread, or vouched for by a person. */
export type Exchange = { readonly question: string; readonly sql: string };

/** What the model asked back, and about which question. */
export type Clarification = { readonly question: string; readonly asked_back: string };

/** What a statement is written from. */
export type Writing = {
  readonly question: Question;
  readonly source: Source;
  readonly recalled: readonly Recalled[];
  readonly thread: readonly Exchange[];
  /** The nearest verified queries. */
  readonly examples: readonly Exchange[];
  /** Questions of the model that this one answers. */
  readonly clarifications: readonly Clarification[];
  /** What of the semantic model the question names. */
  readonly names: readonly string[];
  /** What the question means, as a vector. */
  readonly meaning: Float32Array | undefined;
};

/** A statement that did not pass the guard or the database, and the reason in their words. */
export type Failure = {
  readonly sql: string;
  /** The guard's reason or the database's code. */
  readonly class: string;
  readonly message: string;
  /** What would be right: the nearest names. */
  readonly hint?: string;
  /** The place in the statement, marked. */
  readonly at?: string;
};

/** One try: which model, and what was wrong with the statement before. */
export type Attempt = {
  readonly route: Route | undefined;
  readonly effort: Effort;
  readonly failure: Failure | undefined;
  /** 0 for the first statement, then the number of the repair. */
  readonly attempt: number;
};
