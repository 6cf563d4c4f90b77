import { isMemoriError, type MemoriError } from '../base/errors.ts';
import type { Database } from '../data/database.ts';
import type { GuardOptions } from './check-options.ts';
import { checkSql } from './check-sql.ts';
import type { PersonFacts, SqlPolicy } from './policy.ts';

/** A database with the guard's options, to test a read against. */
export type Reader = Pick<GuardOptions, 'catalogue' | 'policy' | 'syntax'> & { readonly database: Database };

const limits = { maxRows: 1, maxBytes: 10_000, maxCellLength: 100, timeoutMs: 10_000 };

/**
 * What the guard or the engine objects to in a read, with a value for every fact that is known of anybody. Undefined:
 * nothing, or the read needs a fact that is known of nobody. Throws when the engine cannot be reached.
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

/** A person of whom every known fact is known. */
const anybody = ({ people = {} }: SqlPolicy): PersonFacts =>
  Object.assign({}, ...Object.values(people), { slack_user: 'U0', team: 'T0', channel: 'C0' });
