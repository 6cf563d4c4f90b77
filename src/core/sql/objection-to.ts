import { isMemoriError, type MemoriError } from '../base/errors.ts';
import type { Database } from '../data/database.ts';
import type { GuardOptions } from './check-options.ts';
import { checkSql } from './check-sql.ts';
import type { PersonFacts, SqlPolicy } from './policy.ts';

export type Reader = Pick<GuardOptions, 'catalogue' | 'policy' | 'syntax'> & { readonly database: Database };

const limits = { maxRows: 1, maxBytes: 10_000, maxCellLength: 100, timeoutMs: 10_000 };

/**
 * What the guard or the engine has against a read, with a value for every fact that is known of anybody. Undefined: nothing,
 * or the read asks for a fact that is known of nobody yet, and then nobody reads. That the engine cannot be reached is
 * thrown on.
 */
export async function objectionTo(text: string, { database, ...options }: Reader): Promise<MemoriError | undefined> {
  const { dialect } = database;
  try {
    const sql = await checkSql(text, { ...options, dialect, person: anybody(options.policy), maxRows: 1 });
    await database.query(sql, limits, new AbortController().signal);
    return undefined;
  } catch (error) {
    if (isMemoriError(error, 'query_failed')) return error;
    if (!isMemoriError(error, 'sql_refused')) throw error;
    return error.details?.reason === 'row_policy' ? undefined : error;
  }
}

/** Somebody of whom everything is known that is known of anybody. */
const anybody = ({ people = {} }: SqlPolicy): PersonFacts =>
  Object.assign({}, ...Object.values(people), { slack_user: 'U0', team: 'T0', channel: 'C0' });
