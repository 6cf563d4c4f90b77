import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { Decision, Known } from './forms/decide.ts';
import { missingSql, withTrimmed } from './missing-sql.ts';
import { listOf, readRows } from './read-rows.ts';

/** What one pass over all rows found of a column. */
export type Proof = {
  /** Rows without a value, and the words that stand for it. */
  readonly missing: number;
  readonly missingWords: readonly string[];
  /** Values that refute a reading. */
  readonly against: readonly string[];
  /** Every value has spaces around it. */
  readonly isPadded: boolean;
  /** Of numbers as digits: how long they are at most. */
  readonly digits: Digits | undefined;
};

export type Digits = {
  readonly whole: number;
  readonly fraction: number;
  /** Leading zeros left out. */
  readonly significant: number;
  readonly hasExponent: boolean;
};

/**
 * Columns in one statement: planning takes more than its share of time for wide ones, reading rows more than planning
 * where there are many.
 */
const atOnce = { few: 8, many: 64, manyRows: 100_000 };

/** Tries the candidates of each column on every row of a relation with the columns c0, c1 and so on. */
export async function proofsOf(
  connection: DuckDBConnection,
  { name: relation, rows }: { readonly name: string; readonly rows: number },
  decisions: readonly Decision[],
  known: Known,
): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  const step = rows > atOnce.manyRows ? atOnce.many : atOnce.few;
  for (let from = 0; from < decisions.length; from += step) {
    const some = decisions.slice(from, from + step).map((decision, index) => ({ decision, index: from + index }));
    const [row = []] = await readRows(connection, statementOf(relation, some, known));
    proofs.push(...some.map((_, place) => proofFrom(row.slice(place * 8, place * 8 + 8))));
  }
  return proofs;
}

type Asked = { readonly decision: Decision; readonly index: number };

/** In steps, so that each value is trimmed, read, and compared with the missing-value words once, where it has to be. */
function statementOf(relation: string, asked: readonly Asked[], { missing }: Known): string {
  const at = asked.map(({ index }) => index);
  const read = asked.flatMap(({ decision, index }) => [
    `${failsSql(decision, `t${index}`)} AS f${index}`,
    `${decision.reading?.kind === 'number' ? decision.reading.toSql(`t${index}`) : 'NULL'} AS n${index}`,
  ]);
  const values = at.map((index) => `c${index}, t${index}`).join(', ');
  const tried = `(SELECT ${values}, ${read.join(', ')} FROM ${withTrimmed(relation, at)})`;
  const flags = asked.map(({ decision, index }) => `${isMissingSql(decision, index, missing)} AS m${index}`);
  const kept = at.map((index) => `c${index}, t${index}, f${index}, n${index}`).join(', ');
  return `SELECT ${asked.map(summarySql).join(', ')} FROM (SELECT ${kept}, ${flags.join(', ')} FROM ${tried})`;
}

/** Text, and nothing that it might be beside. */
const isText = ({ candidates, reading, isEmpty }: Decision): boolean =>
  reading === undefined && candidates.length === 0 && !isEmpty;

/** What is a number or a day is no word for a missing value, unless an admin says so: most values need not be compared. */
function isMissingSql(decision: Decision, index: number, own: ReadonlySet<string>): string {
  const words = missingSql(`t${index}`, own, isText(decision));
  const kind = decision.candidates[0]?.kind;
  return own.size === 0 && (kind === 'number' || kind === 'date' || kind === 'timestamp')
    ? `(f${index} AND ${words})`
    : words;
}

/** Whether a value refutes a reading. A column that was empty in the sample is refuted by any value. */
function failsSql({ candidates, isEmpty }: Decision, value: string): string {
  if (isEmpty) return 'true';
  return candidates.length === 0
    ? 'false'
    : `(${candidates.map((reading) => `(${reading.toSql(value)}) IS NULL`).join(' OR ')})`;
}

function summarySql({ decision, index }: Asked): string {
  const [t, m, f, n] = [`t${index}`, `m${index}`, `f${index}`, `n${index}`];
  const isTried = decision.isEmpty || decision.candidates.length > 0;
  return [
    `count(*) FILTER (WHERE ${m})`,
    `list(DISTINCT ${t}) FILTER (WHERE ${m} AND ${t} <> '')[1:20]`,
    isTried ? `list(DISTINCT ${t}) FILTER (WHERE NOT ${m} AND ${f})[1:50]` : '[]',
    isText(decision) ? `count(*) FILTER (WHERE c${index} = ${t} AND ${t} <> '') = 0` : 'false',
    ...(decision.reading?.kind === 'number' ? digitsSql(n, m) : ['NULL', 'NULL', 'NULL', 'NULL']),
  ].join(', ');
}

function digitsSql(number: string, isMissing: string): readonly string[] {
  const mantissa = `split_part(lower(${number}), 'e', 1)`;
  return [
    `max(length(ltrim(split_part(${mantissa}, '.', 1), '-+0')))`,
    `max(length(split_part(${mantissa}, '.', 2)))`,
    `max(length(ltrim(replace(${mantissa}, '.', ''), '-+0')))`,
    `bool_or(contains(lower(${number}), 'e'))`,
  ].map((summary) => `${summary} FILTER (WHERE NOT ${isMissing})`);
}

function proofFrom([
  missing,
  words,
  against,
  padded,
  whole,
  fraction,
  significant,
  exponent,
]: readonly DuckDBValue[]): Proof {
  const isNumber = whole !== null && whole !== undefined;
  return {
    missing: Number(missing),
    missingWords: listOf(words),
    against: listOf(against),
    isPadded: padded === true,
    digits: isNumber
      ? {
          whole: Number(whole),
          fraction: Number(fraction),
          significant: Number(significant),
          hasExponent: exponent === true,
        }
      : undefined,
  };
}
