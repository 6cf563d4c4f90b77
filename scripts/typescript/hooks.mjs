import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const cache = new URL('../../node_modules/.cache/memori-typescript/', import.meta.url);
/** Part of a file's key: another compiler or other options make other code. */
const made = `1 ${process.version}`;

/** Node's hook: a `.ts` file is compiled by swc once and read from the cache after that. */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  return { format: 'module', source: await compiled(url), shortCircuit: true };
}

async function compiled(url) {
  const source = await readFile(new URL(url), 'utf8');
  const key = createHash('sha1').update(made).update(url).update(source).digest('hex');
  const kept = new URL(`${key}.mjs`, cache);
  return readFile(kept, 'utf8').catch(async () => {
    const code = await compile(source, fileURLToPath(url));
    await keep(kept, code);
    return code;
  });
}

async function compile(source, filename) {
  const { transform } = await import('@swc/core');
  const { code } = await transform(source, {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
  });
  return code;
}

/** Whole or not at all: other processes read the same files. */
async function keep(file, code) {
  await mkdir(cache, { recursive: true });
  const partial = new URL(`${file.href}.${process.pid}`);
  await writeFile(partial, code);
  await rename(partial, file);
}
