import type { Reading } from '../reading/reading.ts';
import type { Computed } from './measure-sql.ts';
import type { RowSet } from './select-groups.ts';
import type { SqlColumn, SqlDialect } from './sql-dialect.ts';

const rounded = (sql: string, decimals: number | undefined, dialect: SqlDialect): string =>
  decimals === undefined ? sql : `round(${dialect.decimal(sql)}, ${decimals})`;

/** The columns of a measure: itself, its share, or what it was before and the change in percent. */
export function measureColumns(
  how: Computed,
  reading: Reading,
  sqlOf: (scope: RowSet) => string,
  dialect: SqlDialect,
): readonly SqlColumn[] {
  const { alias, decimals } = how;
  const now = sqlOf('now');
  const own = { alias, sql: rounded(now, decimals, dialect) };
  if (reading.compare) {
    const before = sqlOf('before');
    return [
      own,
      { alias: `${alias}_before`, sql: rounded(before, decimals, dialect) },
      { alias: `${alias}_change_pct`, sql: percent(`${bracket(now)} - ${bracket(before)}`, before, dialect) },
    ];
  }
  if (reading.share === 'total')
    return [own, { alias: 'share_pct', sql: percent(now, `sum(${now}) OVER ()`, dialect) }];
  if (reading.share === 'part')
    return [
      { alias: 'share_pct', sql: percent(now, sqlOf('whole'), dialect) },
      own,
      { alias: `all_${alias}`, sql: rounded(sqlOf('whole'), decimals, dialect) },
    ];
  return [own];
}

const bracket = (sql: string): string => (/^[\w."]+$|^\w+\([^()]*\)$/.test(sql) ? sql : `(${sql})`);
const percent = (part: string, whole: string, dialect: SqlDialect): string =>
  `round(${dialect.decimal(`100.0 * (${part}) / nullif(${whole}, 0)`)}, 1)`;
