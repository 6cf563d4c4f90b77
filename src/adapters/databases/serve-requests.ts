import { parentPort } from 'node:worker_threads';
import type { Catalogue } from '../../core/data/catalogue.ts';
import type { CatalogueProgress, QueryLimits, ResultRows } from '../../core/data/database.ts';
import type { PlanEstimate } from '../../core/data/plan.ts';
import type { Understood } from '../../core/data/understood.ts';
import { throttle } from './throttle.ts';
import type { EngineError, Statement, WorkerInterrupt, WorkerReply, WorkerRequest } from './worker-messages.ts';

/** A database engine inside a worker thread. */
export type WorkerEngine = {
  catalogue(progress: CatalogueProgress): Promise<Catalogue>;
  /** The planner's estimate, where the engine has one. */
  plan?(sql: Statement): Promise<PlanEstimate>;
  query(sql: Statement, limits: QueryLimits): Promise<ResultRows>;
  /** What was understood of files, where the engine reads them. */
  understood?(): Promise<Understood | undefined>;
  /** Stops the running statement, where the engine can. */
  interrupt?(): void;
};

/** Answers the main thread's requests with the engine that `open` returns, or reports why it did not open. */
export function serveRequests(open: (progress: CatalogueProgress) => Promise<WorkerEngine>): void {
  open(throttle(postProgress)).then((engine) => {
    parentPort?.on('message', (request: WorkerRequest | WorkerInterrupt) => {
      if (request.kind === 'interrupt') engine.interrupt?.();
      else answer(engine, request).then(post, postFailure);
    });
    post({ kind: 'ready' });
  }, postFailure);
}

async function answer(engine: WorkerEngine, request: WorkerRequest): Promise<WorkerReply> {
  if (request.kind === 'catalogue') return { kind: 'catalogue', catalogue: await engine.catalogue(postProgress) };
  if (request.kind === 'understood') return { kind: 'understood', understood: await engine.understood?.() };
  if (request.kind === 'plan') {
    if (engine.plan === undefined) throw new Error('This engine has no planner to ask.');
    return { kind: 'plan', estimate: await engine.plan(request.sql) };
  }
  return { kind: 'result', result: await engine.query(request.sql, request.limits) };
}

const postProgress: CatalogueProgress = (read, of) => post({ kind: 'progress', read, of });
const post = (reply: WorkerReply): void => parentPort?.postMessage(reply);
const postFailure = (error: unknown): void => post({ kind: 'failed', error: engineError(error) });

function engineError(error: unknown): EngineError {
  const { message, code, position, hint } = error as Partial<Record<keyof EngineError, unknown>>;
  return {
    message: typeof message === 'string' ? message : String(error),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof position === 'string' ? { position } : {}),
    ...(typeof hint === 'string' ? { hint } : {}),
  };
}
