import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const library = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
const cache = new URL('../../node_modules/.cache/memori-tests', import.meta.url).pathname;

/**
 * An empty embedded PostgreSQL. `initdb` takes four times as long as opening a copy of what it made, so it runs once for
 * each version of PGlite and working tree; the copy is kept under node_modules.
 */
export async function createPglite(): Promise<PGlite> {
  const { version } = JSON.parse(readFileSync(join(library, '../package.json'), 'utf8')) as { version: string };
  const file = join(cache, `pglite-${version}.tar`);
  if (!existsSync(file)) await keepEmpty(file);
  return PGlite.create({ loadDataDir: new Blob([readFileSync(file)]) });
}

/** Two that do it at once each write a whole file of their own. */
async function keepEmpty(file: string): Promise<void> {
  const engine = await PGlite.create();
  const dump = await engine.dumpDataDir('none');
  await engine.close();
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, Buffer.from(await dump.arrayBuffer()));
  renameSync(`${file}.${process.pid}`, file);
}
