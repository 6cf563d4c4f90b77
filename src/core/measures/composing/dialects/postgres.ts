import { asWritten, likeAs, nullsLast, type SqlDialect, selectText, steps } from '../sql-dialect.ts';

export const postgres: SqlDialect = {
  truncate: (grain, sql) => `date_trunc('${grain}', ${sql})::date`,
  day: (day) => `DATE '${day}'`,
  series: (name, grain, first, last) =>
    `SELECT day::date AS ${name} FROM generate_series(${first}, ${last}, INTERVAL '${steps[grain].join(' ')}') AS day`,
  like: likeAs('ILIKE'),
  same: 'IS NOT DISTINCT FROM',
  ordersByName: true,
  ordered: nullsLast,
  firstRows: (columns, body, order, limit) =>
    `${selectText(columns)}\n${body}\nORDER BY ${nullsLast(order)}\nFETCH FIRST ${limit === 1 ? 'ROW' : `${limit} ROWS`} WITH TIES`,
  decimal: (sql) => `(${sql})::numeric`,
  finish: asWritten,
};
