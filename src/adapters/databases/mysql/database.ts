import mysql, { type Connection, type Pool, type PoolConnection } from 'mysql2/promise';
import { MemoriError, throwIfAborted } from '../../../core/base/errors.ts';
import type { Database, Session } from '../../../core/data/database.ts';
import { mysqlDialect } from '../../../core/sql/mysql/dialect.ts';
import { tokenize } from '../../../core/sql/tokens/lexer.ts';
import { parseStatement } from '../../../core/sql/tokens/parse-query.ts';
import { timeoutError } from '../query-errors.ts';
import { createSlots } from '../slots.ts';
import { readMysqlCatalogue } from './catalogue.ts';
import { mysqlError } from './errors.ts';
import { type MysqlPlanRow, mysqlPlan } from './plan.ts';
import { runMysqlQuery } from './query.ts';

/** A MySQL or MariaDB server. */
export type MysqlOptions = {
  readonly name: string;
  /** `mysql://user:password@host:port/database?ssl=…`, of MySQL 8 or MariaDB 10.6 and later. */
  readonly url: string;
  /** For reading the catalogue. Queries bring their own limit. */
  readonly statementTimeoutMs: number;
  /** Connections held at most. */
  readonly pool: number;
};

const connectTimeoutMs = 5_000;

/** After the limit, how long the server may take to answer before the connection is dropped. Milliseconds. */
const graceMs = 2_000;

/** A MySQL or MariaDB server. It connects on first use, so that a server that is down at start is picked up later. */
export function openMysql(options: MysqlOptions): Database {
  const config = connectionConfig(options.url);
  const pool = mysql.createPool({
    ...config,
    connectionLimit: options.pool,
    enableKeepAlive: true,
    idleTimeout: 30_000,
  });
  // Not the pool's own queue, so that a limit counts the statement's own time, not its wait.
  const withSlot = createSlots(options.pool);

  function read<T>(
    { timeoutMs, session }: Omit<Transaction, 'signal'>,
    signal: AbortSignal,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    return withSlot(signal, async () => {
      throwIfAborted(signal);
      const connection = await connect(pool, timeoutMs);
      try {
        const transaction = { timeoutMs, session, signal };
        const result = await inReadOnlyTransaction(connection, config, transaction, () => work(connection));
        connection.release();
        return result;
      } catch (error) {
        // After a failed statement the connection's state is unknown, so the next question gets a new one.
        connection.destroy();
        throw mysqlError(error, timeoutMs, signal.aborted);
      }
    });
  }

  return {
    name: options.name,
    dialect: 'mysql',
    catalogue: (signal, progress) =>
      read({ timeoutMs: options.statementTimeoutMs }, signal, (connection) =>
        readMysqlCatalogue(options.name, connection, progress),
      ),
    plan: (sql, limits, signal) =>
      read({ ...limits, session: sql.session }, signal, async (connection) => {
        const tokens = tokenize(sql.text, mysqlDialect.rules);
        requireRead(sql.text);
        const [rows] = await connection.query<(mysql.RowDataPacket & MysqlPlanRow)[]>(`EXPLAIN ${sql.text}`);
        return mysqlPlan(rows, tokens);
      }),
    query: (sql, limits, signal) =>
      read({ ...limits, session: sql.session }, signal, (connection) => {
        requireRead(sql.text);
        return runMysqlQuery(connection, sql.text, limits);
      }),
    close: () => pool.end(),
  };
}

async function connect(pool: Pool, timeoutMs: number): Promise<PoolConnection> {
  try {
    return await pool.getConnection();
  } catch (error) {
    throw mysqlError(error, timeoutMs, false);
  }
}

function connectionConfig(url: string): mysql.ConnectionOptions {
  if (!/^(mysql|mariadb):\/\//.test(url) || !URL.canParse(url) || new URL(url).pathname.length < 2) {
    throw new MemoriError('config_invalid', 'A MySQL data source needs a URL like mysql://user@host:3306/database.', {
      next: 'Correct the URL of the data source.',
    });
  }
  return {
    uri: url.replace(/^mariadb:/, 'mysql:'),
    charset: 'utf8mb4',
    connectTimeout: connectTimeoutMs,
    multipleStatements: false,
    // The server must not be able to request a local file.
    flags: ['-LOCAL_FILES', '-MULTI_STATEMENTS', '-IGNORE_SPACE'],
    infileStreamFactory: () => {
      throw new Error('Files are not sent.');
    },
  };
}

type Transaction = {
  readonly timeoutMs: number;
  /** Who asks; nobody when the product itself does. */
  readonly session?: Session | undefined;
  readonly signal: AbortSignal;
};

/** READ ONLY, limited by the server, and ended in the server on abort. Always rolled back, since nothing is written. */
async function inReadOnlyTransaction<T>(
  connection: PoolConnection,
  config: mysql.ConnectionOptions,
  { timeoutMs, session, signal }: Transaction,
  work: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const kill = () => void killQuery(config, connection.threadId);
  signal.addEventListener('abort', kill, { once: true });
  try {
    const statements = async () => {
      await prepareSession(connection, timeoutMs);
      // The session as well, so that a statement that ends the transaction, as DDL does, is refused.
      await connection.query('SET SESSION TRANSACTION READ ONLY');
      await connection.query('START TRANSACTION READ ONLY');
      throwIfAborted(signal);
      if (session) await setVariables(connection, session.settings);
      const result = await work();
      await connection.query('ROLLBACK');
      // Variables outlive the transaction. After an error the connection is dropped anyway.
      if (session) await setVariables(connection, withoutValues(session.settings));
      return result;
    };
    // For a server that stopped answering and misses its own timeout.
    const givenUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        kill();
        reject(timeoutError(timeoutMs));
      }, timeoutMs + graceMs);
    });
    return await Promise.race([statements(), givenUp]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
  }
}

/** A READ ONLY transaction does not stop SHUTDOWN, KILL, SELECT … INTO OUTFILE and the like. */
function requireRead(sql: string): void {
  parseStatement(tokenize(sql, mysqlDialect.rules), sql, mysqlDialect.grammar);
}

/** SQL modes that give the text another meaning than the guard has read. */
const readingModes =
  /^(ANSI|ANSI_QUOTES|DB2|HIGH_NOT_PRECEDENCE|IGNORE_SPACE|MAXDB|MSSQL|MYSQL323|MYSQL40|NO_BACKSLASH_ESCAPES|ORACLE|PIPES_AS_CONCAT|POSTGRESQL)$/;

/** Fixes how texts are read and times are written, whatever the server's defaults, and the time limit. */
async function prepareSession(connection: Connection, timeoutMs: number): Promise<void> {
  const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT @@sql_mode AS modes, VERSION() AS version');
  const kept = String(rows[0]?.modes)
    .split(',')
    .filter((mode) => !readingModes.test(mode));
  const isMariadb = String(rows[0]?.version).includes('MariaDB');
  const limit = isMariadb ? `max_statement_time = ${timeoutMs / 1000}` : `max_execution_time = ${timeoutMs}`;
  await connection.query(`SET SESSION sql_mode = ?, time_zone = '+00:00', ${limit}`, [kept.join(',')]);
}

/** Tells the server who asks, as bound values. */
async function setVariables(connection: Connection, values: Readonly<Record<string, string | null>>): Promise<void> {
  const names = Object.keys(values).map((name) => `@${mysql.escapeId(name, true)} = ?`);
  await connection.execute(`SET ${names.join(', ')}`, Object.values(values));
}

const withoutValues = (values: Readonly<Record<string, string>>): Readonly<Record<string, null>> =>
  Object.fromEntries(Object.keys(values).map((name) => [name, null]));

/** Ends the statement in the server, over another connection. If that fails, the server's limit ends it. */
async function killQuery(config: mysql.ConnectionOptions, thread: number): Promise<void> {
  try {
    const connection = await mysql.createConnection(config);
    await connection.query(`KILL QUERY ${Math.trunc(thread)}`);
    await connection.end();
  } catch {
    // Nothing more can be done from here.
  }
}
