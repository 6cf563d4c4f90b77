import { storeFull } from './storage-errors.ts';

/**
 * LMDB must never meet a full disk: a failed page write corrupts the heap of the process (seen with lmdb 3.5.6). The
 * disk counts as full while this much is left. Removing may use half of it, or nothing could be freed.
 */
const reservedBytes = 32 * 1024 * 1024;

/** Pages that a small write copies on its way to the root, of documents and of indexes. Upper bound, in bytes. */
const copiedPages = 16 * 1024;

/** Counts what is on its way to the disk, because free space shows it only after the commit. */
export class DiskSpace {
  readonly #folder: string;
  readonly #freeBytes: () => number;
  #unwritten = 0;

  constructor(folder: string, freeBytes: () => number) {
    this.#folder = folder;
    this.#freeBytes = freeBytes;
  }

  /** Bytes taken and not yet settled. */
  get unwritten(): number {
    return this.#unwritten;
  }

  /** Throws `store_full` when `bytes` more would reach into the reserve. */
  take(bytes: number, purpose: 'add' | 'remove'): void {
    const needed = this.#unwritten + bytes + copiedPages;
    const reserve = purpose === 'add' ? reservedBytes : reservedBytes / 2;
    if (this.#freeBytes() - needed < reserve) throw storeFull(this.#folder);
    this.#unwritten = needed;
  }

  /** The bytes are on the disk now, or will never be. */
  settle(bytes: number): void {
    this.#unwritten -= bytes;
  }
}
