import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from './forms/form-reading.ts';
import type { RawTable } from './prove.ts';
import { readRows } from './read-rows.ts';
import type { Part } from './text/read-text-file.ts';

/** Smaller files are read line by line, which names each line that is no row. */
const fastBytes = 16 * 1024 * 1024;

/**
 * The rows of large files with the engine's own reader, which is told how they are written and guesses nothing. It is
 * taken only where it accounts for every line: its rows, the line ends within them and the lines up to the header are as
 * many as the file has lines.
 */
export async function fastRawTable(
  connection: DuckDBConnection,
  parts: readonly Part[],
): Promise<RawTable | undefined> {
  const [first] = parts;
  if (first === undefined || !parts.every((part) => isPlain(part, first))) return undefined;
  const { file } = first;
  const { dialect, header, width } = file;
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`);
  const files = parts.map((part) => quoteText(resolve(part.file.path))).join(', ');
  const read = [
    `[${files}]`,
    'auto_detect = false',
    'header = false',
    `skip = ${header.firstRow - 1}`,
    `delim = ${quoteText(dialect.delimiter)}`,
    `quote = ${quoteText(dialect.quote)}`,
    `escape = ${quoteText(dialect.escape)}`,
    `columns = {${columns.join(', ')}}`,
    'strict_mode = true',
    'max_line_size = 4194304',
  ].join(', ');
  try {
    const name = `read_csv(${read})`;
    const within = parts.some((part) => part.file.survey.hasQuotes)
      ? columns
          .map((_, index) => `coalesce(length(c${index}) - length(replace(c${index}, chr(10), '')), 0)`)
          .join(' + ')
      : '0';
    const [row] = await readRows(connection, `SELECT count(*), coalesce(sum(${within}), 0) FROM ${name}`);
    const lines = parts.reduce((sum, part) => sum + part.file.survey.lines - (part.file.header.firstRow - 1), 0);
    if (Number(row?.[0]) + Number(row?.[1]) === lines)
      return { name, columns: header.names, rows: Number(row?.[0]), delimiter: dialect.delimiter };
  } catch {
    // The other way reads what this one does not, and names the lines.
  }
  return undefined;
}

function isPlain({ file, partition }: Part, first: Part): boolean {
  const { survey, dialect, header, hasClosingDelimiter } = file;
  return (
    survey.encoding.name === 'utf-8' &&
    survey.bytes >= fastBytes &&
    !survey.hasBareReturn &&
    !hasClosingDelimiter &&
    partition.size === 0 &&
    dialect.delimiter !== '\u0000' &&
    JSON.stringify(dialect) === JSON.stringify(first.file.dialect) &&
    header.firstRow === first.file.header.firstRow
  );
}
