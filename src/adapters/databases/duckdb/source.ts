import type { DuckDBConnection } from '@duckdb/node-api';
import type { Understood } from '../../../core/data/understood.ts';
import type { FileOptions } from '../../files/options.ts';

/** What the worker is started with. `files`: how single files are read, as the source's own file says. */
export type DuckdbWorkerData = {
  readonly name: string;
  readonly path: string;
  readonly files: Readonly<Record<string, FileOptions>>;
};

export type DuckdbUse = {
  readonly connection: DuckDBConnection;
  /** Rows of each view over files. */
  readonly rowsOf: ReadonlyMap<string, number>;
};

export type DuckdbSource = {
  /** Runs the work on what the files are now, or, where that cannot be read, on what they were. One at a time. */
  use<T>(work: (use: DuckdbUse) => Promise<T>): Promise<T>;
  /** Ends the statement that runs. */
  interrupt(): void;
  /** What was understood of files; nothing of a database. */
  understood(): Understood | undefined;
  /** When the files were read that answer, where they have changed since and could not be read again. ISO 8601. */
  asOf(): string | undefined;
};

/** Told in bytes or rows how far opening has come. */
export type OpeningProgress = (read: number, of: number) => void;
