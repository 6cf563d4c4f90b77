import { existsSync, mkdtempSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sqlite from 'node-sqlite3-wasm';

/** What the worker starts with. `folder`: an empty folder for this worker, removed when it has ended. */
export type SqliteWorkerData = { readonly name: string; readonly path: string; readonly folder: string };

type Connection = InstanceType<typeof sqlite.Database>;

/** A file that other programs may write to while it is read. */
export type SqliteFile = {
  /**
   * Runs the work on a connection that sees the file's current state, and repeats it when somebody wrote meanwhile:
   * this build of SQLite ignores other programs' locks. Throws when the file keeps changing.
   */
  read<T>(work: (connection: Connection) => T): T;
};

const attempts = 3;

/** Opens the file read-only, and again whenever it has changed. */
export function openSqliteFile({ path, folder }: SqliteWorkerData): SqliteFile {
  let stamp = stampOf(path);
  let connection = connect(path, folder);
  return {
    read(work) {
      for (let attempt = 1; ; attempt += 1) {
        if (stampOf(path) !== stamp) {
          connection.close();
          stamp = stampOf(path);
          connection = connect(path, folder);
        }
        try {
          const result = work(connection);
          if (stampOf(path) === stamp) return result;
        } catch (error) {
          if (stampOf(path) === stamp) throw error;
        }
        if (attempt === attempts) throw new Error('The file is being written to. Try again in a moment.');
      }
    },
  };
}

/** Changes whenever the file or its write-ahead log does. */
function stampOf(path: string): string {
  const parts = [path, `${path}-wal`, `${path}-journal`].map((file) => statSync(file, { throwIfNoEntry: false }));
  return parts.map((stat) => `${stat?.mtimeMs} ${stat?.size}`).join(' ');
}

/**
 * Opens the file through links in our own folder: this build creates a `.lock` folder next to the file it opens, which
 * must not appear next to the real one or outlive the thread. Exclusive mode reads a write-ahead log without shared
 * memory.
 */
function connect(path: string, folder: string): Connection {
  const place = mkdtempSync(join(folder, 'open-'));
  const link = join(place, 'database');
  symlinkSync(resolve(path), link);
  if (existsSync(`${path}-wal`)) symlinkSync(resolve(`${path}-wal`), `${link}-wal`);
  const connection = new sqlite.Database(link, { readOnly: true, fileMustExist: true });
  connection.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON; PRAGMA trusted_schema = OFF');
  connection.all('SELECT count(*) FROM sqlite_master');
  return connection;
}
