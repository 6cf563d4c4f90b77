import { BSON } from 'mongodb';
import { isMemoriError, MemoriError } from '../../core/base/errors.ts';
import { errorCode } from '../stores/error-code.ts';

/** LMDB keys end at 1,978 bytes; this leaves room for the collection, the separators and a margin. */
const maxIdBytes = 1_500;

/** errno(3): no space, file too large, quota exceeded. */
const fullCodes = new Set<unknown>([28, 27, 122, -30_792]);

/** MDB_PAGE_NOTFOUND, MDB_CORRUPTED, MDB_VERSION_MISMATCH, MDB_INVALID, MDB_BAD_RSLOT, MDB_BAD_TXN (lmdb.h). */
const corruptCodes = new Set<unknown>([-30_797, -30_796, -30_794, -30_793, -30_783, -30_782]);

/** A folder that cannot be read. We never delete it: it may be repairable, and holds what people taught. */
export function storeCorrupt(folder: string, why: string, cause?: unknown): MemoriError {
  return new MemoriError('store_corrupt', `The store in ${folder} is damaged: ${why}.`, {
    details: { folder },
    next: `Move it aside (mv '${folder}' '${folder}.damaged') and start again with an empty store, or put a backup in its place. Nothing has been deleted.`,
    cause,
  });
}

/** The disk is full, or as full as it may become. */
export function storeFull(folder: string, cause?: unknown): MemoriError {
  return new MemoriError('store_full', `The disk that holds ${folder} is full, so nothing more can be stored.`, {
    details: { folder },
    next: 'Free some space (at least 64 MB) or move the folder to a larger disk. Everything that was acknowledged is kept.',
    cause,
  });
}

/** Turns a failed operation into our error. Our own errors, duplicate keys and bugs are returned unchanged. */
export function explainStorageError(error: unknown, folder: string): unknown {
  if (isMemoriError(error)) return error;
  const code = errorCode(error);
  if (fullCodes.has(code) || code === 'ENOSPC' || code === 'EDQUOT') return storeFull(folder, error);
  if (corruptCodes.has(code) || error instanceof BSON.BSONError)
    return storeCorrupt(folder, 'a page or a document in it cannot be read', error);
  if (code === 11_000 || (typeof code !== 'number' && !isSystemError(code))) return error;
  return new MemoriError('store_unavailable', `The store in ${folder} cannot be read or written (${String(error)}).`, {
    details: { folder },
    next: 'Check that the folder exists, that its disk works and that this user may write to it.',
    cause: error,
  });
}

/** LMDB's own error for a failed commit; undefined when `error` is something else. */
export async function commitFailure(error: unknown): Promise<unknown> {
  if (typeof error !== 'object' || error === null || !('commitError' in error)) return undefined;
  return Promise.resolve(error.commitError).then(
    () => error,
    (reason: unknown) => reason,
  );
}

/** Throws for an id that does not fit into an LMDB key. */
export function requireShortId(id: string): void {
  if (Buffer.byteLength(id) <= maxIdBytes) return;
  throw new MemoriError('invalid_input', `An id of ${Buffer.byteLength(id)} bytes is too long to be stored.`, {
    next: `Use ids of at most ${maxIdBytes} bytes.`,
  });
}

/** Node's file system errors carry codes such as EACCES. */
const isSystemError = (code: unknown): boolean => typeof code === 'string' && /^E[A-Z]+$/.test(code);
