import { fileURLToPath } from 'node:url';

/** A file that runs in a process or a thread of its own. */
export type Program = {
  readonly url: URL;
  readonly path: string;
  /** The module that lets Node read the file. Undefined when it is compiled. */
  readonly loader: URL | undefined;
  /** What Node is started with to run it. */
  readonly execArgv: string[];
};

/**
 * The program `./<name>` beside the caller: `.js` when the caller is compiled, else `.ts` (development and tests). There
 * our own loader reads it, because tsx takes a quarter of a second of processor time for each process that starts.
 * Call it as `programBeside(import.meta.url, './x-worker')`.
 */
export function programBeside(caller: string, name: string): Program {
  const isSource = caller.endsWith('.ts');
  const url = new URL(`${name}.${isSource ? 'ts' : 'js'}`, caller);
  const loader = isSource ? new URL('../../../scripts/typescript/register.mjs', import.meta.url) : undefined;
  return { url, path: fileURLToPath(url), loader, execArgv: loader ? ['--import', loader.href] : [] };
}
