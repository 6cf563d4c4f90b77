import { identifier } from '../../model/sql-text.ts';
import { unreadable } from '../../reading/explore.ts';
import { cutAtRank, likeAs, rankBy, type SqlDialect, selectText, steps } from '../sql-dialect.ts';

const digit = `(SELECT 0 AS n${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ` UNION ALL SELECT ${n}`).join('')})`;

/** Numbers from 0 to 9,999. A recursive CTE would end after a thousand rows, with an error or without a word. */
const numbers = ['ones', 'tens', 'hundreds', 'thousands'].map((name) => `${digit} AS ${name}`).join(' CROSS JOIN ');
const number = '(ones.n + 10 * tens.n + 100 * hundreds.n + 1000 * thousands.n)';

const firstOf = (unit: 'MONTH' | 'QUARTER', sql: string): string =>
  `MAKEDATE(YEAR(${sql}), 1) + INTERVAL (${unit}(${sql}) - 1) ${unit}`;

/** Texts, quoted names, and the two constructs of standard SQL that MySQL reads as something else. */
const differing = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\|\||\bFILTER\s*\(/gi;

/** NULL comes first upwards and last downwards. */
const lastNulls: SqlDialect['ordered'] = ({ sql, descending }) =>
  descending ? `${sql} DESC` : `${sql} IS NULL, ${sql}`;

export const mysql: SqlDialect = {
  truncate(grain, sql) {
    switch (grain) {
      case 'day':
        return `DATE(${sql})`;
      case 'week':
        return `DATE(${sql}) - INTERVAL WEEKDAY(${sql}) DAY`;
      case 'month':
        return firstOf('MONTH', sql);
      case 'quarter':
        return firstOf('QUARTER', sql);
      case 'year':
        return `MAKEDATE(YEAR(${sql}), 1)`;
    }
  },
  day: (day) => `DATE '${day}'`,
  series(name, grain, first, last) {
    const [count, unit] = steps[grain];
    const day = `${first} + INTERVAL (${count} * ${number}) ${unit.toUpperCase()}`;
    return `SELECT ${day} AS ${name} FROM ${numbers} WHERE ${day} <= ${last}`;
  },
  // A collation may tell upper from lower case.
  like: (sql, pattern, negated) => likeAs('LIKE')(`LOWER(${sql})`, pattern.toLowerCase(), negated),
  same: '<=>',
  ordersByName: false,
  ordered: lastNulls,
  // Computed before it is ranked: MariaDB forgets a HAVING that stands with a window function.
  firstRows(columns, body, { sql, descending }, limit) {
    const computed = `${selectText([...columns, { alias: 'sort_key', sql }])}\n${body}`;
    const names = columns.map(({ alias }) => ({ alias, sql: identifier(alias) }));
    const ranked = selectText([...names, rankBy(lastNulls({ sql: 'sort_key', descending }))]);
    return cutAtRank(columns, `${ranked}\nFROM (\n${computed}\n) AS computed`, limit);
  },
  decimal: (sql) => sql,
  finish: (sql) =>
    sql.replace(differing, (piece) => {
      if (piece.startsWith("'")) return piece.replaceAll('\\', '\\\\');
      if (piece.startsWith('"')) return `\`${piece.slice(1, -1).replaceAll('""', '"').replaceAll('`', '``')}\``;
      // OR, and a syntax error.
      return unreadable();
    }),
};
