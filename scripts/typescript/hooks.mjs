import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const cache = new URL('../../node_modules/.cache/memori-typescript/', import.meta.url);
/** Changes with the options below: they make other code of the same file. */
const edition = '1';

/** Node's hook for loading a module: a `.ts` file is compiled by swc when it has changed, and read from the cache else. */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  return { format: 'module', source: await compiled(url), shortCircuit: true };
}

/** Each file has one entry, which begins with a mark of the text that it was compiled from. */
async function compiled(url) {
  const text = await readFile(new URL(url), 'utf8');
  const mark = `/* ${hash(edition + text)} */`;
  const entry = new URL(`${hash(url)}.mjs`, cache);
  const kept = await readFile(entry, 'utf8').catch(() => '');
  if (kept.startsWith(mark)) return kept;
  const code = mark + (await compile(text, fileURLToPath(url)));
  await keep(entry, code);
  return code;
}

const hash = (text) => createHash('sha1').update(text).digest('hex');

async function compile(text, filename) {
  const { transform } = await import('@swc/core');
  const { code } = await transform(text, {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
  });
  return code;
}

/** Whole or not at all: other processes read the same entries. One that cannot be kept is compiled again next time. */
async function keep(entry, code) {
  const partial = new URL(`${entry.href}.${randomUUID()}`);
  await mkdir(cache, { recursive: true })
    .then(() => writeFile(partial, code))
    .then(() => rename(partial, entry))
    .catch(() => undefined);
}
