import { fileURLToPath } from 'node:url';
import { openPglite } from '../../src/adapters/databases/pglite.ts';
import { openPostgres } from '../../src/adapters/databases/postgres.ts';
import { createPostgresSyntax } from '../../src/adapters/databases/postgres-syntax.ts';
import { createChronoDates } from '../../src/adapters/dates/chrono-dates.ts';
import { readSourceFile } from '../../src/adapters/sources/read-source-file.ts';
import { sourcePolicy } from '../../src/adapters/sources/source-policy.ts';
import { openVerifiedFile } from '../../src/adapters/verified/open-verified-file.ts';
import { createSource, type Source } from '../../src/core/source.ts';
import { createDataSource } from '../../src/core/sql/create-data-source.ts';
import { openPolicy } from '../../src/core/sql/policy.ts';
import type { VerifiedQuery } from '../../src/core/verified/verified-query.ts';

export type OpenSource = { readonly source: Source; readonly queries: readonly VerifiedQuery[] };

/** A statement of an evaluation may take this long. Milliseconds. */
export const timeoutMs = 30_000;

const demo = (name: string): string => fileURLToPath(new URL(`../../demo/${name}`, import.meta.url));

/** The demo shop, or the PostgreSQL database at a URL, which has no verified queries. */
export async function openEvalSource(url: string | undefined): Promise<OpenSource> {
  const file = url === undefined ? await readSourceFile(demo('source.yaml')) : undefined;
  const queries = file ? await openVerifiedFile(demo('shop.verified.yaml')) : [];
  const logger = { info: () => undefined, warn: console.error, error: console.error };
  const name = file ? 'shop' : 'database';
  const database =
    url === undefined
      ? await openPglite({ name, dump: demo('shop.tar.gz'), timeoutMs, logger })
      : openPostgres({ name, url, statementTimeoutMs: timeoutMs, pool: 2 });
  const policy = file ? sourcePolicy(file) : openPolicy;
  const data = createDataSource({
    name,
    description: file?.description || name,
    database,
    syntax: createPostgresSyntax(),
    policy,
    today: () => file?.today ?? new Date().toISOString().slice(0, 10),
    ttlMs: 3_600_000,
  });
  const examples = file?.examples ?? { en: [], zh: [] };
  return { source: createSource({ data, policy, queries, examples, dates: createChronoDates() }), queries };
}
