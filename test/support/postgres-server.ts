import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server for tests. `url` names an empty database of a superuser. */
export type PostgresServer = { readonly url: string; stop(): Promise<void> };

const installations = '/usr/lib/postgresql';

/**
 * The server `POSTGRES_TEST_URI` names, or one started from Debian's binaries in a folder of its own. Undefined where
 * there is neither; the tests then say "skipped".
 */
export async function startPostgresServer(): Promise<PostgresServer | undefined> {
  const given = process.env.POSTGRES_TEST_URI;
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  const binaries = findBinaries();
  return binaries === undefined ? undefined : startFrom(binaries);
}

/** True where `startPostgresServer` will give one. */
export const hasPostgresServer = (): boolean => Boolean(process.env.POSTGRES_TEST_URI) || findBinaries() !== undefined;

function findBinaries(): string | undefined {
  if (!existsSync(installations)) return undefined;
  const [newest] = readdirSync(installations).sort((a, b) => Number(b) - Number(a));
  const folder = join(installations, newest ?? '', 'bin');
  return existsSync(join(folder, 'initdb')) && ownerIds() !== undefined ? folder : undefined;
}

type Owner = { readonly uid: number; readonly gid: number };

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
function ownerIds(): Owner | undefined {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (uid !== 0) return { uid, gid };
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

async function startFrom(binaries: string): Promise<PostgresServer> {
  const owner = ownerIds() ?? { uid: 0, gid: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'memori-postgres-'));
  chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    {
      ...owner,
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off', `port=${port}`];
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilReady(url);
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const client = new pg.Client(url);
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('PostgreSQL did not start within ten seconds.');
}

/** Runs SQL of several statements on a server. */
export async function runScript(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
