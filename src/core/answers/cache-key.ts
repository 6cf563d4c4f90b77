import type { CheckedSql, QueryLimits } from '../data/database.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** What has another value each time, or belongs to the session: functions, words without brackets, dates by name. */
const changing =
  /\b(?:now|random\w*|\w+_timestamp|timeofday|age|gen_random_uuid|uuidv\w+|setseed|pg_(?!catalog)\w+|txid_\w+|nextval|currval|lastval|setval)\s*\(|\b(?:current_\w+|localtime\w*|session_user|tablesample)\b|'(?:now|today|yesterday|tomorrow)'|^\s*(?:show|explain)\b/i;

/**
 * Under which name rows are kept: the checked statement with what the database is told of who asks, its limits, the
 * source with its schema and its policy, and the person. Rows never go from one person to another, so that a database
 * which shows each their own stays right. Undefined: nothing may be kept.
 */
export async function cacheKey(
  { text, session }: CheckedSql,
  { name, policy, catalogue }: Source,
  { maxRows, maxBytes, maxCellLength }: QueryLimits,
  { asker, signal }: Run,
): Promise<string | undefined> {
  // What an approved function gives is not known here.
  const approved = policy.approvedFunctions.some((approved) => text.includes(approved.split('.').at(-1) ?? approved));
  if (asker === undefined || approved || changing.test(text)) return undefined;
  const { hash } = await catalogue(signal);
  return JSON.stringify([asker, name, hash, policy, session, maxRows, maxBytes, maxCellLength, text]);
}
