import { MemoriError } from '../../core/base/errors.ts';
import type { Stored } from '../stores/collection.ts';
import { DiskSpace } from './disk-space.ts';
import { decodeDocument, encodeDocument } from './documents-codec.ts';
import { DuplicateKeyError } from './duplicate-key-error.ts';
import { copyEnvironment, type LmdbEnvironment, openEnvironment, replaceEnvironment } from './environment.ts';
import { documentTerms, type IndexDefinition } from './index-terms.ts';
import { commitFailure, requireShortId } from './storage-errors.ts';

/** `freeBytes`: free space on the folder's disk. */
export type StorageOptions = { readonly folder: string; readonly freeBytes: () => number };

/**
 * Documents and their index entries in one LMDB environment. Reads are synchronous and see what is committed. `write`
 * runs one operation at a time, atomically, and resolves when it would survive a power cut.
 */
export class Storage {
  readonly #folder: string;
  #environment: LmdbEnvironment;
  readonly #indexes = new Map<string, IndexDefinition[]>();
  readonly #space: DiskSpace;
  #closed = false;
  /** Writes that are under way; a new one waits for them. */
  readonly #writing = new Set<Promise<unknown>>();
  #gate: Promise<void> = Promise.resolve();
  /** The commit that LMDB failed. Nothing is written after it, because only a new process can trust the file again. */
  #failure: unknown;

  constructor(options: StorageOptions) {
    this.#space = new DiskSpace(options.folder, options.freeBytes);
    this.#folder = options.folder;
    this.#environment = openEnvironment(options.folder);
    for (const { key, value } of this.#environment.catalogue.getRange()) this.#indexesOf(key[0] ?? '').push(value);
  }

  /** Runs `operation` in a transaction of its own: all of it or, when it throws, nothing. */
  async write<R>(operation: () => R): Promise<R> {
    await this.#gate;
    const writing = this.#write(operation);
    this.#writing.add(writing);
    return writing.finally(() => this.#writing.delete(writing));
  }

  /**
   * Replaces the file by a new one with the current documents. LMDB leaves deleted bytes in freed pages and in gaps of used
   * ones; a new file cannot hold them. Reads continue meanwhile.
   */
  async scrub(): Promise<void> {
    this.#requireOpen();
    let open: () => void = () => undefined;
    const before = this.#gate;
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    try {
      await before;
      await Promise.allSettled(this.#writing);
      if (this.#failure !== undefined) throw this.#failure;
      this.#space.take(0, 'add');
      const fresh = await copyEnvironment(this.#environment, this.#folder);
      const old = this.#environment;
      await replaceEnvironment(fresh, this.#folder);
      this.#environment = fresh;
      await old.root.close();
    } finally {
      open();
    }
  }

  async #write<R>(operation: () => R): Promise<R> {
    this.#requireOpen();
    if (this.#failure !== undefined) throw this.#failure;
    let bytes = 0;
    const measured = (): R => {
      const before = this.#space.unwritten;
      try {
        return operation();
      } finally {
        bytes = this.#space.unwritten - before;
      }
    };
    try {
      return await this.#environment.root.childTransaction(measured);
    } catch (error) {
      const failure = await commitFailure(error);
      if (failure === undefined) throw error;
      this.#failure = failure;
      throw failure;
    } finally {
      this.#space.settle(bytes);
    }
  }

  get(collection: string, id: string): Stored | undefined {
    this.#requireOpen();
    requireShortId(id);
    const bytes = this.#environment.documents.get([collection, id]);
    return bytes && decodeDocument(bytes);
  }

  *scan(collection: string): Iterable<Stored> {
    this.#requireOpen();
    // Collection names are of a-z and _, so `!` sorts after every key of this one and before those of any other.
    for (const { value } of this.#environment.documents.getRange({ start: [collection], end: [`${collection}!`] }))
      yield decodeDocument(value);
  }

  /** Ids of the documents that have exactly these terms. */
  lookup(collection: string, index: IndexDefinition, terms: readonly string[]): readonly string[] {
    this.#requireOpen();
    const key = [collection, index.name, ...terms];
    // Not `getValues`: inside a write lmdb 3.5.6 has it decode a key that was never read, which may throw (read.js, next).
    return [...this.#environment.entries.getRange({ start: key, end: key, inclusiveEnd: true })].map(
      ({ value }) => value,
    );
  }

  /** Ids under the one-field terms from `start` (inclusive) to `end` (exclusive), at most `limit`. */
  range(collection: string, index: IndexDefinition, start: string, end: string, limit: number): readonly string[] {
    this.#requireOpen();
    const key = [collection, index.name];
    return [...this.#environment.entries.getRange({ start: [...key, start], end: [...key, end], limit })].map(
      ({ value }) => value,
    );
  }

  /** Replaces `before` by `after` and updates the indexes. Only inside `write`. */
  replace(collection: string, before: Stored | undefined, after: Stored | undefined): void {
    for (const index of this.#indexesOf(collection)) this.#reindex(collection, index, before, after);
    if (after) {
      requireShortId(after._id);
      const bytes = encodeDocument(after);
      this.#space.take(bytes.length, 'add');
      this.#environment.documents.putSync([collection, after._id], bytes);
    } else if (before) {
      this.#space.take(0, 'remove');
      this.#environment.documents.removeSync([collection, before._id]);
    }
  }

  indexes(collection: string): readonly IndexDefinition[] {
    return this.#indexesOf(collection);
  }

  /** Adds an index and fills it from the existing documents. Every later start keeps it up to date. */
  async addIndex(collection: string, index: IndexDefinition): Promise<void> {
    if (this.#indexesOf(collection).some((known) => known.name === index.name)) return;
    await this.write(() => {
      this.#space.take(0, 'add');
      for (const document of this.scan(collection)) this.#reindex(collection, index, undefined, document);
      this.#environment.catalogue.putSync([collection, index.name], index);
      // Within the transaction, because the next writer must already update it.
      this.#indexesOf(collection).push(index);
    });
  }

  expiryIndexes(): readonly (readonly [collection: string, index: IndexDefinition])[] {
    return [...this.#indexes].flatMap(([collection, indexes]) =>
      indexes.filter((index) => index.expireAfterSeconds !== undefined).map((index) => [collection, index] as const),
    );
  }

  /** Reads every key and document, which makes damage visible. */
  readAll(): void {
    for (const { value } of this.#environment.documents.getRange()) decodeDocument(value);
    for (const _entry of this.#environment.entries.getRange());
  }

  /** Waits for the writes under way. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#gate;
    this.#closed = true;
    // After a failed commit LMDB may wait for a flush that will not come.
    if (this.#failure === undefined) await this.#environment.root.close();
  }

  #indexesOf(collection: string): IndexDefinition[] {
    const known = this.#indexes.get(collection);
    if (known) return known;
    const none: IndexDefinition[] = [];
    this.#indexes.set(collection, none);
    return none;
  }

  #reindex(collection: string, index: IndexDefinition, before: Stored | undefined, after: Stored | undefined): void {
    const key = (document: Stored): string[] => [collection, index.name, ...documentTerms(document, index)];
    const oldKey = before && key(before);
    const newKey = after && key(after);
    if (oldKey && newKey && oldKey.every((term, at) => term === newKey[at])) return;
    if (before && oldKey) this.#environment.entries.removeSync(oldKey, before._id);
    if (!after || !newKey) return;
    if (index.unique && this.#environment.entries.doesExist(newKey))
      throw new DuplicateKeyError(collection, index.name);
    this.#environment.entries.putSync(newKey, after._id);
  }

  #requireOpen(): void {
    if (!this.#closed) return;
    throw new MemoriError('store_unavailable', 'The store has been closed.', { next: 'Start the program again.' });
  }
}
