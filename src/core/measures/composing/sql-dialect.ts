import type { Day } from '../../language/dates.ts';
import type { TimeGrain } from '../lexicon/words.ts';
import { identifier, textLiteral } from '../model/sql-text.ts';

/** One column of a SELECT. */
export type SqlColumn = { readonly alias: string; readonly sql: string };

/** A column that already has its name needs no alias. */
export const selectText = (columns: readonly SqlColumn[], distinct = false): string =>
  `SELECT ${distinct ? 'DISTINCT ' : ''}${columns
    .map(({ alias, sql }) =>
      sql === identifier(alias) || sql.endsWith(`.${identifier(alias)}`) ? sql : `${sql} AS ${identifier(alias)}`,
    )
    .join(', ')}`;

export type OrderItem = { readonly sql: string; readonly descending: boolean };

/** Where the engines differ in what measured answers need. */
export type SqlDialect = {
  /** The first day of the unit that holds the date or time. */
  truncate(grain: TimeGrain, sql: string): string;
  day(day: Day): string;
  /** Rows with one column `name`: the first days of all units from `first` to `last`, which are SQL. */
  series(name: string, grain: TimeGrain, first: string, last: string): string;
  /** LIKE in any case; `pattern` is a pattern, not yet SQL. */
  like(sql: string, pattern: string, negated: boolean): string;
  /** Equality that holds for two NULLs. */
  readonly same: string;
  /** ORDER BY takes the name of a computed column inside an expression, or alone. */
  readonly ordersByName: boolean;
  /** As text behind ORDER BY; NULL comes last. */
  ordered(item: OrderItem): string;
  /** The first rows, with all that tie with the last of them. */
  firstRows(columns: readonly SqlColumn[], body: string, order: OrderItem, limit: number): string;
  /** A number that is divided and rounded as a decimal. */
  decimal(sql: string): string;
  /** The whole statement, which was composed with "names" and 'texts' of standard SQL, in the engine's own quotes. */
  finish(sql: string): string;
};

/** How many of a unit, and of which, lead to the next one. */
export const steps: Readonly<Record<TimeGrain, readonly [count: number, unit: 'day' | 'month' | 'year']>> = {
  day: [1, 'day'],
  week: [7, 'day'],
  month: [1, 'month'],
  quarter: [3, 'month'],
  year: [1, 'year'],
};

export const likeAs =
  (operator: 'LIKE' | 'ILIKE'): SqlDialect['like'] =>
  (sql, pattern, negated) =>
    `${sql} ${negated ? 'NOT ' : ''}${operator} ${textLiteral(pattern)}${pattern.includes('\\') ? " ESCAPE '\\'" : ''}`;

export const nullsLast: SqlDialect['ordered'] = ({ sql, descending }) =>
  `${sql} ${descending ? 'DESC' : 'ASC'} NULLS LAST`;

/** `firstRows` for engines without WITH TIES: rows are ranked, and the rank is cut. */
export const rankedRows: SqlDialect['firstRows'] = (columns, body, order, limit) =>
  cutAtRank(columns, `${selectText([...columns, rankBy(nullsLast(order))])}\n${body}`, limit);

export const rankBy = (orderBy: string): SqlColumn => ({ alias: 'place', sql: `rank() OVER (ORDER BY ${orderBy})` });

/** `ranked` gives the columns and their `place`. */
export const cutAtRank = (columns: readonly SqlColumn[], ranked: string, limit: number): string =>
  `SELECT ${columns.map(({ alias }) => identifier(alias)).join(', ')} FROM (\n${ranked}\n) AS ranked\nWHERE place <= ${limit}\nORDER BY place`;

export const asWritten = (sql: string): string => sql;
