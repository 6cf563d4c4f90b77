import type { ResultCells } from '../../src/core/sql/voting/result-key.ts';

/** One question of a suite. `group`: what its figures are counted under, e.g. a database or a kind of question. */
export type EvalCase = { readonly id: string; readonly question: string; readonly group: string };

/** What became of a question. `accepted`: its SQL passed the guard, and there is nothing to run it on. */
export type Given = {
  readonly status: 'answered' | 'accepted' | 'clarify' | 'unanswered' | 'refused' | 'error';
  /** What answered it: `verified` with the query's id, `measured`, `model`. */
  readonly by: string;
  readonly sql: string | undefined;
  readonly rows: ResultCells | undefined;
  /** What stood in the way: the guard's reason or the code of an error. */
  readonly reason?: string | undefined;
  readonly detail: string;
  readonly ms: number;
  readonly costMicroUsd: number;
};

/** What is right: rows, in order or not; any answer of this verified query; or, where nothing can run, SQL to look at. */
export type Gold =
  | { readonly kind: 'rows'; readonly sql: string; readonly rows: ResultCells; readonly ordered: boolean }
  | { readonly kind: 'query'; readonly id: string }
  | { readonly kind: 'sql'; readonly sql: string };

export type Suite = {
  readonly name: string;
  readonly cases: readonly EvalCase[];
  /** What a reader of the figures must know, one sentence each. */
  readonly notes: readonly string[];
  /** Errors: those of the database, when the right answer itself does not run. */
  gold(one: EvalCase): Promise<Gold>;
  /** Never throws: an error is an answer of status `error`. */
  answer(one: EvalCase): Promise<Given>;
  close(): Promise<void>;
};
