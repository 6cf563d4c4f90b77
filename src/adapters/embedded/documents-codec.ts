import { BSON } from 'mongodb';
import type { Stored } from '../stores/collection.ts';

/**
 * Documents are BSON, written and read with the options of our MongoDB client, so that a date, a binary, an undefined
 * field or a large number comes back the same from either engine.
 */
export function encodeDocument(document: Stored): Buffer {
  const bytes = BSON.serialize(document, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Throws a `BSONError` when the bytes are damaged. */
export const decodeDocument = (bytes: Buffer): Stored => BSON.deserialize(bytes, { promoteBuffers: true }) as Stored;
