import { existsSync, mkdtempSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sqlite from 'node-sqlite3-wasm';

/** What the worker is started with. `folder`: an empty one of its own, removed when it has ended. */
export type SqliteWorkerData = { readonly name: string; readonly path: string; readonly folder: string };

type Connection = InstanceType<typeof sqlite.Database>;

/** A file that others may write to while it is read. */
export type SqliteFile = {
  /**
   * Runs the work on a connection that sees the file as it is now, again when somebody wrote to it meanwhile: this build
   * of SQLite knows nothing of other programs' locks.
   */
  read<T>(work: (connection: Connection) => T): T;
};

const attempts = 3;

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
 * Opened through links in a folder of our own: this build makes a `.lock` folder beside the file it opens, which must
 * not appear beside the real one, nor stay there when the thread is ended. In the exclusive mode a write-ahead log is
 * read without shared memory.
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
