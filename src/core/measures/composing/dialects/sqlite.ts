import { textLiteral } from '../../model/sql-text.ts';
import { asWritten, likeAs, nullsLast, rankedRows, type SqlDialect, steps } from '../sql-dialect.ts';

export const sqlite: SqlDialect = {
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
    `WITH RECURSIVE days(${name}) AS (SELECT ${first} UNION ALL SELECT date(${name}, '+${steps[grain].join(' ')}') FROM days WHERE ${name} < ${last}) SELECT ${name} FROM days WHERE ${name} <= ${last}`,
  like: likeAs('LIKE'),
  same: 'IS',
  ordersByName: true,
  ordered: nullsLast,
  firstRows: rankedRows,
  decimal: (sql) => `CAST(${sql} AS REAL)`,
  finish: asWritten,
};
