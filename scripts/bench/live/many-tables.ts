import type { DialectName } from '../../../src/core/data/database.ts';

/** Rows of a table. */
const rows = 200;

/** What differs between dialects in the statements below. */
const series: Readonly<Record<DialectName, string>> = {
  postgres: `generate_series(1, ${rows}) AS s(g)`,
  duckdb: `range(1, ${rows + 1}) AS s(g)`,
  sqlite: `(WITH RECURSIVE n(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM n WHERE g < ${rows}) SELECT g FROM n) AS s`,
  mysql: `(WITH RECURSIVE n(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM n WHERE g < ${rows}) SELECT g FROM n) AS s`,
};

/** A name outside any family. */
const nameOf = (index: number): string => (index % 5 === 4 ? `log_${monthOf(index)}` : `thing_${wordOf(index)}`);

const wordOf = (index: number): string => String(index).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');

/** Every fifth table is one month of one family. */
const monthOf = (index: number): string => {
  const month = Math.floor(index / 5);
  return `${2010 + Math.floor(month / 12)}_${String((month % 12) + 1).padStart(2, '0')}`;
};

const text = (dialect: DialectName): string => (dialect === 'mysql' ? 'varchar(80)' : 'text');

/** A script that makes `count` tables of ten columns with keys, texts of few and of many values, and rows. */
export function manyTables(dialect: DialectName, count: number): string {
  const isConcat = dialect === 'mysql';
  const joined = (prefix: string, value: string): string =>
    isConcat ? `concat('${prefix}', ${value})` : `'${prefix}' || ${value}`;
  const statements = Array.from({ length: count }, (_, index) => {
    const reference = index === 0 || index % 5 === 4 ? '' : `, FOREIGN KEY (thing_a_id) REFERENCES thing_a(id)`;
    return [
      `CREATE TABLE ${nameOf(index)}(id int PRIMARY KEY, thing_a_id int, status ${text(dialect)}, country ${text(dialect)}, title ${text(dialect)}, note ${text(dialect)}, amount decimal(10,2), quantity int, made_on date, changed_at timestamp NULL${reference})`,
      `INSERT INTO ${nameOf(index)} SELECT g, g, ${joined('status ', 'g % 5')}, ${joined('country ', 'g % 40')}, ${joined('title ', 'g')}, NULL, g * 1.5, g % 9, '2026-01-01', '2026-01-01 10:00:00' FROM ${series[dialect]}`,
    ];
  });
  return statements.flat().join(';\n');
}

/** The same tables as queries for DuckDB, to be written to files. */
export const tableQueries = (count: number): readonly { readonly name: string; readonly query: string }[] =>
  Array.from({ length: count }, (_, index) => ({
    name: nameOf(index),
    query: `SELECT g AS id, g AS thing_a_id, 'status ' || g % 5 AS status, 'country ' || g % 40 AS country, 'title ' || g AS title, g * 1.5 AS amount, g % 9 AS quantity, DATE '2026-01-01' AS made_on FROM ${series.duckdb}`,
  }));
