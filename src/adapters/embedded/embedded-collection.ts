import type {
  Collection,
  Filter,
  FindOptions,
  IndexOptions,
  Stored,
  Update,
  UpdateResult,
} from '../stores/collection.ts';
import { DuplicateKeyError } from './duplicate-key-error.ts';
import { arrange, createMatcher } from './match-documents.ts';
import { buildUpsert, modifyDocument } from './modify-document.ts';
import { planQuery } from './plan-query.ts';
import type { Storage } from './storage.ts';

/** The part of the MongoDB driver's `Collection` that our stores use, over LMDB. */
export class EmbeddedCollection<T extends Stored> implements Collection<T> {
  readonly collectionName: string;
  readonly #storage: Storage;

  constructor(storage: Storage, name: string) {
    if (!/^[a-z_]+$/.test(name)) throw new TypeError(`a collection name is of a-z and _, not ${name}`);
    this.#storage = storage;
    this.collectionName = name;
  }

  async insertOne(document: T): Promise<unknown> {
    return this.#storage.write(() => this.#insert(document));
  }

  async findOne(filter: Filter): Promise<T | null> {
    return this.#first(filter) ?? null;
  }

  find(filter: Filter, options: FindOptions = {}): { toArray(): Promise<T[]> } {
    return { toArray: async () => arrange(this.#matches(filter), options) };
  }

  async updateOne(filter: Filter, update: Update, options: { upsert?: boolean } = {}): Promise<UpdateResult> {
    return this.#storage.write(() => {
      const before = this.#first(filter);
      if (before) return this.#modify([before], update);
      if (!options.upsert) return { matchedCount: 0, modifiedCount: 0, upsertedCount: 0 };
      this.#insert(buildUpsert<T>(filter, update));
      return { matchedCount: 0, modifiedCount: 0, upsertedCount: 1 };
    });
  }

  async updateMany(filter: Filter, update: Update): Promise<UpdateResult> {
    return this.#storage.write(() => this.#modify([...this.#matches(filter)], update));
  }

  async findOneAndUpdate(filter: Filter, update: Update): Promise<T | null> {
    return this.#storage.write(() => {
      const before = this.#first(filter);
      if (!before) return null;
      this.#modify([before], update);
      return this.#get(before._id) ?? null;
    });
  }

  async replaceOne(filter: Filter, document: T, options: { upsert: boolean }): Promise<unknown> {
    return this.#storage.write(() => {
      const before = this.#first(filter);
      if (before) this.#storage.replace(this.collectionName, before, { ...document, _id: before._id });
      else if (options.upsert) this.#insert(document);
    });
  }

  async deleteMany(filter: Filter): Promise<{ deletedCount: number }> {
    return this.#storage.write(() => {
      const documents = [...this.#matches(filter)];
      for (const document of documents) this.#storage.replace(this.collectionName, document, undefined);
      return { deletedCount: documents.length };
    });
  }

  async countDocuments(filter: Filter): Promise<number> {
    let count = 0;
    for (const _document of this.#matches(filter)) count += 1;
    return count;
  }

  async createIndex(keys: Readonly<Record<string, 1>>, options: IndexOptions = {}): Promise<string> {
    const name = Object.entries(keys).flat().join('_');
    await this.#storage.addIndex(this.collectionName, {
      name,
      fields: Object.keys(keys),
      unique: options.unique ?? false,
      expireAfterSeconds: options.expireAfterSeconds,
    });
    return name;
  }

  #get(id: string): T | undefined {
    // The caller vouches for the type, as with the driver: what was stored under this name is a T.
    return this.#storage.get(this.collectionName, id) as T | undefined;
  }

  #insert(document: T): void {
    if (this.#get(document._id)) throw new DuplicateKeyError(this.collectionName, '_id_');
    this.#storage.replace(this.collectionName, undefined, document);
  }

  /** `documents` were just read and may be changed in place; the index entries still need their old values. */
  #modify(documents: readonly T[], update: Update): UpdateResult {
    for (const document of documents) {
      const before = this.#get(document._id);
      this.#storage.replace(this.collectionName, before, modifyDocument(document, update));
    }
    return { matchedCount: documents.length, modifiedCount: documents.length, upsertedCount: 0 };
  }

  #first(filter: Filter): T | undefined {
    for (const document of this.#matches(filter)) return document;
    return undefined;
  }

  *#matches(filter: Filter): Iterable<T> {
    const matches = createMatcher(filter);
    for (const document of this.#candidates(filter)) if (matches(document)) yield document;
  }

  *#candidates(filter: Filter): Iterable<T> {
    const plan = planQuery(filter, this.#storage.indexes(this.collectionName));
    if (plan.kind === 'scan') yield* this.#storage.scan(this.collectionName) as Iterable<T>;
    if (plan.kind === 'ids') yield* this.#present(plan.ids);
    if (plan.kind === 'index') {
      const { index, keys } = plan;
      yield* this.#present(keys.flatMap((key) => this.#storage.lookup(this.collectionName, index, key)));
    }
  }

  *#present(ids: readonly string[]): Iterable<T> {
    for (const id of ids) {
      const document = this.#get(id);
      if (document) yield document;
    }
  }
}
