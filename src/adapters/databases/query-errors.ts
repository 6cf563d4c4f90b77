import { MemoriError } from '../../core/base/errors.ts';

/** What both drivers put on an error the server sent. `code` is the SQLSTATE. */
type ServerError = {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly position?: unknown;
  readonly hint?: unknown;
};

/** SQLSTATE classes and codes, and network errors, that mean the database cannot be used at all. */
const connectionAdvice: readonly (readonly [pattern: RegExp, next: string])[] = [
  [/^28/, 'Check the user and the password in the URL.'],
  [/^3D000$/, 'Check the name of the database at the end of the URL.'],
  [/^53300$/, 'The server has no free connection: lower the pool size or raise max_connections.'],
  [/^(57P0[1-3]|08)/, 'The server is starting, stopping or went away: try again in a minute.'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'Check the host name in the URL.'],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/,
    'Check the host and the port in the URL, and that the server runs.',
  ],
  [/CERT|SELF_SIGNED|TLS|SSL/, "Check the server's certificate, or sslmode and sslrootcert in the URL."],
  [/^(ECONNRESET|EPIPE)$/, 'The connection broke: try again in a minute.'],
];

const isServerError = (error: unknown): error is ServerError => typeof error === 'object' && error !== null;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Network failures of several addresses come as one AggregateError without a message. */
const messageOf = (error: ServerError): string => textOf(error.message) || textOf(error.code) || 'it gave no reason';

/** The port's error for a failed statement. `aborted`: the caller stopped it. */
export function queryError(error: unknown, timeoutMs: number, aborted: boolean): MemoriError {
  if (error instanceof MemoriError) return error;
  if (aborted) return new MemoriError('cancelled', 'The query was stopped.', { cause: error });
  if (!isServerError(error)) return new MemoriError('query_failed', 'The query failed.', { cause: error });
  const code = textOf(error.code);
  if (code === '57014') return timeoutError(timeoutMs, error);
  const unavailable = unavailableAdvice(error);
  if (unavailable !== undefined) return databaseUnavailable(error);
  const message = messageOf(error);
  const hint = textOf(error.hint);
  return new MemoriError('query_failed', `The database refused the query: ${message}`, {
    cause: error,
    details: {
      message,
      ...(code === '' ? {} : { code }),
      ...(hint === '' ? {} : { hint }),
      ...(Number(error.position) > 0 ? { position: Number(error.position) - 1 } : {}),
    },
  });
}

/** The statement ran longer than its limit and was stopped. */
export const timeoutError = (timeoutMs: number, cause?: unknown): MemoriError =>
  new MemoriError('query_timeout', `The query ran longer than ${timeoutMs / 1000} seconds and was stopped.`, {
    cause,
    details: { seconds: timeoutMs / 1000 },
  });

function unavailableAdvice(error: ServerError): string | undefined {
  const code = textOf(error.code);
  const known = connectionAdvice.find(([pattern]) => pattern.test(code))?.[1];
  if (known !== undefined) return known;
  // The driver's own errors have no code.
  const message = textOf(error.message);
  const broken = /timeout exceeded when trying to connect|Connection terminated|does not support SSL|Client (was|has)/;
  if (broken.test(message)) return 'Check the URL and that the server runs.';
  return undefined;
}

/** The database cannot be reached or refuses the login. The message quotes the driver, which never prints passwords. */
export function databaseUnavailable(error: unknown): MemoriError {
  const known = isServerError(error) ? error : {};
  const message = messageOf(known);
  return new MemoriError('database_unavailable', `The database cannot be used: ${message}`, {
    cause: error,
    next: unavailableAdvice(known) ?? 'Check the URL and that the server runs.',
    details: { message },
  });
}
