import { Binary } from 'mongodb';
import { scopeKey } from '../../core/base/namespace.ts';
import type { Embedding, Memory } from '../../core/memory/memory.ts';
import { wordsHash } from './tombstones.ts';

/** A memory as stores keep it. */
export type MemoryDocument = Omit<Memory, 'id' | 'scope' | 'embedding'> & {
  readonly _id: string;
  /** The `scopeKey` of the scope, which is indexed. */
  readonly scope: string;
  readonly scopeType: Memory['scope']['type'];
  readonly scopeId: string;
  /** Hash of the words and the channel. It finds the same words again, whatever kind of memory they were stored as. */
  readonly hash?: string;
  readonly embedding: StoredEmbedding | undefined;
  /** The number of the write, in its scope, that last changed it. */
  readonly version: number;
};

/**
 * How vectors are stored. `bson`: BSON's own vector of 32-bit floats, which `$vectorSearch` reads. `bytes`: the bare
 * floats, for engines without vector search, some of which cannot store the other.
 */
export type VectorFormat = 'bytes' | 'bson';

/**
 * `at`: when it was written, only in the searchable format. `pieces`: one vector after another with a byte for each
 * dimension; they only refine what `vector` has found.
 */
export type StoredEmbedding = {
  readonly model: string;
  readonly vector: Binary | Buffer;
  readonly pieces?: Binary | Buffer;
  readonly at?: Date;
};

/** The document of a memory; `version` is the number of this write in its scope. */
export function toDocument(
  { id, scope, embedding, ...memory }: Memory,
  version: number,
  format: VectorFormat,
): MemoryDocument {
  return {
    ...memory,
    version,
    hash: wordsHash(memory),
    _id: id,
    scope: scopeKey(scope),
    scopeType: scope.type,
    scopeId: scope.id,
    embedding: embedding && toStoredEmbedding(embedding, format),
  };
}

/** The inverse of `toDocument`. */
export function toMemory(document: MemoryDocument): Memory {
  const { _id, hash: _hash, scope: _key, scopeType, scopeId, embedding, version: _version, ...memory } = document;
  return {
    ...memory,
    id: _id,
    scope: { type: scopeType, id: scopeId },
    term: memory.term,
    meaning: memory.meaning,
    embedding: embedding && toEmbedding(embedding),
    validTo: memory.validTo,
    supersedes: memory.supersedes,
    expiresAt: memory.expiresAt,
  };
}

/** Copies, because the caller's array may be a view into a larger one. */
export function toStoredEmbedding({ model, vector, pieces = [] }: Embedding, format: VectorFormat): StoredEmbedding {
  const inPieces = pieces.length > 0 && { pieces: Buffer.concat(pieces.map(inBytes)) };
  return format === 'bson'
    ? { model, vector: Binary.fromFloat32Array(vector), ...inPieces, at: new Date() }
    : { model, vector: Buffer.from(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)), ...inPieces };
}

/** The inverse of `toStoredEmbedding`. */
export function toEmbedding({ model, vector, pieces }: StoredEmbedding): Embedding {
  const whole = vectorOf(vector);
  return { model, vector: whole, ...(pieces && { pieces: piecesOf(pieces, whole.length) }) };
}

/** Only the direction counts, so the largest value becomes 127 and reading restores the length. */
function inBytes(vector: Float32Array): Uint8Array {
  const most = vector.reduce((so, value) => Math.max(so, Math.abs(value)), 0) || 1;
  return new Uint8Array(Int8Array.from(vector, (value) => Math.round((127 * value) / most)).buffer);
}

/** The vectors of `pieces`, brought back to unit length. */
export function piecesOf(stored: Binary | Buffer, dimensions: number): Float32Array[] {
  const all = new Int8Array(bytesOf(stored));
  return Array.from({ length: all.length / dimensions }, (_, at) => {
    const piece = Float32Array.from(all.subarray(at * dimensions, (at + 1) * dimensions));
    const length = Math.hypot(...piece) || 1;
    return piece.map((value) => value / length);
  });
}

const bytesOf = (stored: Binary | Buffer): Uint8Array => (stored instanceof Binary ? stored.buffer : stored);

/** BSON vectors begin with two bytes that state their type. */
const vectorHeader = 2;

/**
 * Reads either format. Copies, because a Float32Array must begin at a multiple of four and a slice of a network buffer
 * may not.
 */
export function vectorOf(stored: Binary | Buffer): Float32Array {
  const bytes = bytesOf(stored);
  return new Float32Array(new Uint8Array(bytes.subarray(bytes.length % 4 === vectorHeader ? vectorHeader : 0)).buffer);
}
