import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { storeCorrupt } from './storage-errors.ts';

/**
 * Reads the whole store in a child process, after a crash or when the file looks short.
 * Errors: `store_corrupt` when it cannot be read to the end, even if the child dies of it.
 */
export async function readEverything(folder: string): Promise<void> {
  const fromSource = import.meta.url.endsWith('.ts');
  const script = fileURLToPath(new URL(`./read-everything-worker.${fromSource ? 'ts' : 'js'}`, import.meta.url));
  const loader = fromSource ? ['--import', 'tsx'] : [];
  const reader = spawn(process.execPath, [...loader, script, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  reader.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const [code, signal] = await once(reader, 'close');
  if (code === 0) return;
  const why = signal === null ? 'it cannot be read to the end' : `reading it ends in ${signal}`;
  throw storeCorrupt(folder, why, new Error(said.join('').slice(0, 2_000)));
}
