import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFiles } from '../../src/adapters/files/describe-files.ts';
import { describedType } from '../../src/adapters/files/described.ts';
import { type FileOptions, fileOptionsSchema } from '../../src/adapters/files/options.ts';
import { readCommandLine } from '../../src/command-line.ts';
import { printReports } from './print-reports.ts';

type Expected = {
  readonly rows: number;
  readonly columns: Readonly<Record<string, string>>;
  /** How an admin says the file is to be read. */
  readonly options?: unknown;
};

const usage = `How many columns of the files of a folder are read as what they are, how many rows are lost without a word, and how long
it takes.

  npm run bench:files -- --data FOLDER [--json]

FOLDER holds the files and expected.json: {"sales.csv": {"rows": 3, "columns": {"day": "date", "amount": "number"},
"options": {"dates": "DMY"}}}. A kind is number, date, boolean, text or empty; options, which may be left out, are those of
\`files\` in a source's YAML.

  --data FOLDER     the files
  --json            one JSON object
  --help            this text`;
const { values: options } = readCommandLine(usage, {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
});

type Measured = {
  readonly columns: number;
  readonly right: number;
  readonly doubts: number;
  readonly lost: number;
  readonly seconds: number;
  readonly said: readonly string[];
};

async function measure(folder: string, name: string, { rows, columns, options: given }: Expected): Promise<Measured> {
  const started = performance.now();
  const files: Readonly<Record<string, FileOptions>> =
    given === undefined ? {} : { [name]: fileOptionsSchema.parse(given) };
  const expected = Object.entries(columns);
  const took = () => (performance.now() - started) / 1000;
  try {
    const { tables } = await describeFiles(join(folder, name), { files, progress: () => {} });
    const [table] = tables;
    if (table === undefined) throw new Error('no table');
    // JSON puts names that are numbers first, so by the name, and by the place where a file has no such name.
    const foundAt = (column: string, index: number) =>
      table.columns.find(({ name: own }) => own === column) ?? table.columns[index];
    const said = expected.flatMap(([column, kind], index) => {
      const found = foundAt(column, index);
      const type = found ? describedType(found.kind) : 'missing';
      return type === kind
        ? []
        : [`${name}: ${column} is ${kind} and was read as ${type}${found?.isOpen ? ' (asked)' : ''}`];
    });
    const known = table.rows + table.badLineCount;
    const lost = Math.max(0, rows - known);
    if (table.rows !== rows)
      said.push(`${name}: ${rows} rows, of which ${table.rows} were read and ${table.badLineCount} lines named`);
    const wrong = expected.filter(
      ([column, kind], index) => kind !== describedType(foundAt(column, index)?.kind ?? 'text'),
    ).length;
    const doubts = expected.filter(([column], index) => foundAt(column, index)?.isOpen === true).length;
    return { columns: expected.length, right: expected.length - wrong, doubts, lost, seconds: took(), said };
  } catch (error) {
    return {
      columns: expected.length,
      right: 0,
      doubts: 0,
      lost: 0,
      seconds: took(),
      said: [`${name}: refused: ${error instanceof Error ? error.message : String(error)}`],
    };
  }
}

async function main(folder: string): Promise<void> {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Readonly<
    Record<string, Expected>
  >;
  const measured: Measured[] = [];
  for (const [name, one] of Object.entries(expected)) measured.push(await measure(folder, name, one));
  const sum = (key: 'columns' | 'right' | 'doubts' | 'lost' | 'seconds') =>
    measured.reduce((total, one) => total + one[key], 0);
  const figures = {
    columns: sum('columns'),
    columns_right_pct: Math.round((10_000 * sum('right')) / (sum('columns') || 1)) / 100,
    columns_asked: sum('doubts'),
    rows_lost_silently: sum('lost'),
    files_refused: measured.filter(({ said }) => said.some((one) => one.includes(': refused: '))).length,
    seconds: Math.round(sum('seconds') * 10) / 10,
  };
  if (options.json)
    return printReports('files', folder, [{ data: folder, n: measured.length, systems: { ours: figures } }]);
  for (const line of measured.flatMap(({ said }) => said)) console.log(line);
  console.log(figures);
}

if (options.data === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else await main(options.data);
