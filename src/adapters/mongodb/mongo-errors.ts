import {
  MongoAPIError,
  MongoError,
  MongoMissingCredentialsError,
  MongoNetworkError,
  MongoServerError,
  MongoSystemError,
  MongoWriteConcernError,
} from 'mongodb';
import { MemoriError } from '../../core/base/errors.ts';
import { isDuplicateKey } from '../stores/collection.ts';

/** Server codes (mongodb/src/mongo/base/error_codes.yml) that mean "not now" or "not with these credentials". */
const unavailableCodes = new Set<number | string | undefined>([
  6, // HostUnreachable
  7, // HostNotFound
  13, // Unauthorized
  18, // AuthenticationFailed
  50, // MaxTimeMSExpired
  64, // WriteConcernFailed
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  8000, // AtlasError: authentication, among others
  9001, // SocketException
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

/** OutOfDiskSpace. Hosted services answer it too when the plan's storage is used up. */
const fullCodes = new Set<number | string | undefined>([14031]);

/** Turns a failed store operation into our error. Bugs and duplicate keys are returned unchanged. */
export function explainMongoError(error: unknown, uri: string): unknown {
  if (!(error instanceof Error) || isDuplicateKey(error)) return error;
  // By name: the package that parses connection strings has a MongoParseError of its own.
  if (error.name === 'MongoParseError' || error.name === 'MongoInvalidArgumentError')
    return new MemoriError('config_invalid', 'MONGODB_URI is not a MongoDB connection string.', {
      details: { name: 'MONGODB_URI' },
      next: 'Write it as mongodb://user:password@host:27017/memori, or unset it to use the embedded store.',
    });
  if (!(error instanceof MongoError)) return error;
  const address = safeAddress(uri);
  const cause = { cause: error, details: { store: address } };
  if (fullCodes.has(error.code))
    return new MemoriError('store_full', `MongoDB at ${address} has no space left.`, {
      ...cause,
      next: 'Free disk space on the MongoDB server; nothing that was acknowledged is lost.',
    });
  if (!isOutage(error)) return error;
  return new MemoriError('store_unavailable', `MongoDB at ${address} cannot be used: ${reason(error)}.`, {
    ...cause,
    next: 'Check that the server runs and that MONGODB_URI has the right host, user and password; unset MONGODB_URI to use the embedded store.',
  });
}

/** `host:port,…` of a URI: never the user, the password or the options. */
export function safeAddress(uri: string): string {
  const hosts = /^mongodb(?:\+srv)?:\/\/(?:[^/?]*@)?([^/?@]+)/.exec(uri)?.[1];
  return hosts ?? 'the configured address';
}

/** The driver's API errors are our bugs, except the one that says the connection is gone. */
function isOutage(error: MongoError): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoSystemError) return true;
  if (error instanceof MongoWriteConcernError || error instanceof MongoMissingCredentialsError) return true;
  if (error instanceof MongoServerError) return unavailableCodes.has(error.code) || isRetryable(error);
  if (error instanceof MongoAPIError)
    return /^Mongo(NotConnected|TopologyClosed|ServerClosed|ClientClosed)/.test(error.name);
  return isRetryable(error) || /Timeout|PoolClear|ConnectionPool|PoolClosed/.test(error.name);
}

const isRetryable = (error: MongoError): boolean =>
  error.hasErrorLabel('RetryableWriteError') || error.hasErrorLabel('TransientTransactionError');

/** In our words: the driver's message may contain addresses with credentials. */
function reason(error: MongoError): string {
  if (error.code === 18 || error.code === 13 || error.code === 8000) return 'it refused the user or password';
  if (error instanceof MongoWriteConcernError) return 'the majority of the servers did not confirm the write';
  if (/Timeout|timed out/i.test(`${error.name} ${error.message}`)) return 'it did not answer in time';
  return 'there is no connection';
}
