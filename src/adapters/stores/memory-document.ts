import { Binary } from 'mongodb';
import { scopeKey } from '../../core/base/namespace.ts';
import type { Embedding, Memory } from '../../core/memory/memory.ts';
import { wordsHash } from './tombstones.ts';

export type MemoryDocument = Omit<Memory, 'id' | 'scope' | 'embedding'> & {
  readonly _id: string;
  /** `scopeKey` of the scope: what is looked up. */
  readonly scope: string;
  readonly scopeType: Memory['scope']['type'];
  readonly scopeId: string;
  /** Of what is said and where: the same words of one channel are found by it, whatever they were kept as. */
  readonly hash?: string;
  readonly embedding: StoredEmbedding | undefined;
  /** The number of the scope's write that left it as it is. */
  readonly version: number;
};

/**
 * How vectors are kept. `bson`: as BSON's own vector of 32-bit floats, which `$vectorSearch` reads. `bytes`: the floats
 * alone, for engines without it; some cannot even store the other.
 */
export type VectorFormat = 'bytes' | 'bson';

/**
 * `at`: since when a search index should have it; only of the format that can be searched. `pieces`: a byte for each
 * dimension, one vector behind the other, since a search only ever compares them with what it has found by `vector`.
 */
export type StoredEmbedding = {
  readonly model: string;
  readonly vector: Binary | Buffer;
  readonly pieces?: Binary | Buffer;
  readonly at?: Date;
};

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

/** A copy: the caller's array may be a view into something larger. */
export function toStoredEmbedding({ model, vector, pieces = [] }: Embedding, format: VectorFormat): StoredEmbedding {
  const inPieces = pieces.length > 0 && { pieces: Buffer.concat(pieces.map(inBytes)) };
  return format === 'bson'
    ? { model, vector: Binary.fromFloat32Array(vector), ...inPieces, at: new Date() }
    : { model, vector: Buffer.from(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)), ...inPieces };
}

export function toEmbedding({ model, vector, pieces }: StoredEmbedding): Embedding {
  const whole = vectorOf(vector);
  return { model, vector: whole, ...(pieces && { pieces: piecesOf(pieces, whole.length) }) };
}

/** Only the direction counts, so the largest value may be 127 and the length is rebuilt. */
function inBytes(vector: Float32Array): Uint8Array {
  const most = vector.reduce((so, value) => Math.max(so, Math.abs(value)), 0) || 1;
  return new Uint8Array(Int8Array.from(vector, (value) => Math.round((127 * value) / most)).buffer);
}

export function piecesOf(stored: Binary | Buffer, dimensions: number): Float32Array[] {
  const all = new Int8Array(bytesOf(stored));
  return Array.from({ length: all.length / dimensions }, (_, at) => {
    const piece = Float32Array.from(all.subarray(at * dimensions, (at + 1) * dimensions));
    const length = Math.hypot(...piece) || 1;
    return piece.map((value) => value / length);
  });
}

const bytesOf = (stored: Binary | Buffer): Uint8Array => (stored instanceof Binary ? stored.buffer : stored);

/** BSON's vectors begin with two bytes that say of what they are. */
const vectorHeader = 2;

/** Of either format. A copy: a Float32Array must begin at a multiple of four, and a slice of a network buffer may not. */
export function vectorOf(stored: Binary | Buffer): Float32Array {
  const bytes = bytesOf(stored);
  return new Float32Array(new Uint8Array(bytes.subarray(bytes.length % 4 === vectorHeader ? vectorHeader : 0)).buffer);
}
