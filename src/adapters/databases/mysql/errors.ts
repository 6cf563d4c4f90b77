import { MemoriError } from '../../../core/base/errors.ts';
import { databaseUnavailable, queryError, timeoutError } from '../query-errors.ts';

/** Error numbers that mean the database cannot be used at all. */
const connectionAdvice: ReadonlyMap<number, string> = new Map([
  [1040, 'The server has no free connection: lower the pool size or raise max_connections.'],
  [1044, 'Grant the user of the URL SELECT on the database.'],
  [1045, 'Check the user and the password in the URL.'],
  [1049, 'Check the name of the database at the end of the URL.'],
  [1053, 'The server is stopping: try again in a minute.'],
  [1129, 'The server has blocked this host after failed connections: run FLUSH HOSTS on it.'],
  [1130, 'Let the user of the URL connect from this host.'],
  [1698, 'Check the user and the password in the URL.'],
]);

/** ER_QUERY_TIMEOUT of MySQL, ER_STATEMENT_TIMEOUT of MariaDB. */
const timeouts: ReadonlySet<number> = new Set([3024, 1969]);

/** The port's error for an error of mysql2. `aborted`: the caller stopped the statement. */
export function mysqlError(error: unknown, timeoutMs: number, aborted: boolean): MemoriError {
  if (error instanceof MemoriError) return error;
  const { errno, code, message } = (typeof error === 'object' && error !== null ? error : {}) as {
    errno?: unknown;
    code?: unknown;
    message?: unknown;
  };
  if (!aborted && typeof errno === 'number') {
    if (timeouts.has(errno)) return timeoutError(timeoutMs, error);
    const next = connectionAdvice.get(errno);
    if (next !== undefined) {
      return new MemoriError('database_unavailable', `The database cannot be used: ${String(message)}`, {
        cause: error,
        next,
        details: { message: String(message) },
      });
    }
  }
  if (!aborted && code === 'PROTOCOL_CONNECTION_LOST') return databaseUnavailable(error);
  return queryError(error, timeoutMs, aborted);
}
