import type { DuckDBConnection } from '@duckdb/node-api';
import type { BadLine, UnderstoodTable } from '../../core/data/understood.ts';
import type { FileGroup, SourceFilePath } from './list-files.ts';
import type { FileOptions } from './options.ts';

const mostNamed = 1000;
/** Where the rows of one file at a time wait as text. */
export const staged = 'memori_rows_as_text';

export type Loaded = { readonly table: Omit<UnderstoodTable, 'name' | 'files'>; readonly isView: boolean };

export type Context = {
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

export type Loader = (group: FileGroup, context: Context) => Promise<void>;

export type Opened<T> = { readonly file: SourceFilePath; readonly content: T };

/** Opens each file of a group; those that cannot be opened are left out. */
export async function openAll<T>(
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
export function asTables<T>(
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

export const filesOf = (parts: readonly { readonly file: SourceFilePath }[]): readonly SourceFilePath[] =>
  parts.map(({ file }) => file);

export const named = (bad: readonly BadLine[]): Pick<UnderstoodTable, 'badLines' | 'badLineCount'> => ({
  badLines: bad.slice(0, mostNamed),
  badLineCount: bad.length,
});
