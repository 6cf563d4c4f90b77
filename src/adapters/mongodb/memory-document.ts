import type { Memory } from '../../core/memory/memory.ts';
import { scopeKey } from '../../core/namespace.ts';

export type MemoryDocument = Omit<Memory, 'id' | 'scope' | 'embedding'> & {
  readonly _id: string;
  /** `scopeKey` of the scope: what is looked up. */
  readonly scope: string;
  readonly scopeType: Memory['scope']['type'];
  readonly scopeId: string;
  readonly embedding: StoredEmbedding | undefined;
  /** The number of the scope's write that left it as it is. */
  readonly version: number;
};

/** The vector as little-endian 32-bit floats. */
type StoredEmbedding = { readonly model: string; readonly vector: Buffer };

export function toDocument({ id, scope, embedding, ...memory }: Memory, version: number): MemoryDocument {
  return {
    ...memory,
    version,
    _id: id,
    scope: scopeKey(scope),
    scopeType: scope.type,
    scopeId: scope.id,
    embedding: embedding && toStoredEmbedding(embedding),
  };
}

export function toMemory(document: MemoryDocument): Memory {
  const { _id, scope: _key, scopeType, scopeId, embedding, version: _version, ...memory } = document;
  return {
    ...memory,
    id: _id,
    scope: { type: scopeType, id: scopeId },
    term: memory.term,
    meaning: memory.meaning,
    embedding: embedding && { model: embedding.model, vector: bytesToVector(embedding.vector) },
    validTo: memory.validTo,
    supersedes: memory.supersedes,
    expiresAt: memory.expiresAt,
  };
}

/** A copy: the caller's array may be a view into something larger. */
export function toStoredEmbedding({ model, vector }: NonNullable<Memory['embedding']>): StoredEmbedding {
  return { model, vector: Buffer.from(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)) };
}

/** A copy too: a Float32Array must begin at a multiple of four, and a slice of a network buffer may not. */
const bytesToVector = (bytes: Buffer): Float32Array => new Float32Array(new Uint8Array(bytes).buffer);
