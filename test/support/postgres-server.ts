import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort, ownerIds, stopServer, untilReady } from './local-server.ts';
import { borrowServer, type OwnServer, type TestServer } from './servers/lent-server.ts';

const installations = '/usr/lib/postgresql';

/**
 * A PostgreSQL server for tests; `url` names an empty database of a superuser. The one of `POSTGRES_TEST_URI`, or one
 * that is started from Debian's binaries. Undefined where there is neither; the tests then say "skipped".
 */
export async function startPostgresServer(): Promise<TestServer | undefined> {
  const given = process.env.POSTGRES_TEST_URI;
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  return borrowServer('postgres', startOwnPostgres);
}

/** One from Debian's binaries, in a folder of its own. */
export async function startOwnPostgres(): Promise<OwnServer | undefined> {
  const binaries = findBinaries();
  return binaries === undefined ? undefined : startFrom(binaries);
}

/** True where `startPostgresServer` will give one. */
export const hasPostgresServer = (): boolean => Boolean(process.env.POSTGRES_TEST_URI) || findBinaries() !== undefined;

function findBinaries(): string | undefined {
  if (!existsSync(installations)) return undefined;
  const [newest] = readdirSync(installations).sort((a, b) => Number(b) - Number(a));
  const folder = join(installations, newest ?? '', 'bin');
  return existsSync(join(folder, 'initdb')) && ownerIds('postgres') !== undefined ? folder : undefined;
}

async function startFrom(binaries: string): Promise<OwnServer> {
  const owner = ownerIds('postgres') ?? { uid: 0, gid: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'memori-postgres-'));
  chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const options = { ...owner, cwd: folder, stdio: 'ignore' as const };
  const settled = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  await promisify(execFile)(join(binaries, 'initdb'), ['-D', data, ...settled], options);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off', `port=${port}`];
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    options,
  );
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilReady('PostgreSQL', () => connect(url));
  return {
    url,
    reset: () => makeNew(url),
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    stop: () => stopServer(server, 'SIGINT', folder),
  };
}

/** Drops what a script may have made: the database with all that is in it, and roles, which belong to the server. */
async function makeNew(url: string): Promise<void> {
  const admin = new pg.Client(Object.assign(new URL(url), { pathname: '/template1' }).href);
  await admin.connect();
  await admin.query('DROP DATABASE postgres WITH (FORCE)');
  await admin.query('CREATE DATABASE postgres');
  const made = await admin.query('SELECT quote_ident(rolname) AS name FROM pg_roles WHERE oid > 16383');
  for (const { name } of made.rows) await admin.query(`DROP ROLE ${name}`);
  await admin.end();
}

async function connect(url: string): Promise<void> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  await client.end();
}

/** Runs SQL of several statements on a server. */
export async function runScript(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
