import { isMemoriError } from '../base/errors.ts';
import type { ResultRows } from '../data/database.ts';
import { checkSql } from '../sql/check-sql.ts';
import type { DataSource } from '../sql/data-source.ts';
import type { SqlPolicy } from '../sql/policy.ts';

const limits = { maxBytes: 1_000_000, maxCellLength: 200, timeoutMs: 5_000 };

/**
 * The first rows of a statement that the product itself wrote, as nobody in particular may read them. Undefined when the
 * guard, the database or the time is against it. Errors: `cancelled`; those of `DataSource.catalogue`.
 */
export async function readPlainly(
  sql: string,
  { database, syntax, policy, catalogue }: DataSource & { readonly policy: SqlPolicy },
  maxRows: number,
  signal: AbortSignal,
): Promise<ResultRows | undefined> {
  const known = await catalogue(signal);
  try {
    const checked = await checkSql(sql, { catalogue: known, policy, maxRows, dialect: database.dialect, syntax });
    return await database.query(checked, { ...limits, maxRows }, signal);
  } catch (error) {
    if (isMemoriError(error) && !isMemoriError(error, 'cancelled')) return undefined;
    throw error;
  }
}
