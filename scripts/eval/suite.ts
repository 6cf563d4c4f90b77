import type { Rows } from '../../src/core/sql/voting/result-key.ts';

/** One question of a suite. `group`: what its figures are counted under, e.g. a database or a kind of question. */
export type EvalCase = { readonly id: string; readonly question: string; readonly group: string };

/** What became of a question. `by`: what answered it, e.g. `verified` or a model. */
export type Given = {
  readonly status: 'answered' | 'clarify' | 'unanswered' | 'refused' | 'error';
  readonly by: string;
  readonly sql: string | undefined;
  readonly rows: Rows | undefined;
  readonly detail: string;
  readonly ms: number;
  readonly costMicroUsd: number;
};

/** What is right: rows, in order or not; or any answer of this verified query. */
export type Gold =
  | { readonly kind: 'rows'; readonly sql: string; readonly rows: Rows; readonly ordered: boolean }
  | { readonly kind: 'query'; readonly id: string };

export type Suite = {
  readonly name: string;
  readonly cases: readonly EvalCase[];
  /** Errors: those of the database, when the right answer itself does not run. */
  gold(one: EvalCase): Promise<Gold>;
  /** Never throws: an error is an answer of status `error`. */
  answer(one: EvalCase): Promise<Given>;
  close(): Promise<void>;
};
