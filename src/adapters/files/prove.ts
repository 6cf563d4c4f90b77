import type { DuckDBConnection } from '@duckdb/node-api';
import { forced } from './forced-types.ts';
import { type Column, type Decision, decide, type Known } from './forms/decide.ts';
import type { FormReading } from './forms/form-reading.ts';
import { trimmedSql } from './missing-sql.ts';
import type { FileOptions } from './options.ts';
import { type Proof, proofsOf } from './proof.ts';
import { listOf, readRows } from './read-rows.ts';

/** Rows as they stand in the file: `line` and the columns c0, c1 and so on, all text. */
export type RawTable = {
  /** A table or view, quoted. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly delimiter: string | undefined;
};

/** A column whose reading holds for every row, or which is text. */
export type Proven = Omit<Proof, 'against'> & {
  readonly name: string;
  readonly decision: Decision;
  /** Words that stand for no value in this text column as well, because they do in a column of numbers beside it. */
  readonly textMissing: ReadonlySet<string>;
};

/** Rows whose values are looked at one by one. The rest is only proved. */
const sampleRows = 5_000;
/** Each round adds values that refuted a reading. A column that is refuted this often is text. */
const mostRounds = 12;

/** Decides the columns on a sample, then tries every reading on every row, and decides again with what refuted it. */
export async function prove(
  connection: DuckDBConnection,
  raw: RawTable,
  options: FileOptions,
): Promise<readonly Proven[]> {
  const known: Known = {
    decimal: options.decimal,
    dates: options.dates,
    delimiter: raw.delimiter,
    missing: new Set(options.missing),
  };
  let columns = await sampleOf(connection, raw);
  if (raw.rows > sampleRows) columns = await withForms(connection, raw, columns, known);
  for (let round = 1; ; round += 1) {
    const decisions = decide(columns, known).map((one, index) => forced(one, columns[index], options, known));
    const proofs = await proofsOf(connection, raw, decisions, known);
    const refuted = proofs.map(({ against }) => against);
    if (refuted.every((values) => values.length === 0)) {
      return provenOf(columns, decisions, proofs, known);
    }
    columns = columns.map((column, index) => withValues(column, refuted[index] ?? [], round < mostRounds));
  }
}

function provenOf(
  columns: readonly Column[],
  decisions: readonly Decision[],
  proofs: readonly Proof[],
  { missing }: Known,
): readonly Proven[] {
  const words = new Set(
    decisions.flatMap(({ reading }, index) => (reading ? (proofs[index]?.missingWords ?? []) : [])),
  );
  return decisions.flatMap((decision, index) => {
    const proof = proofs[index];
    const column = columns[index];
    if (proof === undefined || column === undefined) return [];
    // Where all values are codes of a few letters, NA may be Namibia.
    const isCodes = column.values.every((value) => value.length <= 3);
    const textMissing = new Set([...missing, ...(isCodes ? [] : words)]);
    return [{ name: column.name, decision, ...proof, textMissing }];
  });
}

/** The values that refuted a reading; after too many rounds a word that is no number and no day ends it. */
const withValues = (column: Column, values: readonly string[], goesOn: boolean): Column =>
  values.length === 0
    ? column
    : { ...column, values: [...new Set([...column.values, ...values, ...(goesOn ? [] : ['no reading holds'])])] };

async function sampleOf(connection: DuckDBConnection, { name, columns }: RawTable): Promise<readonly Column[]> {
  const lists = columns.map((_, index) => `list(${trimmedSql(`c${index}`)})`).join(', ');
  const [row = []] = await readRows(connection, `SELECT ${lists} FROM (SELECT * FROM ${name} LIMIT ${sampleRows})`);
  return columns.map((column, index) => ({ name: column, values: [...new Set(listOf(row[index]))] }));
}

/**
 * Of a large table, the forms that occur after the sample: numbers with each digit as a 9, days without their time. What
 * fits two ways in the sample may be settled, or opened, by a row far below.
 */
async function withForms(
  connection: DuckDBConnection,
  raw: RawTable,
  columns: readonly Column[],
  known: Known,
): Promise<readonly Column[]> {
  const first = decide(columns, known);
  const asked = first.flatMap(({ candidates }, index) => {
    const form = formSql(candidates, trimmedSql(`c${index}`));
    return form === undefined ? [] : [{ index, form }];
  });
  if (asked.length === 0) return columns;
  const lists = asked.map(({ form }) => `list(DISTINCT ${form})[1:20000]`).join(', ');
  const [row = []] = await readRows(connection, `SELECT ${lists} FROM ${raw.name}`);
  return columns.map((column, index) => {
    const at = asked.findIndex((one) => one.index === index);
    return at === -1 ? column : { ...column, values: [...new Set([...column.values, ...listOf(row[at])])] };
  });
}

/** What to list of a column; nothing where no later row can make another of its reading without refuting it. */
function formSql(candidates: readonly FormReading[], value: string): string | undefined {
  const [first] = candidates;
  if (first?.kind === 'date') return first.order === undefined ? undefined : value;
  if (first?.kind === 'timestamp')
    return first.order === undefined ? undefined : `regexp_replace(${value}, '(?i)[ t]+\\d{1,2}:\\d{2}.*$', '')`;
  if (first?.kind !== 'number') return undefined;
  const digits = `translate(${value}, '12345678', '99999999')`;
  // Of whole numbers, one with a point may be a fraction or thousands.
  const isWhole = candidates.length === 1 && first.values.every((number) => /^-?\d+$/.test(number));
  if (isWhole && first.toTypedSql) return `CASE WHEN contains(${value}, '.') THEN ${digits} END`;
  return candidates.length === 1 && first.toTypedSql ? undefined : digits;
}
