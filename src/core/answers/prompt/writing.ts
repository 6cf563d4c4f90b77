import type { Question } from '../../base/question.ts';
import type { Recalled } from '../../memory/memories.ts';
import type { Effort } from '../../model/model.ts';
import type { Route } from '../../model/route-model.ts';
import type { Source } from '../source.ts';
import type { Unread } from '../unread.ts';

/** A question with the SQL that answered it, from the thread or from a verified query. */
export type Exchange = { readonly question: string; readonly sql: string };

/** A question that the model asked, and the question it was about. */
export type Clarification = { readonly question: string; readonly asked_back: string };

/** What the model writes a statement from. */
export type Writing = {
  readonly question: Question;
  readonly source: Source;
  readonly recalled: readonly Recalled[];
  readonly thread: readonly Exchange[];
  /** The nearest verified queries. */
  readonly examples: readonly Exchange[];
  /** Questions of the model that this message answers. */
  readonly clarifications: readonly Clarification[];
  /** What the semantic model knows of the question. */
  readonly unread: Unread;
  /** Vector of the question. */
  readonly meaning: Float32Array | undefined;
};

/** A statement that the guard or the database rejected, with the reason. */
export type Failure = {
  readonly sql: string;
  /** The guard's reason or the database's code. */
  readonly class: string;
  readonly message: string;
  /** Suggested corrections: the nearest names. */
  readonly hint?: string;
  /** An excerpt of the statement with the error marked. */
  readonly at?: string;
};

/** One attempt: the model, and what was wrong with the statement before. */
export type Attempt = {
  readonly route: Route | undefined;
  readonly effort: Effort;
  readonly failure: Failure | undefined;
  /** 0 for the first statement, then the number of repairs. */
  readonly attempt: number;
};
