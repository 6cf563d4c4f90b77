import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { freePort, ownerIds, stopServer, untilReady } from './local-server.ts';

/** A MySQL or MariaDB server for tests. `url` names an empty database of a user who may do everything. */
export type MysqlServer = { readonly url: string; stop(): Promise<void> };

const binary = '/usr/sbin/mariadbd';
const installer = '/usr/bin/mariadb-install-db';

/**
 * The server `MYSQL_TEST_URI` names, or one started from Debian's MariaDB in a folder of its own. Undefined where there
 * is neither; the tests then say "skipped".
 */
export async function startMysqlServer(): Promise<MysqlServer | undefined> {
  const given = process.env.MYSQL_TEST_URI;
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  return hasMysqlServer() ? startServer() : undefined;
}

/** True where `startMysqlServer` will give one. */
export const hasMysqlServer = (): boolean =>
  Boolean(process.env.MYSQL_TEST_URI) ||
  (existsSync(binary) && existsSync(installer) && ownerIds('mysql') !== undefined);

async function startServer(): Promise<MysqlServer> {
  const owner = ownerIds('mysql') ?? { uid: 0, gid: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'memori-mysql-'));
  chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const options = { ...owner, cwd: folder, stdio: 'ignore' as const };
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  execFileSync(installer, install, options);
  const port = await freePort();
  const settings = ['--no-defaults', `--datadir=${data}`, `--socket=${join(folder, 's')}`, `--port=${port}`];
  const server = spawn(
    binary,
    [
      ...settings,
      '--bind-address=127.0.0.1',
      `--pid-file=${join(folder, 'pid')}`,
      '--innodb-buffer-pool-size=32M',
      '--innodb-flush-log-at-trx-commit=0',
      '--skip-log-bin',
    ],
    options,
  );
  await untilReady('MariaDB', () => createShop(port));
  return {
    url: `mysql://root@127.0.0.1:${port}/shop`,
    stop: () => stopServer(server, 'SIGTERM', folder),
  };
}

async function createShop(port: number): Promise<void> {
  const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' });
  await connection.query('CREATE DATABASE IF NOT EXISTS shop');
  await connection.end();
}

/** Runs SQL of several statements on a server. */
export async function runMysqlScript(url: string, sql: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
  await connection.query(sql);
  await connection.end();
}
