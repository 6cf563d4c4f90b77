import type { Catalogue } from '../../core/data/catalogue.ts';
import type { QueryLimits, ResultRows, Session } from '../../core/data/database.ts';
import type { PlanEstimate } from '../../core/data/plan.ts';
import type { Understood } from '../../core/data/understood.ts';

/** The part of a checked statement that an engine needs. */
export type Statement = { readonly text: string; readonly session: Session | undefined };

/** What the main thread asks of a worker, one request at a time. */
export type WorkerRequest =
  | { readonly kind: 'catalogue' }
  | { readonly kind: 'understood' }
  | { readonly kind: 'plan'; readonly sql: Statement }
  | { readonly kind: 'query'; readonly sql: Statement; readonly limits: QueryLimits };

/** Sent while a request runs: the engine should stop it. The request is then answered as failed. */
export type WorkerInterrupt = { readonly kind: 'interrupt' };

/** An error on its way between threads: the engine's message, and SQLSTATE where it has one. */
export type EngineError = {
  readonly message: string;
  readonly code?: string;
  readonly position?: string;
  readonly hint?: string;
};

/** What the worker answers: first `ready` or `failed`, then one answer per request. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'catalogue'; readonly catalogue: Catalogue }
  // Any number of these may come before the answer.
  | { readonly kind: 'progress'; readonly read: number; readonly of: number }
  | { readonly kind: 'understood'; readonly understood: Understood | undefined }
  | { readonly kind: 'plan'; readonly estimate: PlanEstimate }
  | { readonly kind: 'result'; readonly result: ResultRows }
  | { readonly kind: 'failed'; readonly error: EngineError };
