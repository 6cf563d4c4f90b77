import { Worker } from 'node:worker_threads';

/**
 * Starts `./<name>.ts` beside the caller in a thread of its own. Compiled, the file is `.js`; from source (development
 * and tests) the thread needs tsx to read TypeScript. Call it as `startWorker(import.meta.url, './x-worker', data)`.
 */
export function startWorker(caller: string, name: string, workerData?: unknown): Worker {
  if (!caller.endsWith('.ts')) return new Worker(new URL(`${name}.js`, caller), { workerData });
  // On Node 20 `--import tsx` does not reach a worker's own entry file, so a line of JavaScript registers tsx first.
  const file = JSON.stringify(new URL(`${name}.ts`, caller).href);
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); })`;
  return new Worker(code, { eval: true, workerData });
}
