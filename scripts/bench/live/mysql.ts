import mysql from 'mysql2/promise';
import { openMysql } from '../../../src/adapters/databases/mysql/database.ts';
import { runMysqlScript, startMysqlServer } from '../../../test/support/mysql-server.ts';
import { digest, digestRows, type Fingerprint, type LiveEngine, openingMs, ownerTimeoutMs } from './live-engine.ts';

/** What MySQL keeps of itself; the columns that both MySQL and MariaDB have. */
const catalogues = [
  `SELECT TABLE_NAME, TABLE_TYPE, ENGINE, ROW_FORMAT, AUTO_INCREMENT, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`,
  `SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, COLUMN_COMMENT, PRIVILEGES FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
  `SELECT TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()`,
  `SELECT ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_TYPE, ROUTINE_DEFINITION FROM information_schema.ROUTINES`,
  `SELECT TRIGGER_SCHEMA, TRIGGER_NAME, ACTION_STATEMENT FROM information_schema.TRIGGERS`,
  `SELECT EVENT_SCHEMA, EVENT_NAME, EVENT_DEFINITION FROM information_schema.EVENTS`,
  `SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_NAME FROM information_schema.TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()`,
  `SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()`,
  `SELECT SCHEMA_NAME FROM information_schema.SCHEMATA`,
  `SELECT GRANTEE, PRIVILEGE_TYPE, IS_GRANTABLE FROM information_schema.USER_PRIVILEGES`,
  `SELECT GRANTEE, TABLE_SCHEMA, PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES`,
  `SELECT User, Host FROM mysql.user`,
  `SHOW GLOBAL VARIABLES WHERE Variable_name NOT REGEXP 'gtid|timestamp|rand_seed|binlog_pos'`,
];

/** A MySQL or MariaDB server: the database at a URL, which must be empty, or one that is started from Debian's MariaDB. */
export async function openLiveMysql(script: string, given?: string): Promise<LiveEngine | string> {
  const server = given === undefined ? await startMysqlServer() : { url: given, stop: async () => undefined };
  if (server === undefined) return 'no MySQL server: give --mysql URL, or install mariadb-server';
  const { url } = server;
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const rows = await withConnection(
    url,
    async (connection) => (await connection.query<mysql.RowDataPacket[][]>('SHOW TABLES'))[0],
  );
  if (rows.length > 0) return `the MySQL database ${database} is not empty: give one that is`;
  await runMysqlScript(url, script);
  const password = 'reads-only';
  const grants = `CREATE USER IF NOT EXISTS memori_reader IDENTIFIED BY '${password}'; GRANT SELECT, SHOW VIEW ON \`${database}\`.* TO memori_reader`;
  await runMysqlScript(url, grants);
  const version = await withConnection(url, async (connection) =>
    String((await connection.query<mysql.RowDataPacket[][]>('SELECT VERSION()'))[0][0]?.[0]),
  );
  const readerUrl = new URL(url);
  readerUrl.username = 'memori_reader';
  readerUrl.password = password;
  const open = (name: string, as: string) => openMysql({ name, url: as, statementTimeoutMs: openingMs, pool: 3 });
  const databases = { reader: open('reader', readerUrl.href), owner: open('owner', url) };
  return {
    name: version.includes('MariaDB') ? `MariaDB ${version.split('-')[0]}` : `MySQL ${version}`,
    dialect: 'mysql',
    databases,
    asOwner: (sql) => withConnection(url, async (connection) => void (await connection.query(sql)), true),
    fingerprint: () => withConnection(url, fingerprintOf),
    async reset() {
      // Through another database: the statement before may have dropped this one.
      const other = new URL(url);
      other.pathname = '/information_schema';
      await runMysqlScript(other.href, `DROP DATABASE IF EXISTS \`${database}\`; CREATE DATABASE \`${database}\``);
      await runMysqlScript(url, script);
      await runMysqlScript(url, grants);
    },
    isRunning: (text) =>
      withConnection(url, async (connection) => {
        const [found] = await connection.query<mysql.RowDataPacket[][]>(
          "SELECT 1 FROM information_schema.PROCESSLIST WHERE COMMAND = 'Query' AND ID <> CONNECTION_ID() AND INFO LIKE ?",
          [`%${text}%`],
        );
        return found.length > 0;
      }),
    async close() {
      await Promise.all(Object.values(databases).map((one) => one.close()));
      await server.stop();
    },
  };
}

async function fingerprintOf(connection: mysql.Connection): Promise<Fingerprint> {
  const all = async (sql: string): Promise<readonly unknown[][]> =>
    (await connection.query<mysql.RowDataPacket[][]>(sql))[0] as unknown[][];
  const rows: Record<string, string> = {};
  for (const [name] of await all("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'"))
    rows[String(name)] = digestRows(await all(`SELECT * FROM \`${String(name)}\``));
  const parts: string[] = [];
  for (const query of catalogues) parts.push(digestRows(await all(query)));
  return { rows, catalogue: digest(parts) };
}

async function withConnection<T>(
  url: string,
  work: (connection: mysql.Connection) => Promise<T>,
  isLimited = false,
): Promise<T> {
  const connection = await mysql.createConnection({ uri: url, rowsAsArray: true, multipleStatements: true });
  connection.on('error', () => undefined);
  try {
    if (isLimited)
      await connection
        .query(`SET SESSION max_statement_time = ${ownerTimeoutMs / 1000}`)
        .catch(() => connection.query(`SET SESSION max_execution_time = ${ownerTimeoutMs}`));
    return await work(connection);
  } finally {
    connection.destroy();
  }
}
