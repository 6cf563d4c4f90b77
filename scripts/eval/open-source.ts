import { fileURLToPath } from 'node:url';
import { openVerifiedFile } from '../../src/adapters/sources/open-verified-file.ts';
import type { Source } from '../../src/core/answers/source.ts';
import type { VerifiedQuery } from '../../src/core/verified/verified-query.ts';
import { loadConfig } from '../../src/process.ts';
import { openSource } from '../../src/wiring/open-source.ts';

export type OpenSource = { readonly source: Source; readonly queries: readonly VerifiedQuery[] };

/** A statement of an evaluation may take this long. Milliseconds. */
export const timeoutMs = 30_000;

export const logger = { info: () => undefined, warn: console.error, error: console.error };
const nothing = () => undefined;
const metrics = { count: nothing, gauge: nothing, observe: nothing };

const demoQueries = fileURLToPath(new URL('../../demo/shop.verified.yaml', import.meta.url));

/**
 * The demo shop, or the database at an entry of DATA_SOURCES (`name=postgres://…`), with what its files in SOURCES_FOLDER
 * say of it: as the product opens it, but without
 * vectors of words, which take a process of their own.
 */
export async function openEvalSource(entry: string | undefined): Promise<OpenSource> {
  const config = loadConfig({ DATA_SOURCES: entry ?? '', QUERY_TIMEOUT_MS: String(timeoutMs) });
  const [first] = config.sources;
  if (first === undefined) throw new Error('There is no data source.');
  const source = await openSource(first, config, { logger, metrics }, (part) => part);
  return { source, queries: first.kind === 'demo' ? await openVerifiedFile(demoQueries) : [] };
}
