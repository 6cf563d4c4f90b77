import type { Day } from '../../language/dates.ts';
import type { TimeGrain } from '../lexicon/words.ts';
import { identifier, textLiteral } from '../model/sql-text.ts';

/** One column of a SELECT. */
export type SqlColumn = { readonly alias: string; readonly sql: string };

export const selectText = (columns: readonly SqlColumn[], distinct = false): string =>
  `SELECT ${distinct ? 'DISTINCT ' : ''}${columns
    .map(({ alias, sql }) =>
      sql === identifier(alias) || sql.endsWith(`.${identifier(alias)}`) ? sql : `${sql} AS ${identifier(alias)}`,
    )
    .join(', ')}`;

export type SqlDialectName = 'postgres' | 'sqlite';

/** Where the engines differ in what measured answers need. */
export type SqlDialect = {
  /** The first day of the unit that holds the date or time. */
  truncate(grain: TimeGrain, sql: string): string;
  day(day: Day): string;
  /** Rows with one column `name`: the first days of all units from `first` to `last`, which are SQL. */
  series(name: string, grain: TimeGrain, first: string, last: string): string;
  /** Case-insensitive LIKE. */
  readonly like: string;
  /** Equality that holds for two NULLs. */
  readonly same: string;
  /** The first rows, with all that tie with the last of them. */
  firstRows(columns: readonly SqlColumn[], body: string, orderBy: string, limit: number): string;
  decimal(sql: string): string;
};

const step: Readonly<Record<TimeGrain, string>> = {
  day: '1 day',
  week: '7 days',
  month: '1 month',
  quarter: '3 months',
  year: '1 year',
};

const postgres: SqlDialect = {
  truncate: (grain, sql) => `date_trunc('${grain}', ${sql})::date`,
  day: (day) => `DATE '${day}'`,
  series: (name, grain, first, last) =>
    `SELECT day::date AS ${name} FROM generate_series(${first}, ${last}, INTERVAL '${step[grain]}') AS day`,
  like: 'ILIKE',
  same: 'IS NOT DISTINCT FROM',
  firstRows: (columns, body, orderBy, limit) =>
    `${selectText(columns)}\n${body}\nORDER BY ${orderBy}\nFETCH FIRST ${limit === 1 ? 'ROW' : `${limit} ROWS`} WITH TIES`,
  decimal: (sql) => `(${sql})::numeric`,
};

const sqlite: SqlDialect = {
  truncate(grain, sql) {
    switch (grain) {
      case 'day':
        return `date(${sql})`;
      case 'week':
        return `date(${sql}, 'weekday 0', '-6 days')`;
      case 'month':
        return `strftime('%Y-%m-01', ${sql})`;
      case 'quarter':
        return `date(${sql}, 'start of month', '-' || ((strftime('%m', ${sql}) - 1) % 3) || ' months')`;
      case 'year':
        return `strftime('%Y-01-01', ${sql})`;
    }
  },
  day: textLiteral,
  series: (name, grain, first, last) =>
    `WITH RECURSIVE days(${name}) AS (SELECT ${first} UNION ALL SELECT date(${name}, '+${step[grain]}') FROM days WHERE ${name} < ${last}) SELECT ${name} FROM days`,
  like: 'LIKE',
  same: 'IS',
  firstRows(columns, body, orderBy, limit) {
    const ranked = [...columns, { alias: 'place', sql: `rank() OVER (ORDER BY ${orderBy})` }];
    const names = columns.map(({ alias }) => identifier(alias)).join(', ');
    return `SELECT ${names} FROM (\n${selectText(ranked)}\n${body}\n) AS ranked\nWHERE place <= ${limit}\nORDER BY place`;
  },
  decimal: (sql) => `CAST(${sql} AS REAL)`,
};

export const sqlDialects: Readonly<Record<SqlDialectName, SqlDialect>> = { postgres, sqlite };

/** Whether SQL can be composed for a database of this dialect. */
export const isComposed = (dialect: string): dialect is SqlDialectName => dialect in sqlDialects;
