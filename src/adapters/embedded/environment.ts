import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import type { IndexDefinition } from './index-terms.ts';

/** One LMDB environment: documents, their index entries, and which indexes there are. */
export type LmdbEnvironment = {
  readonly path: string;
  readonly root: RootDatabase<Buffer, string[]>;
  readonly documents: Database<Buffer, string[]>;
  /** Several ids under one key: [collection, index, term, …]. */
  readonly entries: Database<string, string[]>;
  readonly catalogue: Database<IndexDefinition, string[]>;
};

/** Name prefix of the folders of copies. A copy that a crash left behind is removed at the next start. */
const copyPrefix = 'copy-';

/** Opens the LMDB files in a folder, and creates them when they are missing. */
export function openEnvironment(path: string): LmdbEnvironment {
  // A folder with a dot in its name would be taken for a file without noSubdir.
  // Without overlapping syncs every commit ends with fsync, so that a committed write is durable at once.
  const root: LmdbEnvironment['root'] = open({
    path,
    encoding: 'binary',
    maxDbs: 4,
    overlappingSync: false,
    noSubdir: false,
  });
  return {
    path,
    root,
    documents: root.openDB('documents', { encoding: 'binary' }),
    entries: root.openDB('entries', { encoding: 'ordered-binary', dupSort: true }),
    catalogue: root.openDB('catalogue', { encoding: 'json' }),
  };
}

/** Copies an environment into a new one below `folder`; durable when it resolves. */
export async function copyEnvironment(from: LmdbEnvironment, folder: string): Promise<LmdbEnvironment> {
  // A new path each time, because LMDB treats the same path as the same environment.
  const to = openEnvironment(join(folder, `${copyPrefix}${randomUUID()}`));
  await to.root.transaction(() => {
    for (const { key, value } of from.documents.getRange()) to.documents.putSync(key, value);
    for (const { key, value } of from.entries.getRange()) to.entries.putSync(key, value);
    for (const { key, value } of from.catalogue.getRange()) to.catalogue.putSync(key, value);
  });
  await to.root.flushed;
  return to;
}

/**
 * Moves the files of an open copy over those of `folder`. After a crash there is either the old file or the new one.
 */
export async function replaceEnvironment(copy: LmdbEnvironment, folder: string): Promise<void> {
  try {
    renameSync(join(copy.path, 'data.mdb'), join(folder, 'data.mdb'));
  } catch (error) {
    await copy.root.close();
    rmSync(copy.path, { recursive: true, force: true });
    throw error;
  }
  renameSync(join(copy.path, 'lock.mdb'), join(folder, 'lock.mdb'));
  rmSync(copy.path, { recursive: true, force: true });
  const directory = openSync(folder, 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/** Removes copies that a crash left behind. */
export function removeCopies(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(copyPrefix)) rmSync(join(folder, name), { recursive: true, force: true });
}
