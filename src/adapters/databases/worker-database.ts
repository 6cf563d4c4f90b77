import type { Worker } from 'node:worker_threads';
import { MemoriError, throwIfAborted } from '../../core/base/errors.ts';
import type { Logger } from '../../core/base/logger.ts';
import type { CatalogueProgress, CheckedSql, Database, DialectName } from '../../core/data/database.ts';
import { queryError, timeoutError } from './query-errors.ts';
import { createSlots } from './slots.ts';
import type { EngineError, Statement, WorkerInterrupt, WorkerReply, WorkerRequest } from './worker-messages.ts';

/** An engine that runs in a worker thread. */
export type WorkerDatabaseOptions = {
  readonly name: string;
  readonly dialect: DialectName;
  /** Starts a thread that calls `serveRequests`. */
  readonly start: () => Worker;
  /** Called when a thread has ended, to remove what it left. */
  readonly onEnd?: (worker: Worker) => void;
  /** The error for a database that cannot be opened. */
  readonly openError: (error: EngineError) => MemoriError;
  /** Called while a long opening goes on. */
  readonly onOpening?: CatalogueProgress;
  /** The engine reads files and says what it understood of them. */
  readonly reads?: boolean;
  /** The engine has a planner that gives estimates. */
  readonly plans?: boolean;
  /** The engine can stop a statement and keep its thread. Otherwise the thread is ended. */
  readonly interruptible?: boolean;
  /** For opening and for reading the catalogue, milliseconds. Queries bring their own limit. */
  readonly timeoutMs: number;
  readonly logger: Logger;
};

/** How long an engine may take to stop a statement, milliseconds. */
const interruptMs = 500;

/**
 * An engine in a worker thread. When a statement passes its limit or its caller leaves, the engine is asked to stop; if
 * it does not, the thread is ended and replaced.
 * Errors: `database_unavailable` when it cannot be opened.
 */
export async function openWorkerDatabase(options: WorkerDatabaseOptions): Promise<Database> {
  let engine = startEngine(options);
  // One at a time, so that a limit counts the statement's own time, not its wait.
  const withSlot = createSlots(1);
  let closed = false;

  function replace(reason: string, running?: Promise<unknown>): void {
    const old = engine;
    engine = startEngine(options);
    // The next caller sees a failure of the new engine.
    engine.ready.catch(() => {});
    options.logger.warn('The embedded database was restarted.', { dataSource: options.name, reason });
    // A statement that runs on a thread of the engine's own cannot be ended with this one: when it is done it would find
    // nobody to tell, and DuckDB's binding ends the process then. It is left to itself, and its thread ended after it.
    if (options.interruptible === true) void Promise.allSettled([running]).then(() => old.stop());
    else void old.stop();
  }

  async function run(
    request: WorkerRequest,
    timeoutMs: number,
    signal: AbortSignal,
    progress?: CatalogueProgress,
  ): Promise<WorkerReply> {
    throwIfAborted(signal);
    await engine.ready.catch((error: unknown) => {
      // This question reports the error; the next one gets a new worker.
      if (!closed) replace('start');
      throw error;
    });
    throwIfAborted(signal);
    const asked = engine.ask(request, progress);
    const reply = await within(asked, timeoutMs, signal).catch(async (error: unknown) => {
      const stopped = options.interruptible === true && (await interruptInTime(asked));
      if (!closed && !stopped) replace(error instanceof MemoriError ? error.code : 'crash', asked);
      throw queryError(error, timeoutMs, signal.aborted);
    });
    if (reply.kind === 'failed') throw queryError(reply.error, timeoutMs, signal.aborted);
    return reply;
  }

  /** Whether the engine gave up its statement in time. */
  async function interruptInTime(asked: Promise<WorkerReply>): Promise<boolean> {
    engine.interrupt();
    return within(asked, interruptMs, new AbortController().signal).then(
      () => true,
      () => false,
    );
  }

  const plan: NonNullable<Database['plan']> = async (sql, limits, signal) => {
    const reply = await withSlot(signal, () => run({ kind: 'plan', sql: statementOf(sql) }, limits.timeoutMs, signal));
    return reply.kind === 'plan' ? reply.estimate : unexpected(reply);
  };

  const understood: NonNullable<Database['understood']> = async (signal) => {
    const reply = await withSlot(signal, () => run({ kind: 'understood' }, options.timeoutMs, signal));
    return reply.kind === 'understood' ? reply.understood : unexpected(reply);
  };

  await engine.ready;
  return {
    ...(options.plans ? { plan } : {}),
    ...(options.reads ? { understood } : {}),
    name: options.name,
    dialect: options.dialect,
    async catalogue(signal, progress) {
      const reply = await withSlot(signal, () => run({ kind: 'catalogue' }, options.timeoutMs, signal, progress));
      return reply.kind === 'catalogue' ? reply.catalogue : unexpected(reply);
    },
    async query(sql, limits, signal) {
      const request: WorkerRequest = { kind: 'query', sql: statementOf(sql), limits };
      const reply = await withSlot(signal, () => run(request, limits.timeoutMs, signal));
      return reply.kind === 'result' ? reply.result : unexpected(reply);
    },
    async close() {
      closed = true;
      await engine.stop();
    },
  };
}

const statementOf = ({ text, session }: CheckedSql): Statement => ({ text, session });

function unexpected(reply: WorkerReply): never {
  throw new Error(`The worker answered ${reply.kind}.`);
}

type Engine = {
  readonly ready: Promise<void>;
  ask(request: WorkerRequest, progress?: CatalogueProgress): Promise<WorkerReply>;
  interrupt(): void;
  stop(): Promise<void>;
};

function startEngine({ start, onEnd, openError, timeoutMs, onOpening }: WorkerDatabaseOptions): Engine {
  const worker = start();
  // The worker alone does not keep the process alive.
  worker.unref();
  worker.once('exit', () => onEnd?.(worker));
  // Every report of progress extends the limit, because opening large files takes long.
  const limit = createLimit(timeoutMs);
  const opened = nextReply(worker, (read, of) => {
    limit.extend();
    onOpening?.(read, of);
  }).then((reply) => {
    if (reply.kind === 'failed') throw openError(reply.error);
  });
  return {
    ready: Promise.race([opened, limit.passed])
      .finally(limit.end)
      .catch((error: unknown) => {
        throw error instanceof MemoriError && error.code !== 'query_timeout'
          ? error
          : openError({ message: String(error) });
      }),
    ask(request, progress) {
      const reply = nextReply(worker, progress);
      worker.postMessage(request);
      return reply;
    },
    interrupt() {
      worker.postMessage({ kind: 'interrupt' } satisfies WorkerInterrupt);
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** A time limit that starts again with each `extend`. */
function createLimit(timeoutMs: number) {
  let timer: NodeJS.Timeout | undefined;
  let fail = (_error: Error) => {};
  const passed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const extend = () => {
    clearTimeout(timer);
    timer = setTimeout(() => fail(timeoutError(timeoutMs)), timeoutMs);
  };
  extend();
  return { passed, extend, end: () => clearTimeout(timer) };
}

/** The next message other than progress, or the error that ended the thread. */
function nextReply(worker: Worker, progress?: CatalogueProgress): Promise<WorkerReply> {
  return new Promise((resolve, reject) => {
    const onExit = () => settle(() => reject(new Error('The embedded database ended unexpectedly.')));
    const onError = (error: Error) => settle(() => reject(error));
    const onMessage = (reply: WorkerReply) => {
      if (reply.kind === 'progress') progress?.(reply.read, reply.of);
      else settle(() => resolve(reply));
    };
    const settle = (finish: () => void) => {
      worker.off('exit', onExit).off('error', onError).off('message', onMessage);
      worker.unref();
      finish();
    };
    worker.ref();
    worker.on('exit', onExit).on('error', onError).on('message', onMessage);
  });
}

/** Rejects with `query_timeout` or `cancelled` when the time is up or the caller leaves. */
function within<T>(work: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(timeoutError(timeoutMs)), timeoutMs);
    const onAbort = () => reject(new MemoriError('cancelled', 'The query was stopped.', { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
  });
}
