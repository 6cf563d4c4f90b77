import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { freePort, ownerIds, stopServer, untilReady } from './local-server.ts';
import { borrowServer, type OwnServer, type TestServer } from './servers/lent-server.ts';

const binary = '/usr/sbin/mariadbd';
const installer = '/usr/bin/mariadb-install-db';

/** What is written may be lost with the machine, so nothing waits for a disk. */
const unsafe = [
  '--innodb-log-file-size=4M',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--skip-innodb-doublewrite',
];

/**
 * A MySQL or MariaDB server for tests; `url` names an empty database of a user who may do everything. The one of
 * `MYSQL_TEST_URI`, or one that is started from Debian's MariaDB. Undefined where there is neither; the tests then say
 * "skipped".
 */
export async function startMysqlServer(): Promise<TestServer | undefined> {
  const given = process.env.MYSQL_TEST_URI;
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  return borrowServer('mysql', startOwnMysql);
}

/** One from Debian's MariaDB, in a folder of its own. */
export const startOwnMysql = async (): Promise<OwnServer | undefined> => (hasMysqlServer() ? startServer() : undefined);

/** True where `startMysqlServer` will give one. */
export const hasMysqlServer = (): boolean =>
  Boolean(process.env.MYSQL_TEST_URI) ||
  (existsSync(binary) && existsSync(installer) && ownerIds('mysql') !== undefined);

async function startServer(): Promise<OwnServer> {
  const owner = ownerIds('mysql') ?? { uid: 0, gid: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'memori-mysql-'));
  chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const options = { ...owner, cwd: folder, stdio: 'ignore' as const };
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  await promisify(execFile)(installer, [...install, ...unsafe], options);
  const port = await freePort();
  const settings = ['--no-defaults', `--datadir=${data}`, `--socket=${join(folder, 's')}`, `--port=${port}`];
  const server = spawn(
    binary,
    [
      ...settings,
      '--bind-address=127.0.0.1',
      `--pid-file=${join(folder, 'pid')}`,
      ...unsafe,
      '--innodb-buffer-pool-size=32M',
      '--skip-log-bin',
    ],
    options,
  );
  await untilReady('MariaDB', () => createShop(port));
  return {
    url: `mysql://root@127.0.0.1:${port}/shop`,
    reset: () => makeNew(port),
    stop: () => stopServer(server, 'SIGKILL', folder),
  };
}

/** Drops what a script may have made: databases and users. */
async function makeNew(port: number): Promise<void> {
  const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' });
  await connection.query('DROP DATABASE IF EXISTS shop');
  const [users] = await connection.query<mysql.RowDataPacket[]>(
    "SELECT User AS name, Host AS host FROM mysql.user WHERE User NOT IN ('', 'root', 'mysql', 'mariadb.sys')",
  );
  for (const { name, host } of users) await connection.query('DROP USER ?@?', [name, host]);
  await connection.end();
  await createShop(port);
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
