import type { DuckDBConnection } from '@duckdb/node-api';
import type { UnderstoodColumn } from '../../core/data/understood.ts';
import { quoteIdentifier } from '../databases/quote-identifier.ts';
import { quoteText } from './forms/form-reading.ts';
import { missingSql, trimmedSql, withTrimmed } from './missing-sql.ts';
import type { FileOptions } from './options.ts';
import type { Proven, RawTable } from './prove.ts';
import { readRows } from './read-rows.ts';
import { type TypedColumn, typedColumn } from './typed-columns.ts';

export type Created = { readonly columns: readonly UnderstoodColumn[]; readonly rows: number };

/** Makes the table, or a view where the rows stay in their files, and checks that no row and no value was lost on the way. */
export async function createTable(
  connection: DuckDBConnection,
  name: string,
  raw: RawTable,
  proven: readonly Proven[],
  {
    options,
    isView,
    nested,
  }: { readonly options: FileOptions; readonly isView: boolean; readonly nested?: ReadonlySet<number> },
): Promise<Created> {
  const own = new Set(options.missing);
  const typed = proven.map((one, index) =>
    nested?.has(index) ? jsonColumn(one, index) : typedColumn(one, index, own),
  );
  const table = quoteIdentifier(name);
  const list = typed.map(({ sql }) => sql).join(', ');
  await connection.run(
    `CREATE ${isView ? 'VIEW' : 'TABLE'} ${table} AS SELECT ${list} FROM ${withTrimmed(raw.name, [...proven.keys()])}`,
  );
  const counts = typed.map((column) => `count(${quoteIdentifier(column.name)})`).join(', ');
  const [row = []] = await readRows(connection, `SELECT count(*), ${counts} FROM ${table}`);
  const rows = Number(row[0]);
  if (rows !== raw.rows) throw new Error(`${raw.rows} rows were read and ${rows} are in the table.`);
  const columns: UnderstoodColumn[] = [];
  for (const [index, one] of proven.entries()) {
    const column = typed[index];
    if (column === undefined) continue;
    const values = Number(row[index + 1]);
    const lost = one.decision.reading === undefined ? 0 : rows - one.missing - values;
    const isForced = options.types[one.name] !== undefined;
    if (lost > 0 && !isForced) throw new Error(`${lost} values of ${one.name} were not read.`);
    const said = lost > 0 ? [await unread(connection, raw, one, index, own, lost)] : [];
    columns.push(
      understoodColumn(one, column, { missing: rows - values, said, isNested: nested?.has(index) === true }),
    );
    if (one.decision.reading?.unit && !isView)
      await connection.run(
        `COMMENT ON COLUMN ${table}.${quoteIdentifier(one.name)} IS ${quoteText(unitSaid(one.decision.reading.unit))}`,
      );
  }
  return { columns, rows };
}

const unitSaid = (unit: string): string => (unit === '%' ? 'in percent: 10 is 10 %' : `in ${unit}`);

const jsonColumn = ({ name }: Proven, index: number): TypedColumn => ({
  name,
  sqlType: 'JSON',
  sql: `CAST(c${index} AS JSON) AS ${quoteIdentifier(name)}`,
});

/** Which values an option could not make its type. */
async function unread(
  connection: DuckDBConnection,
  raw: RawTable,
  { decision, name }: Proven,
  index: number,
  own: ReadonlySet<string>,
  lost: number,
): Promise<string> {
  const value = trimmedSql(`c${index}`);
  const where = `NOT ${missingSql(value, own, false)} AND (${decision.reading?.toSql(value)}) IS NULL`;
  const hasLines = !raw.name.startsWith('read_csv');
  const rows = await readRows(
    connection,
    `SELECT ${hasLines ? 'line' : 'NULL'}, ${value} FROM ${raw.name} WHERE ${where} LIMIT 3`,
  );
  const shown = rows
    .map(([line, text]) => `${line === null ? '' : `line ${line}: `}${JSON.stringify(String(text).slice(0, 40))}`)
    .join(', ');
  return `${lost} values of ${name} are not what \`types\` says and are left out: ${shown}.`;
}

type Seen = { readonly missing: number; readonly said: readonly string[]; readonly isNested: boolean };

function understoodColumn(
  { name, decision, missingWords, textMissing }: Proven,
  { sqlType, doubt }: TypedColumn,
  { missing, said, isNested }: Seen,
): UnderstoodColumn {
  const { reading } = decision;
  const isTyped = reading !== undefined && doubt === undefined;
  return {
    name,
    kind: isNested ? 'json' : isTyped ? reading.kind : decision.isEmpty ? 'empty' : 'text',
    sqlType,
    form: isTyped && !isNested ? reading.form : '',
    ...(isTyped && reading.unit ? { unit: reading.unit } : {}),
    missing,
    missingWords: isTyped ? missingWords : missingWords.filter((word) => textMissing.has(word)),
    assumptions: [...decision.assumptions, ...said, ...[decision.doubt, doubt].filter((one) => one !== undefined)],
    isOpen: decision.reading === undefined && decision.candidates.length > 1,
  };
}
