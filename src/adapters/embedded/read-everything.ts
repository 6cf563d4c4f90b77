import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { programBeside } from '../processes/program-beside.ts';
import { storeCorrupt } from './storage-errors.ts';

/**
 * Reads the whole store in a child process, after a crash or when the file looks short.
 * Errors: `store_corrupt` when it cannot be read to the end, even if the child dies of it.
 */
export async function readEverything(folder: string): Promise<void> {
  const { path, execArgv } = programBeside(import.meta.url, './read-everything-worker');
  const reader = spawn(process.execPath, [...execArgv, path, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  reader.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const [code, signal] = await once(reader, 'close');
  if (code === 0) return;
  const why = signal === null ? 'it cannot be read to the end' : `reading it ends in ${signal}`;
  throw storeCorrupt(folder, why, new Error(said.join('').slice(0, 2_000)));
}
