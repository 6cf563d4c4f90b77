import { Worker } from 'node:worker_threads';

/**
 * Starts `./<name>.ts` beside the caller in a thread of its own. Compiled, the file is `.js`; from source (development
 * and tests) the thread needs tsx to read TypeScript. Call it as `startWorker(import.meta.url, './x-worker', data)`.
 */
export function startWorker(caller: string, name: string, workerData?: unknown): Worker {
  const fromSource = caller.endsWith('.ts');
  return new Worker(new URL(`${name}.${fromSource ? 'ts' : 'js'}`, caller), {
    workerData,
    execArgv: fromSource ? ['--import', 'tsx'] : [],
  });
}
