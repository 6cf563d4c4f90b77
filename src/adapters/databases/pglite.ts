import type { Worker } from 'node:worker_threads';
import { MemoriError, throwIfAborted } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { Database } from '../../core/sql/database.ts';
import { startWorker } from '../start-worker.ts';
import type { EngineError, PgliteReply, PgliteRequest, PgliteWorkerData } from './pglite-messages.ts';
import { queryError, timeoutError } from './postgres-errors.ts';
import { createSlots } from './slots.ts';

export type PgliteOptions = {
  readonly name: string;
  /** Path of a data directory dumped by PGlite (`dumpDataDir`), tar or tar.gz. */
  readonly dump: string;
  /** Schemas looked in when a name has none; `public` when left out. */
  readonly searchPath?: readonly string[];
  /** For opening and for reading the catalogue. Questions bring their own limit. */
  readonly timeoutMs: number;
  readonly logger: Logger;
};

/**
 * The embedded PostgreSQL, in a worker that is ended when a statement passes its limit or is stopped. Another takes its
 * place at once from the same dump, so nothing a statement did outlives it. Throws `database_unavailable` when the dump
 * cannot be opened.
 */
export async function openPglite(options: PgliteOptions): Promise<Database> {
  let engine = startEngine(options);
  // One at a time, so that a limit counts the statement's own time and not its wait.
  const withSlot = createSlots(1);
  let closed = false;

  function replace(reason: string): void {
    const worker = engine;
    engine = startEngine(options);
    // Failures of the new one reach whoever asks next.
    engine.ready.catch(() => {});
    options.logger.warn('The embedded database was restarted.', { dataSource: options.name, reason });
    void worker.stop();
  }

  async function run(request: PgliteRequest, timeoutMs: number, signal: AbortSignal): Promise<PgliteReply> {
    throwIfAborted(signal);
    await engine.ready.catch((error: unknown) => {
      // The next question tries a fresh worker; this one says what is wrong.
      if (!closed) replace('start');
      throw error;
    });
    throwIfAborted(signal);
    const reply = await within(engine.ask(request), timeoutMs, signal).catch((error: unknown) => {
      if (!closed) replace(error instanceof MemoriError ? error.code : 'crash');
      throw queryError(error, timeoutMs, signal.aborted);
    });
    if (reply.kind === 'failed') throw queryError(reply.error, timeoutMs, signal.aborted);
    return reply;
  }

  await engine.ready;
  return {
    name: options.name,
    dialect: 'postgres',
    async catalogue(signal) {
      const reply = await withSlot(signal, () => run({ kind: 'catalogue' }, options.timeoutMs, signal));
      return reply.kind === 'catalogue' ? reply.catalogue : unexpected(reply);
    },
    async plan(sql, limits, signal) {
      const reply = await withSlot(signal, () => run({ kind: 'plan', sql: sql.text }, limits.timeoutMs, signal));
      return reply.kind === 'plan' ? reply.estimate : unexpected(reply);
    },
    async query(sql, limits, signal) {
      const request: PgliteRequest = { kind: 'query', sql: sql.text, limits };
      const reply = await withSlot(signal, () => run(request, limits.timeoutMs, signal));
      return reply.kind === 'result' ? reply.result : unexpected(reply);
    },
    async close() {
      closed = true;
      await engine.stop();
    },
  };
}

function unexpected(reply: PgliteReply): never {
  throw new Error(`The worker answered ${reply.kind}.`);
}

type Engine = {
  readonly ready: Promise<void>;
  ask(request: PgliteRequest): Promise<PgliteReply>;
  stop(): Promise<void>;
};

function startEngine({ name, dump, timeoutMs, searchPath = ['public'] }: PgliteOptions): Engine {
  const data: PgliteWorkerData = { name, dump, searchPath };
  const worker = startWorker(import.meta.url, './pglite-worker', data);
  // The worker alone does not keep the process alive.
  worker.unref();
  const opened = nextReply(worker).then((reply) => {
    if (reply.kind === 'failed') throw unopened(dump, reply.error);
  });
  return {
    ready: within(opened, timeoutMs, new AbortController().signal).catch((error: unknown) => {
      throw error instanceof MemoriError && error.code !== 'query_timeout'
        ? error
        : unopened(dump, { message: String(error) });
    }),
    ask(request) {
      const reply = nextReply(worker);
      worker.postMessage(request);
      return reply;
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** The next message, or the error that ended the thread. */
function nextReply(worker: Worker): Promise<PgliteReply> {
  return new Promise((resolve, reject) => {
    const onExit = () => settle(() => reject(new Error('The embedded database ended unexpectedly.')));
    const onError = (error: Error) => settle(() => reject(error));
    const onMessage = (reply: PgliteReply) => settle(() => resolve(reply));
    const settle = (finish: () => void) => {
      worker.off('exit', onExit).off('error', onError).off('message', onMessage);
      worker.unref();
      finish();
    };
    worker.ref();
    worker.on('exit', onExit).on('error', onError).on('message', onMessage);
  });
}

/** Rejects with `query_timeout` or `cancelled` when the time is up or the caller stops. */
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

const unopened = (dump: string, error: EngineError): MemoriError =>
  new MemoriError('database_unavailable', `The embedded database could not be opened from ${dump}: ${error.message}`, {
    next: 'Restore the dump file, or name another data source.',
    details: { message: error.message },
  });
