import { errorCode } from './error-code.ts';

/**
 * The part of the MongoDB driver that our stores use, with the driver's own signatures: its `Collection` satisfies this
 * interface, and the embedded engine implements it. Pipeline updates, partial indexes, transactions and change streams
 * are left out because not every compatible server has them. Every invariant is kept by one conditional write to a
 * single document instead.
 */
export interface Collection<T extends Stored> {
  readonly collectionName: string;
  /** Throws an error with `code` 11000 when the `_id` or a unique key is taken. */
  insertOne(document: T): Promise<unknown>;
  findOne(filter: Filter): Promise<T | null>;
  find(filter: Filter, options?: FindOptions): { toArray(): Promise<T[]> };
  updateOne(filter: Filter, update: Update, options?: { readonly upsert?: boolean }): Promise<UpdateResult>;
  updateMany(filter: Filter, update: Update): Promise<UpdateResult>;
  /** The document as it is after the update; null when nothing matched. */
  findOneAndUpdate(filter: Filter, update: Update, options: { readonly returnDocument: 'after' }): Promise<T | null>;
  replaceOne(filter: Filter, document: T, options: { readonly upsert: boolean }): Promise<unknown>;
  deleteMany(filter: Filter): Promise<{ readonly deletedCount: number }>;
  countDocuments(filter: Filter): Promise<number>;
  /**
   * An index for equality over the keys; `expireAfterSeconds` on a single date field. Creating it twice changes
   * nothing.
   */
  createIndex(keys: Readonly<Record<string, 1>>, options?: IndexOptions): Promise<string>;
}

/** Opens collections by name; they are created with their first document. */
export interface Db {
  collection<T extends Stored>(name: string): Collection<T>;
}

/** Every document has a string id, so that no object can be smuggled in as a query. */
export type Stored = { readonly _id: string };

/** Field values, `$eq $ne $gt $gte $lt $lte $in $exists $elemMatch`, and `$and $or` at the top. */
export type Filter = Readonly<Record<string, unknown>>;

/** The update operators that every engine supports. Keys are paths. */
export type Update = {
  readonly $set?: Fields;
  readonly $unset?: Readonly<Record<string, ''>>;
  readonly $inc?: Readonly<Record<string, number>>;
  readonly $max?: Fields;
  readonly $min?: Fields;
  readonly $push?: Fields;
  readonly $pull?: Fields;
  readonly $setOnInsert?: Fields;
};

type Fields = Readonly<Record<string, unknown>>;

/** Order, limit and omitted fields of a search. */
export type FindOptions = {
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
  /** Top-level fields that are left out. */
  readonly projection?: Readonly<Record<string, 0>>;
};

/** `expireAfterSeconds`: how long after its date a document is removed. */
export type IndexOptions = { readonly unique?: boolean; readonly expireAfterSeconds?: number };

/** How many documents matched, and what an update did to them. */
export type UpdateResult = {
  readonly matchedCount: number;
  readonly modifiedCount: number;
  readonly upsertedCount: number;
};

/**
 * True when a document with this `_id` or unique key exists already. 11000 is MongoDB's code for it, on every engine.
 */
export const isDuplicateKey = (error: unknown): boolean => errorCode(error) === 11000;
