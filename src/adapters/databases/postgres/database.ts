import pg from 'pg';
import { MemoriError, throwIfAborted } from '../../../core/base/errors.ts';
import type { Catalogue } from '../../../core/data/catalogue.ts';
import type { Database, QueryLimits, ResultRows, Session } from '../../../core/data/database.ts';
import { databaseUnavailable, queryError, timeoutError } from '../query-errors.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import { createSlots } from '../slots.ts';
import { readCatalogue } from './catalogue.ts';
import { explain, planEstimate } from './plan.ts';
import { LimitedQuery } from './query.ts';
import { enterSession } from './session.ts';
import type { RunQuery } from './values.ts';

/** A PostgreSQL server. */
export type PostgresOptions = {
  readonly name: string;
  /** `postgres://user:password@host:port/database?sslmode=…`; TLS as the URL says. */
  readonly url: string;
  /** Schemas searched for names without one. The role's own search path when left out. */
  readonly searchPath?: readonly string[];
  /** For reading the catalogue. Queries bring their own limit. */
  readonly statementTimeoutMs: number;
  /** Connections held at most. */
  readonly pool: number;
};

const connectTimeoutMs = 5_000;

/** After the limit, how long the server may take to answer before the connection is dropped. Milliseconds. */
const graceMs = 2_000;

/**
 * Fixes how values are written, whatever the role's defaults, and the time limit. For this transaction only, so that a
 * pooler in between stays clean. `client_connection_check_interval` is unknown before PostgreSQL 14.
 */
const settingsQuery = `
  SELECT pg_backend_pid() AS pid, count(set_config(s.name, v.value, true))
  FROM (VALUES ('statement_timeout', $1), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('bytea_output', 'hex'),
               ('extra_float_digits', '1'), ('client_connection_check_interval', '1000'), ('search_path', $2)) AS v(name, value)
  JOIN pg_settings AS s ON lower(s.name) = v.name WHERE v.value IS NOT NULL`;

/** A PostgreSQL server. It connects on first use, so that a server that is down at start is picked up later. */
export function openPostgres(options: PostgresOptions): Database {
  const config = clientConfig(options.url);
  const pool = new pg.Pool({ ...config, max: options.pool, idleTimeoutMillis: 30_000 });
  // A broken connection leaves the pool, and its statement is rejected with the reason. Nothing else is affected.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const searchPath = options.searchPath?.map(quoteIdentifier).join(', ');

  // Not the pool's own queue, which counts waiting as a failure to connect.
  const withSlot = createSlots(options.pool);

  function read<T>(
    { timeoutMs, session }: Pick<Transaction, 'timeoutMs' | 'session'>,
    signal: AbortSignal,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    return withSlot(signal, async () => {
      throwIfAborted(signal);
      const client = await pool.connect().catch((error: unknown) => {
        throw databaseUnavailable(error);
      });
      try {
        const transaction = { timeoutMs, session, searchPath, signal };
        const result = await inReadOnlyTransaction(client, config, transaction, () => work(client));
        // A cancel may still be on its way and must not hit the next question on this connection.
        client.release(signal.aborted);
        return result;
      } catch (error) {
        await release(client, error, signal);
        throw queryError(error, timeoutMs, signal.aborted);
      }
    });
  }

  return {
    name: options.name,
    dialect: 'postgres',
    catalogue: (signal, progress): Promise<Catalogue> =>
      read({ timeoutMs: options.statementTimeoutMs }, signal, (client) =>
        readCatalogue(options.name, runOn(client), progress),
      ),
    plan: (sql, limits, signal) =>
      read({ ...limits, session: sql.session }, signal, async (client) =>
        planEstimate(await runOn(client)(explain(sql.text))),
      ),
    query: (sql, limits, signal): Promise<ResultRows> =>
      read({ ...limits, session: sql.session }, signal, (client) => runLimited(client, sql.text, limits)),
    close: () => pool.end(),
  };
}

/** After a refusal by the server the connection is still good. After anything else the next question gets a new one. */
async function release(client: pg.PoolClient, error: unknown, signal: AbortSignal): Promise<void> {
  const isRefusal = error instanceof pg.DatabaseError && error.severity === 'ERROR' && !signal.aborted;
  const isClean =
    isRefusal &&
    (await client.query('ROLLBACK').then(
      () => true,
      () => false,
    ));
  client.release(!isClean);
}

function clientConfig(url: string): pg.ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new MemoriError(
      'config_invalid',
      'A PostgreSQL data source needs a URL like postgres://user@host:5432/database.',
      {
        next: 'Correct the URL of the data source.',
      },
    );
  }
  return {
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'memori-for-slack',
    keepAlive: true,
  };
}

const runOn =
  (client: pg.ClientBase): RunQuery =>
  async (sql, values) =>
    (await client.query<Record<string, unknown>>(sql, values === undefined ? undefined : [...values])).rows;

function runLimited(client: pg.PoolClient, text: string, limits: QueryLimits): Promise<ResultRows> {
  const query = new LimitedQuery(text, limits);
  client.query(query);
  return query.done;
}

type Transaction = {
  readonly timeoutMs: number;
  /** Who asks; nobody when the product itself does. */
  readonly session?: Session | undefined;
  readonly searchPath: string | undefined;
  readonly signal: AbortSignal;
};

/**
 * READ ONLY, limited by the server, and cancelled in the server on abort. Always rolled back, since nothing is written.
 */
async function inReadOnlyTransaction<T>(
  client: pg.PoolClient,
  config: pg.ClientConfig,
  { timeoutMs, session, searchPath, signal }: Transaction,
  work: () => Promise<T>,
): Promise<T> {
  const { givenUp, stop } = lastResort(timeoutMs);
  let pid: number | undefined;
  const cancel = () => {
    if (pid !== undefined) void cancelBackend(config, pid);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const statements = async () => {
      await client.query('BEGIN TRANSACTION READ ONLY');
      const settings = await client.query<{ pid: number }>(settingsQuery, [String(timeoutMs), searchPath ?? null]);
      pid = settings.rows[0]?.pid;
      if (session) await enterSession(runOn(client), session);
      throwIfAborted(signal);
      const result = await work();
      await client.query('ROLLBACK');
      return result;
    };
    return await Promise.race([statements(), givenUp]);
  } finally {
    stop();
    signal.removeEventListener('abort', cancel);
  }
}

/** For a server that stopped answering and misses its own timeout. */
function lastResort(timeoutMs: number): { readonly givenUp: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timeoutError(timeoutMs)), timeoutMs + graceMs);
  });
  return { givenUp, stop: () => clearTimeout(timer) };
}

/** Ends the statement in the server, over another connection. If that fails, the statement timeout ends it. */
async function cancelBackend(config: pg.ClientConfig, pid: number): Promise<void> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT pg_cancel_backend($1)', [pid]);
  } catch {
    // Nothing more can be done from here.
  } finally {
    await client.end().catch(() => {});
  }
}
