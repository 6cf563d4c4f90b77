/**
 * The thread that runs the embedded PostgreSQL. It blocks while a statement runs and knows no statement_timeout, so the
 * main thread ends it when a limit is passed. Caps are applied here, before rows are copied to the main thread.
 */
import { readFile } from 'node:fs/promises';
import { workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Catalogue } from '../../../core/data/catalogue.ts';
import type { CatalogueProgress, QueryLimits, ResultRows, Session } from '../../../core/data/database.ts';
import type { PlanEstimate } from '../../../core/data/plan.ts';
import { readCatalogue } from '../postgres/catalogue.ts';
import { explain, planEstimate } from '../postgres/plan.ts';
import { createResultCollector } from '../postgres/result-collector.ts';
import { enterSession } from '../postgres/session.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import { serveRequests } from '../serve-requests.ts';
import type { Statement } from '../worker-messages.ts';
import type { PgliteWorkerData } from './worker-data.ts';

const { name, dump, searchPath } = workerData as PgliteWorkerData;

/**
 * PGlite logs in as superuser. Statements run as a role that can only read, so that READ ONLY and the guard are not the
 * only walls.
 */
const becomeReader = `
  DO $$ DECLARE s text; BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'memori_reader') THEN CREATE ROLE memori_reader; END IF;
    FOR s IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO memori_reader', s);
      EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO memori_reader', s);
    END LOOP;
  END $$;
  SET default_transaction_read_only = on;
  SET datestyle = 'ISO, YMD';
  SET timezone = 'UTC';
  SET ROLE memori_reader;`;

/** PGlite would unpack it through web streams, for which the demo's archive takes five times as long. */
async function readArchive(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const archive = await readFile(path);
  const isPacked = archive[0] === 0x1f && archive[1] === 0x8b;
  return isPacked ? gunzipSync(archive) : archive;
}

async function openEngine(): Promise<PGlite> {
  const engine = await PGlite.create({ loadDataDir: new Blob([await readArchive(dump)]) });
  await engine.exec(becomeReader);
  await engine.query("SELECT set_config('search_path', $1, false)", [searchPath.map(quoteIdentifier).join(', ')]);
  return engine;
}

const readOnly = <T>(
  engine: PGlite,
  session: Session | undefined,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> =>
  engine.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION READ ONLY');
    if (session) await enterSession((sql, values) => rowsOf(transaction, sql, values), session);
    return work(transaction);
  });

async function runQuery(engine: PGlite, { text, session }: Statement, limits: QueryLimits): Promise<ResultRows> {
  const collector = createResultCollector(limits);
  const started = performance.now();
  // Every type as the text PostgreSQL writes, so that both engines give the same cells.
  const parsers = Object.fromEntries(Object.keys(engine.parsers).map((oid) => [oid, (text: string) => text]));
  const { fields, rows } = await readOnly(engine, session, (transaction) =>
    transaction.query<(string | null)[]>(text, [], { rowMode: 'array', parsers }),
  );
  const ms = performance.now() - started;
  collector.fields(fields);
  for (const row of rows) {
    collector.add(row);
    if (collector.isFull()) break;
  }
  return collector.result(ms);
}

const rowsOf = async (transaction: Transaction, sql: string, values: readonly unknown[] = []) =>
  (await transaction.query<Record<string, unknown>>(sql, [...values])).rows;

const planOf = async (engine: PGlite, { text, session }: Statement): Promise<PlanEstimate> =>
  planEstimate(await readOnly(engine, session, (transaction) => rowsOf(transaction, explain(text))));

const catalogueOf = (engine: PGlite, progress: CatalogueProgress): Promise<Catalogue> =>
  readOnly(engine, undefined, (transaction) =>
    readCatalogue(name, (sql, values) => rowsOf(transaction, sql, values), progress),
  );

serveRequests(async () => {
  const engine = await openEngine();
  return {
    catalogue: (progress) => catalogueOf(engine, progress),
    plan: (sql) => planOf(engine, sql),
    query: (sql, limits) => runQuery(engine, sql, limits),
  };
});
