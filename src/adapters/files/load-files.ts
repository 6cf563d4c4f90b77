import { basename, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Understood, UnderstoodTable } from '../../core/data/understood.ts';
import { uniqueNames } from './find-header.ts';
import { type FileGroup, groupFiles, knownEndings, type SourceFilePath } from './list-files.ts';
import { loadJsons } from './load-json-files.ts';
import { loadParquets } from './load-parquet-files.ts';
import { loadTexts } from './load-text-files.ts';
import { loadWorkbooks } from './load-workbooks.ts';
import { type Context, type Loaded, staged } from './loader.ts';
import { type FileOptions, noOptions } from './options.ts';

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

const loaders = { text: loadTexts, json: loadJsons, parquet: loadParquets, workbook: loadWorkbooks } as const;
