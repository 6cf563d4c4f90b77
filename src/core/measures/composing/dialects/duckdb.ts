import { asWritten, likeAs, nullsLast, rankedRows, type SqlDialect, steps } from '../sql-dialect.ts';

export const duckdb: SqlDialect = {
  truncate: (grain, sql) => `date_trunc('${grain}', ${sql})::date`,
  day: (day) => `DATE '${day}'`,
  series: (name, grain, first, last) =>
    `SELECT unnest(generate_series(${first}, ${last}, INTERVAL '${steps[grain].join(' ')}'))::date AS ${name}`,
  like: likeAs('ILIKE'),
  same: 'IS NOT DISTINCT FROM',
  ordersByName: true,
  ordered: nullsLast,
  firstRows: rankedRows,
  // Division is never of whole numbers here, and rounding keeps the digits of a DECIMAL.
  decimal: (sql) => sql,
  finish: asWritten,
};
