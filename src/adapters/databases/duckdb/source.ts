import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteIdentifier } from '../quote-identifier.ts';

/** What the worker is started with. */
export type DuckdbWorkerData = { readonly name: string; readonly path: string };

export type DuckdbSource = {
  /** A connection that sees the files as they are now. */
  connection(): Promise<DuckDBConnection>;
  /** Rows of the Parquet files behind each view, which say so themselves. */
  readonly rowsOf: ReadonlyMap<string, number>;
  /** Ends the statement that runs. */
  interrupt(): void;
};

/** Nothing is fetched, installed or loaded, and nothing is written to disk, not even what does not fit into memory. */
const settings = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  temp_directory: '',
  memory_limit: '1GB',
};

/** Text files of up to this many bytes are loaded once; larger ones are read by each statement. */
const loadBytes = 200 * 1024 * 1024;

/** Opens a database file, or files as tables of a database in memory. */
export async function openDuckdbSource(path: string): Promise<DuckdbSource> {
  const open = isDatabase(path) ? openDatabaseFile : openFiles;
  let stamp = stampOf(path);
  let opened = await open(path);
  return {
    get rowsOf() {
      return opened.rowsOf;
    },
    async connection() {
      if (stampOf(path) !== stamp) {
        stamp = stampOf(path);
        opened.connection.closeSync();
        opened.instance.closeSync();
        opened = await open(path);
      }
      return opened.connection;
    },
    interrupt: () => opened.connection.interrupt(),
  };
}

type Opened = {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly rowsOf: ReadonlyMap<string, number>;
};

const isDatabase = (path: string): boolean => statSync(path).isFile() && /\.(duckdb|db|ddb)$/i.test(path);

async function openDatabaseFile(path: string): Promise<Opened> {
  const instance = await DuckDBInstance.create(path, { ...settings, access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  await lock(connection, []);
  return { instance, connection, rowsOf: new Map() };
}

/** Each file is a table of its name, or, when it is large, a view; only these files can still be read afterwards. */
async function openFiles(path: string): Promise<Opened> {
  const tables = tablesOf(path);
  if (tables.length === 0) throw new Error('there is no .csv, .tsv or .parquet file in it.');
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  const read: string[] = [];
  const rowsOf = new Map<string, number>();
  for (const { name, files, reader } of tables) {
    const isLoaded = reader === 'read_csv' && files.reduce((sum, file) => sum + statSync(file).size, 0) <= loadBytes;
    if (!isLoaded) read.push(...files);
    const list = files.map(quoteText).join(', ');
    await connection.run(
      `CREATE ${isLoaded ? 'TABLE' : 'VIEW'} ${quoteIdentifier(name)} AS SELECT * FROM ${reader}([${list}], union_by_name = true)`,
    );
    if (reader !== 'read_parquet') continue;
    const counted = await connection.runAndReadAll(
      `SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata([${list}])`,
    );
    rowsOf.set(name, Number(counted.getRows()[0]?.[0]));
  }
  await lock(connection, read);
  return { instance, connection, rowsOf };
}

/** After this no setting can be changed and nothing outside be reached. */
async function lock(connection: DuckDBConnection, files: readonly string[]): Promise<void> {
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`SET allowed_paths = [${files.map(quoteText).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

type FileTable = {
  readonly name: string;
  readonly files: readonly string[];
  readonly reader: 'read_csv' | 'read_parquet';
};

const readers: Readonly<Record<string, FileTable['reader']>> = {
  '.csv': 'read_csv',
  '.tsv': 'read_csv',
  '.parquet': 'read_parquet',
};

/** `sales.csv` is the table sales; the files of a folder `sales` in the folder are one table together. */
function tablesOf(path: string): readonly FileTable[] {
  const tables = new Map<string, FileTable>();
  const add = (name: string, file: string) => {
    const reader = readers[extname(file).toLowerCase()];
    if (reader === undefined) return;
    const known = tables.get(`${name} ${reader}`);
    tables.set(`${name} ${reader}`, { name, reader, files: [...(known?.files ?? []), resolve(file)] });
  };
  for (const file of filesOf(path)) {
    if (!statSync(file).isDirectory()) add(familyName(file, path), file);
    else for (const part of filesOf(file)) if (statSync(part).isFile()) add(basename(file), part);
  }
  return [...tables.values()];
}

const filesOf = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => !name.startsWith('.'))
        .sort()
        .map((name) => join(path, name))
    : [path];

/**
 * Files that differ only in a date or number at the end of their name are the parts of one table: `sales-2025.csv` and
 * `sales-2026.csv` are the table sales. A file alone keeps its whole name.
 */
function familyName(file: string, folder: string): string {
  const stem = (path: string) => basename(path, extname(path));
  const family = (path: string) => stem(path).replace(/[-_. ]?\d[\d\-_.]*$/, '');
  const own = family(file);
  const isFamily = (other: string) => family(other) === own && extname(other) === extname(file);
  return own !== '' && filesOf(folder).filter(isFamily).length > 1 ? own : stem(file);
}

/** Changes whenever a file is written, added or removed. */
function stampOf(path: string): string {
  const files = filesOf(path).flatMap((file) => (statSync(file).isDirectory() ? filesOf(file) : [file]));
  return files
    .map((file) => [file, statSync(file)] as const)
    .map(([file, { mtimeMs, size }]) => `${file} ${mtimeMs} ${size}`)
    .join('\n');
}
