import { basename } from 'node:path';
import { createTable } from './create-table.ts';
import type { SourceFilePath } from './list-files.ts';
import { loadText } from './load-text.ts';
import { asTables, type Context, filesOf, type Loaded, type Loader, named, openAll, staged } from './loader.ts';
import type { FileOptions } from './options.ts';
import { openTextFile, type Part, type TextFile } from './text/read-text-file.ts';

/** Text files of up to this many bytes are loaded once; larger ones are read by each statement. */
const loadBytes = 200 * 1024 * 1024;

export const loadTexts: Loader = async (group, context) => {
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
