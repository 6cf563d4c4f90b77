import { Worker } from 'node:worker_threads';

/**
 * Starts `./<name>.ts` next to the caller as a worker thread: `startWorker(import.meta.url, './x-worker', data)`.
 * Compiled, the file is `.js`; from source the thread needs tsx.
 */
export function startWorker(caller: string, name: string, workerData?: unknown): Worker {
  if (!caller.endsWith('.ts')) return new Worker(new URL(`${name}.js`, caller), { workerData });
  // On Node 20 `--import tsx` does not reach a worker's own entry file, so a line of JavaScript registers tsx first.
  const file = JSON.stringify(new URL(`${name}.ts`, caller).href);
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); })`;
  return new Worker(code, { eval: true, workerData });
}
