import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openPostgres } from '../../../src/adapters/databases/postgres/database.ts';
import { runScript, startPostgresServer } from '../../../test/support/postgres-server.ts';
import { type LiveEngine, openingMs, ownerTimeoutMs } from './live-engine.ts';
import { postgresFingerprint } from './postgres-fingerprint.ts';

const roleScript = fileURLToPath(new URL('../../create-readonly-role.sql', import.meta.url));
const template = 'memori_bench_template';
const scratch = 'memori_bench';

/**
 * A PostgreSQL server, in databases of our own: the one at a URL, whose user must be allowed to make databases and roles,
 * or one that is started from Debian's binaries.
 */
export async function openLivePostgres(script: string, given?: string): Promise<LiveEngine | string> {
  const server = given === undefined ? await startPostgresServer() : { url: given, stop: async () => undefined };
  if (server === undefined) return 'no PostgreSQL server: give --postgres URL, or install postgresql';
  const admin = new pg.Client(server.url);
  admin.on('error', () => undefined);
  await admin.connect();
  const version = String((await admin.query('SHOW server_version')).rows[0]?.server_version).split(' ')[0];
  const drop = async (name: string): Promise<void> =>
    void (await admin.query(`DROP DATABASE IF EXISTS ${name} (FORCE)`));
  await drop(scratch);
  await drop(template);
  await admin.query(`CREATE DATABASE ${template}`);
  await runScript(at(server.url, template), script);
  const reader = makeReader(at(server.url, template));
  await admin.query(`CREATE DATABASE ${scratch} TEMPLATE ${template}`);

  const url = at(server.url, scratch);
  const open = (name: string, as: string) =>
    openPostgres({ name, url: as, statementTimeoutMs: openingMs, pool: 3, searchPath: ['public'] });
  const owner = open('owner', url);
  const databases = reader === undefined ? { owner } : { reader: open('reader', as(url, reader)), owner };
  return {
    name: `PostgreSQL ${version}`,
    dialect: 'postgres',
    databases,
    asOwner: (sql) => withClient(url, (client) => client.query(sql)).then(() => undefined),
    fingerprint: () =>
      withClient(url, (client) =>
        postgresFingerprint(async (text) => (await client.query<unknown[]>({ text, rowMode: 'array' })).rows),
      ),
    async reset() {
      await drop(scratch);
      await admin.query(`CREATE DATABASE ${scratch} TEMPLATE ${template}`);
    },
    isRunning: async (text) =>
      ((
        await admin.query(
          "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()",
          [`%${text}%`],
        )
      ).rowCount ?? 0) > 0,
    async close() {
      await Promise.all(Object.values(databases).map((database) => database.close()));
      await drop(scratch);
      await drop(template);
      await admin.end();
      await server.stop();
    },
  };
}

const at = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

const as = (url: string, { user, password }: { readonly user: string; readonly password: string }): string => {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.href;
};

/** The role of `scripts/create-readonly-role.sql`, made by that script; undefined without psql to run it. */
function makeReader(url: string): { readonly user: string; readonly password: string } | undefined {
  const password = 'reads-only';
  try {
    execFileSync('psql', ['-q', '-v', `password=${password}`, '-f', roleScript, url], { stdio: 'pipe' });
    return { user: 'memori_reader', password };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, statement_timeout: ownerTimeoutMs });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
