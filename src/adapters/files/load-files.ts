import { basename, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { BadLine, Understood, UnderstoodTable } from '../../core/data/understood.ts';
import { quoteIdentifier } from '../databases/quote-identifier.ts';
import { createTable } from './create-table.ts';
import { uniqueNames } from './find-header.ts';
import { quoteText } from './forms/reading.ts';
import { type JsonRows, readJson } from './json-rows.ts';
import { type FileGroup, groupFiles, knownEndings, type SourceFilePath } from './list-files.ts';
import { loadText } from './load-text.ts';
import { type FileOptions, noOptions } from './options.ts';
import { prove } from './prove.ts';
import { createRawTable, type RawRow } from './raw-table.ts';
import { readRows } from './read-rows.ts';
import { readSheets, type Sheet } from './sheets.ts';
import { openTextFile, type Part, type TextFile } from './text/read-text-file.ts';

export type LoadOptions = {
  /** File below the root → how it is read. */
  readonly files: Readonly<Record<string, FileOptions>>;
  /** Told how many files are done, again and again while a long one is read. */
  readonly progress: (read: number, of: number) => void;
};

export type LoadedFiles = {
  readonly understood: Understood;
  /** Files that statements read themselves. */
  readonly read: readonly string[];
  /** Rows of each view over files. */
  readonly rowsOf: ReadonlyMap<string, number>;
};

/** Text files of up to this many bytes are loaded once; larger ones are read by each statement. */
const loadBytes = 200 * 1024 * 1024;
const mostNamed = 1000;
/** Where the rows of one file at a time wait as text. */
const staged = 'memori_rows_as_text';

/** Makes a table of each file, or of files with the same columns. A file that cannot be read is left out and named. */
export async function loadFiles(
  connection: DuckDBConnection,
  root: string,
  { files: options, progress }: LoadOptions,
): Promise<LoadedFiles> {
  const groups = groupFiles(root);
  if (groups.length === 0) throw new Error(`there is no file in it that is read: ${knownEndings}.`);
  const tables: UnderstoodTable[] = [];
  const warnings = unusedOptions(options, groups);
  const read: string[] = [];
  const rowsOf = new Map<string, number>();
  const taken = new Set<string>([staged]);
  const nameFor = (wanted: string) => {
    const name = uniqueNames([...taken, wanted]).at(-1) ?? wanted;
    taken.add(name);
    return name;
  };
  const optionsOf = (files: readonly SourceFilePath[]): FileOptions =>
    files.map((file) => options[file.name] ?? options[basename(file.path)]).find((one) => one !== undefined) ??
    noOptions;
  const add = async (
    wanted: string,
    files: readonly SourceFilePath[],
    load: (name: string, options: FileOptions) => Promise<Loaded>,
  ) => {
    const name = nameFor(wanted);
    try {
      const loaded = await load(name, optionsOf(files));
      tables.push({ name, files: files.map((file) => file.name), ...loaded.table });
      if (!loaded.isView) return;
      read.push(...files.map(({ path }) => resolve(path)));
      rowsOf.set(name, loaded.table.rows);
    } catch (error) {
      taken.delete(name);
      warnings.push(leftOut(files, error));
    }
  };
  const context: Context = {
    connection,
    add,
    optionsOf,
    alive: () => progress(done, of),
    notOneTable: (files) =>
      warnings.push(`${files.map(({ name }) => name).join(', ')} have different columns: each is a table of its own.`),
    leaveOut: (file, error) => warnings.push(leftOut([file], error)),
  };
  const of = groups.reduce((sum, { files }) => sum + files.length, 0);
  let done = 0;
  for (const group of groups) {
    await loaders[group.files[0]?.kind ?? 'text'](group, context);
    done += group.files.length;
    progress(done, of);
  }
  if (tables.length === 0) throw new Error(warnings.join(' '));
  return { understood: { tables, warnings }, read, rowsOf };
}

const leftOut = (files: readonly SourceFilePath[], error: unknown): string => {
  const reason = error instanceof Error ? error.message : String(error);
  return `${files.map(({ name }) => name).join(', ')} is left out: ${reason.replace(/\.?$/, '.')}`;
};

function unusedOptions(options: LoadOptions['files'], groups: readonly FileGroup[]): string[] {
  const names = new Set(groups.flatMap(({ files }) => files.flatMap((file) => [file.name, basename(file.path)])));
  return Object.keys(options)
    .filter((name) => !names.has(name))
    .map((name) => `\`files\` names ${JSON.stringify(name)}, which is not among the files.`);
}

type Loaded = { readonly table: Omit<UnderstoodTable, 'name' | 'files'>; readonly isView: boolean };

type Context = {
  readonly connection: DuckDBConnection;
  add(
    wanted: string,
    files: readonly SourceFilePath[],
    load: (name: string, options: FileOptions) => Promise<Loaded>,
  ): Promise<void>;
  optionsOf(files: readonly SourceFilePath[]): FileOptions;
  readonly alive: () => void;
  leaveOut(file: SourceFilePath, error: unknown): void;
  notOneTable(files: readonly SourceFilePath[]): void;
};

type Loader = (group: FileGroup, context: Context) => Promise<void>;

type Opened<T> = { readonly file: SourceFilePath; readonly content: T };

/** Opens each file of a group; those that cannot be opened are left out. */
async function openAll<T>(
  { files }: FileGroup,
  { optionsOf, leaveOut }: Context,
  open: (file: SourceFilePath, options: FileOptions) => Promise<T>,
): Promise<readonly Opened<T>[]> {
  const opened: Opened<T>[] = [];
  for (const file of files) {
    try {
      opened.push({ file, content: await open(file, optionsOf([file])) });
    } catch (error) {
      leaveOut(file, error);
    }
  }
  return opened;
}

/** The files as one table where their columns are the same, else each for itself. */
function asTables<T>(
  group: FileGroup,
  opened: readonly Opened<T>[],
  columnsOf: (content: T) => unknown,
  notOneTable: Context['notOneTable'],
): readonly { readonly name: string; readonly parts: readonly Opened<T>[] }[] {
  const alike = new Set(
    opened.map(({ file, content }) => JSON.stringify([columnsOf(content), [...file.partition.keys()]])),
  );
  if (opened.length > 1 && alike.size === 1) return [{ name: group.name, parts: opened }];
  if (opened.length > 1) notOneTable(opened.map(({ file }) => file));
  return opened.map((one) => {
    const folder = one.file.name.includes('/') && group.name !== one.file.stem ? `${group.name}_` : '';
    return { name: folder + one.file.stem, parts: [one] };
  });
}

const filesOf = (parts: readonly { readonly file: SourceFilePath }[]): readonly SourceFilePath[] =>
  parts.map(({ file }) => file);

const loadTexts: Loader = async (group, context) => {
  const opened = await openAll(group, context, openText);
  for (const { name, parts } of asTables(group, opened, ({ header }) => header.names, context.notOneTable)) {
    await context.add(name, filesOf(parts), (table, options) =>
      loadTextTable(
        context,
        table,
        parts.map(({ file, content }) => ({ file: content, partition: file.partition })),
        options,
      ),
    );
  }
};

/** Prose in a `.txt` file is no table of one column. */
async function openText(file: SourceFilePath, options: FileOptions): Promise<TextFile> {
  const opened = await openTextFile(file.path, options);
  if (opened.width === 1 && /\.txt(\.gz)?$/i.test(file.path) && options.header === undefined)
    throw new Error('no delimiter parts its lines into columns. Say `header` under `files` if it is a table of one.');
  return opened;
}

async function loadTextTable(
  { connection, alive }: Context,
  name: string,
  parts: readonly Part[],
  options: FileOptions,
): Promise<Loaded> {
  try {
    const { raw, proven, bad, warnings, isView, rowsByFile } = await loadText(
      connection,
      staged,
      parts,
      options,
      alive,
    );
    const stays = isView && parts.reduce((sum, { file }) => sum + file.survey.bytes, 0) > loadBytes;
    const { columns, rows } = await createTable(connection, name, raw, proven, { options, isView: stays });
    return {
      table: {
        form: formOf(parts),
        ...(rowsByFile ? { rowsByFile } : {}),
        rows,
        columns,
        ...named(bad),
        warnings: [...warnings, ...(parts[0]?.file.header.assumptions ?? []), ...guessSaid(parts)],
      },
      isView: stays,
    };
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${staged}`);
  }
}

const named = (bad: readonly BadLine[]): Pick<UnderstoodTable, 'badLines' | 'badLineCount'> => ({
  badLines: bad.slice(0, mostNamed),
  badLineCount: bad.length,
});

const marks: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
  '\u0000': 'one value a line',
};

function formOf([first]: readonly Part[]): string {
  if (first === undefined) return '';
  const { survey, dialect, header } = first.file;
  const head = header.line === undefined ? 'no header' : `header in line ${header.line}`;
  return [survey.encoding.name, marks[dialect.delimiter] ?? dialect.delimiter, head].join(', ');
}

const guessSaid = (parts: readonly Part[]): readonly string[] =>
  parts
    .filter(({ file }) => file.survey.encoding.isGuess)
    .map(
      ({ file }) => `${basename(file.path)} does not say its encoding; it is taken to be ${file.survey.encoding.name}.`,
    );

const loadJsons: Loader = async (group, context) => {
  const opened = await openAll(group, context, (file, options) => readJson(file.path, options.encoding));
  for (const { name, parts } of asTables(group, opened, ({ columns }) => columns, context.notOneTable)) {
    await context.add(name, filesOf(parts), (table, options) =>
      loadRows(context.connection, table, jsonRows(parts), options),
    );
  }
};

type RowsOf = {
  readonly columns: readonly string[];
  readonly rows: readonly RawRow[];
  readonly bad: readonly BadLine[];
  readonly form: string;
  readonly warnings: readonly string[];
  readonly nested: ReadonlySet<number>;
};

function jsonRows(parts: readonly Opened<JsonRows>[]): RowsOf {
  const keys = [...(parts[0]?.file.partition.keys() ?? [])];
  return {
    columns: uniqueNames([...(parts[0]?.content.columns ?? []), ...keys]),
    rows: parts.flatMap(({ file, content }) =>
      content.rows.map(({ line, cells }) => ({ line, cells: [...cells, ...file.partition.values()] })),
    ),
    bad: parts.flatMap(({ file, content }) =>
      content.bad.map((one) => (parts.length > 1 ? { ...one, file: file.name } : one)),
    ),
    form: 'JSON',
    warnings: [],
    nested: new Set(parts.flatMap(({ content }) => [...content.nested])),
  };
}

async function loadRows(
  connection: DuckDBConnection,
  name: string,
  { columns, rows, bad, form, warnings, nested }: RowsOf,
  options: FileOptions,
): Promise<Loaded> {
  if (columns.length === 0) throw new Error('there is no value in it.');
  try {
    const table = await createRawTable(connection, staged, columns.length);
    table.add(rows);
    const raw = { name: staged, columns, rows: table.close(), delimiter: ',' };
    const created = await createTable(connection, name, raw, await prove(connection, raw, options), {
      options,
      isView: false,
      nested,
    });
    return { table: { form, ...created, ...named(bad), warnings }, isView: false };
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${staged}`);
  }
}

const loadWorkbooks: Loader = async (group, context) => {
  const opened = await openAll(group, context, async (file, options) => readSheets(file.path, options));
  for (const { file, content } of opened) {
    if (content.length === 0) context.leaveOut(file, new Error('there is nothing in its sheets.'));
    for (const sheet of content) {
      const name = content.length === 1 ? file.stem : `${file.stem}_${sheet.name}`;
      await context.add(name, [file], (table, options) =>
        loadRows(context.connection, table, sheetRows(sheet), options),
      );
    }
  }
};

const sheetRows = ({ name, columns, rows, bad, headerLine, assumptions }: Sheet): RowsOf => ({
  columns,
  rows,
  bad,
  form: `sheet ${JSON.stringify(name)}, ${headerLine === undefined ? 'no header' : `header in row ${headerLine}`}`,
  warnings: assumptions,
  nested: new Set(),
});

const loadParquets: Loader = async (group, context) => {
  const opened = await openAll(group, context, (file) => parquetColumns(context.connection, [file]));
  for (const { name, parts } of asTables(group, opened, (columns) => columns, context.notOneTable)) {
    await context.add(name, filesOf(parts), (table) => loadParquet(context.connection, table, filesOf(parts)));
  }
};

const parquetSql = (files: readonly SourceFilePath[]): string =>
  `read_parquet([${files.map(({ path }) => quoteText(resolve(path))).join(', ')}], hive_partitioning = ${(files[0]?.partition.size ?? 0) > 0})`;

const parquetColumns = async (
  connection: DuckDBConnection,
  files: readonly SourceFilePath[],
): Promise<readonly (readonly [name: string, type: string])[]> =>
  (await readRows(connection, `DESCRIBE SELECT * FROM ${parquetSql(files)}`)).map(
    ([name, type]) => [String(name), String(type)] as const,
  );

async function loadParquet(
  connection: DuckDBConnection,
  name: string,
  files: readonly SourceFilePath[],
): Promise<Loaded> {
  const columns = await parquetColumns(connection, files);
  await connection.run(`CREATE VIEW ${quoteIdentifier(name)} AS SELECT * FROM ${parquetSql(files)}`);
  const list = files.map(({ path }) => quoteText(resolve(path))).join(', ');
  const [row] = await readRows(connection, `SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata([${list}])`);
  return {
    table: {
      form: 'Parquet',
      rows: Number(row?.[0] ?? 0),
      ...named([]),
      warnings: [],
      columns: columns.map(([column, type]) => ({
        name: column,
        kind: kindOf(type),
        sqlType: type,
        form: '',
        missing: 0,
        missingWords: [],
        assumptions: [],
        isOpen: false,
      })),
    },
    isView: true,
  };
}

const kindsByType = [
  [/\[|^(STRUCT|MAP|UNION)|^JSON$/, 'json'],
  [/INT|^DECIMAL|^FLOAT|^DOUBLE/, 'number'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'timestamp'],
  [/^TIME/, 'time'],
] as const;

const kindOf = (type: string) => kindsByType.find(([pattern]) => pattern.test(type))?.[1] ?? 'text';

const loaders = { text: loadTexts, json: loadJsons, parquet: loadParquets, workbook: loadWorkbooks } as const;
