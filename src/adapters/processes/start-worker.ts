import { Worker } from 'node:worker_threads';
import { programBeside } from './program-beside.ts';

/** Starts `./<name>` beside the caller in a thread of its own, as `startWorker(import.meta.url, './x-worker', data)`. */
export function startWorker(caller: string, name: string, workerData?: unknown): Worker {
  const { url, loader } = programBeside(caller, name);
  if (loader === undefined) return new Worker(url, { workerData });
  // On Node 20 `--import` does not reach a worker's own entry file, so a line of JavaScript loads the loader first.
  const code = `import(${JSON.stringify(loader.href)}).then(() => import(${JSON.stringify(url.href)}))`;
  return new Worker(code, { eval: true, workerData });
}
