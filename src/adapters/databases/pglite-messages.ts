import type { Catalogue } from '../../core/sql/catalogue.ts';
import type { QueryLimits, ResultRows } from '../../core/sql/database.ts';
import type { PlanEstimate } from '../../core/sql/plan.ts';

/** What the worker is started with. */
export type PgliteWorkerData = { readonly name: string; readonly dump: string; readonly searchPath: readonly string[] };

/** What the main thread asks. One at a time: the engine has one thread. */
export type PgliteRequest =
  | { readonly kind: 'catalogue' }
  | { readonly kind: 'plan'; readonly sql: string }
  | { readonly kind: 'query'; readonly sql: string; readonly limits: QueryLimits };

/** An error as it crosses the thread border: the engine's words and SQLSTATE. */
export type EngineError = {
  readonly message: string;
  readonly code?: string;
  readonly position?: string;
  readonly hint?: string;
};

/** What the worker answers: first `ready` or `failed`, then one answer per request. */
export type PgliteReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'catalogue'; readonly catalogue: Catalogue }
  | { readonly kind: 'plan'; readonly estimate: PlanEstimate }
  | { readonly kind: 'result'; readonly result: ResultRows }
  | { readonly kind: 'failed'; readonly error: EngineError };
