import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { storeCorrupt } from './storage-errors.ts';

/** `MDB_MAGIC` and `MDB_DATA_VERSION` of LMDB (mdb.c), and where `MDB_meta` holds them within its page. Bytes. */
const magic = 0xbeefc0de;
const dataVersion = 2;
const metaOffset = 24;
const pageSizeOffset = metaOffset + 24;
const metaSize = 160;

/**
 * Checks both meta pages before LMDB maps the file into memory. On a foreign or truncated file LMDB does not fail, the
 * process dies. An empty or missing file is a new store.
 * False: the file is shorter than its last page, which LMDB allows for freed pages, so it has to be read in full to
 * know. Errors: `store_corrupt`.
 */
export function checkDataFile(folder: string): boolean {
  const size = statSync(`${folder}/data.mdb`, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return true;
  const file = openSync(`${folder}/data.mdb`, 'r');
  try {
    const first = readMeta(file, 0);
    const pageSize = first?.pageSize ?? 0;
    const second = pageSize >= 512 && pageSize <= 65_536 ? readMeta(file, pageSize) : undefined;
    if (!first || !second) throw storeCorrupt(folder, 'data.mdb is not a store file');
    const newest = first.transaction > second.transaction ? first : second;
    return size >= (newest.lastPage + 1) * pageSize;
  } finally {
    closeSync(file);
  }
}

type Meta = { readonly pageSize: number; readonly lastPage: number; readonly transaction: bigint };

/** `MDB_meta`: magic, version, address, map size, two `MDB_db` of 48 bytes, last page, transaction. */
function readMeta(file: number, position: number): Meta | undefined {
  const page = Buffer.alloc(metaSize);
  if (readSync(file, page, 0, metaSize, position) < metaSize) return undefined;
  if (page.readUInt32LE(metaOffset) !== magic) return undefined;
  if ((page.readUInt32LE(metaOffset + 4) & 0xffff) !== dataVersion) return undefined;
  return {
    pageSize: page.readUInt32LE(pageSizeOffset),
    lastPage: Number(page.readBigUInt64LE(metaOffset + 120)),
    transaction: page.readBigUInt64LE(metaOffset + 128),
  };
}
