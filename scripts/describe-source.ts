import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeFiles } from '../src/adapters/files/describe-files.ts';
import { describedJson } from '../src/adapters/files/described.ts';
import { readSourceFile } from '../src/adapters/sources/read-source-file.ts';
import { type SourceConfig, sourceConfigs } from '../src/config/source-configs.ts';
import type { Config } from '../src/config.ts';
import { MemoriError } from '../src/core/base/errors.ts';
import type { CatalogueColumn } from '../src/core/data/catalogue.ts';
import type { ColumnKind, Understood, UnderstoodTable } from '../src/core/data/understood.ts';
import { createLogger } from '../src/process.ts';
import { openDatabase } from '../src/wiring/open-database.ts';

/** Prints what is understood of a file, a folder, a database by its URL, or a source of DATA_SOURCES by its name. */
export async function describe(
  given: string,
  named: SourceConfig | undefined,
  config: Config,
  isJson: boolean,
): Promise<void> {
  const started = performance.now();
  const source = named ?? sourceAt(given);
  const understood = await understand(source, config, named !== undefined).catch((error: unknown): Understood => {
    if (!isJson || !(error instanceof MemoriError)) throw error;
    process.exitCode = 1;
    return { tables: [], warnings: [error.message] };
  });
  const seconds = (performance.now() - started) / 1000;
  if (isJson) console.log(JSON.stringify(describedJson(understood, seconds), null, 2));
  else console.log(textOf(understood, seconds));
}

function sourceAt(given: string): SourceConfig {
  if (existsSync(given)) return { kind: 'duckdb', name: 'files', path: given };
  const [source] = given.includes('://') ? sourceConfigs(given, false) : [];
  if (source !== undefined) return source;
  throw new MemoriError('invalid_input', `${given} is no file, no folder, no URL and no source in DATA_SOURCES.`);
}

async function understand(source: SourceConfig, config: Config, isNamed: boolean): Promise<Understood> {
  const name = source.kind === 'demo' ? 'shop' : source.name;
  const file = await readSourceFile(join(resolve(config.sourcesFolder.path), `${name}.yaml`));
  if (source.kind !== 'duckdb' || /\.(duckdb|db|ddb)$/i.test(source.path)) return catalogueOf(source, config);
  const files = isNamed ? file.files : {};
  try {
    return await describeFiles(source.path, { files, progress: tellProgress });
  } catch (error) {
    throw new MemoriError(
      'database_unavailable',
      `${source.path} is not read: ${error instanceof Error ? error.message : error}`,
      {
        next: `Correct the file, or say under \`files\` in sources/NAME.yaml how it is to be read (docs/files.md).`,
      },
    );
  }
}

function tellProgress(read: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${read} of ${of} files`);
}

/** A database says itself what its columns are. */
async function catalogueOf(source: SourceConfig, config: Config): Promise<Understood> {
  const database = await openDatabase(source, config, createLogger(config), {});
  try {
    const { tables } = await database.catalogue(new AbortController().signal);
    return {
      warnings: [],
      tables: tables.map((table) => ({
        name: `${table.schema}.${table.name}`,
        files: [],
        form: database.dialect,
        rows: table.rowEstimate ?? 0,
        badLines: [],
        badLineCount: 0,
        warnings: [],
        columns: table.columns.map(columnOf),
      })),
    };
  } finally {
    await database.close();
  }
}

const kinds: Readonly<Partial<Record<CatalogueColumn['type'], ColumnKind>>> = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  json: 'json',
};

const columnOf = ({ name, type, dataType }: CatalogueColumn): UnderstoodTable['columns'][number] => ({
  name,
  kind: kinds[type] ?? 'text',
  sqlType: dataType,
  form: '',
  missing: 0,
  missingWords: [],
  assumptions: [],
  isOpen: false,
});

function textOf({ tables, warnings }: Understood, seconds: number): string {
  const blocks = tables.map((table) => [...headOf(table), ...table.columns.map(lineOf)].join('\n'));
  const rest = warnings.map((warning) => `! ${warning}`);
  return [
    ...blocks,
    ...rest,
    `${tables.length} ${tables.length === 1 ? 'table' : 'tables'}, ${seconds.toFixed(1)} s`,
  ].join('\n\n');
}

const shownLines = 5;

function headOf({ name, rows, form, badLines, badLineCount, warnings }: UnderstoodTable): readonly string[] {
  const shown = badLines
    .slice(0, shownLines)
    .map(({ line, reason, file }) => `  ! ${file ? `${file}, ` : ''}line ${line} is kept aside: ${reason}`);
  const more = badLineCount > shownLines ? [`  ! and ${badLineCount - shownLines} lines more`] : [];
  return [`${name}: ${rows} rows (${form})`, ...shown, ...more, ...warnings.map((warning) => `  ! ${warning}`)];
}

function lineOf({
  name,
  kind,
  sqlType,
  form,
  unit,
  missing,
  missingWords,
  assumptions,
}: UnderstoodTable['columns'][number]): string {
  const facts = [
    `${kind} (${sqlType})`,
    ...(form ? [`as ${form}`] : []),
    ...(unit ? [`in ${unit}`] : []),
    ...(missing > 0 ? [`${missing} missing${missingWords.length > 0 ? ` (${missingWords.join(', ')})` : ''}`] : []),
  ];
  return [`  ${name}: ${facts.join(', ')}`, ...assumptions.map((one) => `    ? ${one}`)].join('\n');
}
