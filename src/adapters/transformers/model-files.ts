import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EmbedModel } from './embed-protocol.ts';

const hub = 'https://huggingface.co';

/**
 * A file of a model, from its folder; one that is not there is downloaded from the hub once, when that is allowed.
 * Errors: those of the file system, and an `Error` that names the address which did not answer with the file.
 */
export async function readModelFile({ model, modelsFolder, remote }: EmbedModel, name: string): Promise<Buffer> {
  const path = join(modelsFolder, model, name);
  try {
    return await readFile(path);
  } catch (error) {
    if (!remote || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const bytes = await download(`${hub}/${model}/resolve/main/${name}`);
    await keep(path, bytes);
    return bytes;
  }
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status} ${response.statusText}`.trim());
  return Buffer.from(await response.arrayBuffer());
}

/** Under another name until it is complete: a process that ends meanwhile must not leave half a model. */
async function keep(path: string, bytes: Buffer): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(partial, bytes);
  await rename(partial, path);
}
