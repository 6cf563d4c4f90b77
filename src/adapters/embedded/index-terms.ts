import { createHash } from 'node:crypto';
import type { Stored } from '../stores/collection.ts';

/** An index, as the folder's own catalogue stores it. */
export type IndexDefinition = {
  readonly name: string;
  readonly fields: readonly string[];
  readonly unique: boolean;
  /** Set for an expiry index over one date field. */
  readonly expireAfterSeconds: number | undefined;
};

/** Longer strings are indexed by their hash, because LMDB keys end at 1,978 bytes. Characters. */
const maxPlainTerm = 100;

/** Sorts like the date for the years 0 to 9999; the expiry sweep relies on it. */
export const dateTerm = (date: Date): string => `d:${date.toISOString()}`;

/**
 * The key under which a value is indexed. Missing and null are the same, as in MongoDB. Undefined: the value cannot be
 * indexed.
 */
export function indexTerm(value: unknown): string | undefined {
  if (value === undefined || value === null) return 'z';
  if (typeof value === 'string') return value.length <= maxPlainTerm ? `s:${value}` : `h:${sha256(value)}`;
  if (typeof value === 'number') return `n:${value + 0}`;
  if (typeof value === 'boolean') return `b:${value}`;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return dateTerm(value);
  return undefined;
}

/** The terms of one document in one index. Fields hold scalars: an array would need one term for each element. */
export function documentTerms(document: Stored, index: IndexDefinition): readonly string[] {
  return index.fields.map((field) => {
    const term = indexTerm(valueAt(document, field));
    if (term === undefined) throw new TypeError(`index ${index.name}: ${field} of ${document._id} is not a scalar`);
    return term;
  });
}

const valueAt = (document: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      document,
    );

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
