import { basename } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { BadLine } from '../../core/data/understood.ts';
import { fastRawTable } from './fast-raw-table.ts';
import { missingSql, trimmedSql } from './missing-sql.ts';
import type { FileOptions } from './options.ts';
import { type Proven, prove, type RawTable } from './prove.ts';
import { createRawTable } from './raw-table.ts';
import { readRows } from './read-rows.ts';
import { fieldsSaid, type Part, readTextRows } from './text/read-text-file.ts';

/** Rows as text with what each column was proved to be. */
export type LoadedText = {
  readonly raw: RawTable;
  readonly proven: readonly Proven[];
  readonly bad: readonly BadLine[];
  readonly warnings: readonly string[];
  /** Where there are several files: the rows of each, by its path. */
  readonly rowsByFile?: Readonly<Record<string, number>>;
  /** The rows are read from the files themselves. */
  readonly isView: boolean;
};

const mostShort = 100_000;

/** Reads the parts of a table and proves what the columns are. Throws where too many lines are no rows. */
export async function loadText(
  connection: DuckDBConnection,
  name: string,
  parts: readonly Part[],
  options: FileOptions,
  alive: () => void,
): Promise<LoadedText> {
  const fast = await fastRawTable(connection, parts);
  if (fast !== undefined)
    return { raw: fast, proven: await prove(connection, fast, options), bad: [], warnings: [], isView: true };
  const { raw, bad, short, rowsByFile } = await readParts(connection, name, parts, alive);
  const proven = await prove(connection, raw, options);
  const taken = await takeShort(connection, raw, proven, short, options);
  requireRows(raw.rows + taken.rows, [...bad, ...taken.bad]);
  const all = taken.rows === 0 ? raw : { ...raw, rows: raw.rows + taken.rows };
  return {
    raw: all,
    proven: taken.rows === 0 ? proven : await prove(connection, all, options),
    bad: [...bad, ...taken.bad].toSorted((one, other) => one.line - other.line),
    warnings: taken.warnings,
    ...(parts.length > 1 ? { rowsByFile } : {}),
    isView: false,
  };
}

type Short = { readonly line: number; readonly cells: readonly string[]; readonly fields: number };

async function readParts(connection: DuckDBConnection, name: string, parts: readonly Part[], alive: () => void) {
  const [first] = parts;
  const columns = [...(first?.file.header.names ?? []), ...(first?.partition.keys() ?? [])];
  const table = await createRawTable(connection, name, columns.length);
  const bad: BadLine[] = [];
  const short: Short[] = [];
  const rowsByFile: Record<string, number> = {};
  for (const { file, partition } of parts) {
    const values = [...partition.values()];
    const where = parts.length > 1 ? { file: basename(file.path) } : {};
    for await (const found of readTextRows(file)) {
      table.add(
        values.length === 0
          ? found.rows
          : found.rows.map(({ line, cells }) => ({ line, cells: [...cells, ...values] })),
      );
      bad.push(...found.bad.map((one) => ({ ...one, ...where })));
      short.push(
        ...found.short.map(({ line, cells }) => ({
          line,
          fields: cells.length,
          cells: [...cells, ...Array<string>(file.width - cells.length).fill(''), ...values],
        })),
      );
      if (short.length > mostShort)
        throw new Error(`more than ${mostShort} lines have fewer fields than there are columns.`);
      rowsByFile[file.path] = (rowsByFile[file.path] ?? 0) + found.rows.length + found.short.length;
      alive();
    }
  }
  const raw: RawTable = { name, columns, rows: table.close(), delimiter: first?.file.dialect.delimiter };
  return { raw, bad, short, rowsByFile };
}

type Taken = { readonly rows: number; readonly bad: readonly BadLine[]; readonly warnings: readonly string[] };

/** Puts in the rows with fewer fields whose fields are what their columns are; the others are named. */
async function takeShort(
  connection: DuckDBConnection,
  raw: RawTable,
  proven: readonly Proven[],
  short: readonly Short[],
  options: FileOptions,
): Promise<Taken> {
  if (short.length === 0) return { rows: 0, bad: [], warnings: [] };
  const staged = `${raw.name}_short`;
  const table = await createRawTable(connection, staged, raw.columns.length);
  table.add(short.map(({ cells }, index) => ({ line: index, cells })));
  table.close();
  const own = new Set(options.missing);
  const fits = proven.flatMap(({ decision: { reading } }, index) => {
    const value = trimmedSql(`c${index}`);
    return reading ? [`(${missingSql(value, own, false)} OR (${reading.toSql(value)}) IS NOT NULL)`] : [];
  });
  const where = fits.length === 0 ? 'true' : fits.join(' AND ');
  const fitting = new Set(
    (await readRows(connection, `SELECT line FROM ${staged} WHERE ${where}`)).map(([line]) => Number(line)),
  );
  await connection.run(`INSERT INTO ${raw.name} SELECT * FROM ${staged} WHERE ${where}`);
  await connection.run(`DROP TABLE ${staged}`);
  const width = raw.columns.length;
  const taken = short.filter((_, index) => fitting.has(index));
  return {
    rows: taken.length,
    bad: short
      .filter((_, index) => !fitting.has(index))
      .map(({ line, fields }) => ({ line, reason: fieldsSaid(fields, width) })),
    warnings:
      taken.length === 0
        ? []
        : [`${lineList(taken)} fewer fields than there are columns; the last columns have no value there.`],
  };
}

function lineList(lines: readonly Short[]): string {
  const shown = lines
    .slice(0, 5)
    .map(({ line }) => line)
    .join(', ');
  const more = lines.length > 5 ? ` and ${lines.length - 5} more` : '';
  return lines.length === 1 ? `Line ${shown} has` : `Lines ${shown}${more} have`;
}

const harmless = /^(above the header|no value in it|a note below the table|a total of the rows above)$/;

/** A table that a tenth of the lines do not fit was not understood: nothing is answered from the rest. */
function requireRows(rows: number, bad: readonly BadLine[]): void {
  const broken = bad.filter(({ reason }) => !harmless.test(reason));
  if (broken.length <= 5 || broken.length * 10 <= rows) return;
  const [first] = broken;
  throw new Error(
    `${broken.length} of ${rows + broken.length} lines do not fit the columns; the first is line ${first?.line} with ${first?.reason}.`,
  );
}
