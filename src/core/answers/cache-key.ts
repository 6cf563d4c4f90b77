import type { CheckedSql, QueryLimits } from '../data/database.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** SQL whose value changes with time or session: functions, keywords, named dates. */
const changing =
  /\b(?:now|random\w*|\w+_timestamp|timeofday|age|gen_random_uuid|uuidv\w+|setseed|pg_(?!catalog)\w+|txid_\w+|nextval|currval|lastval|setval)\s*\(|\b(?:current_\w+|localtime\w*|session_user|tablesample)\b|'(?:now|today|yesterday|tomorrow)'|^\s*(?:show|explain)\b/i;

/**
 * The key that rows are cached under: the checked statement, the session values the database gets, limits, the source
 * with its schema and policy, and the person. Rows are never shared between people, so that a database with row-level
 * rules stays correct. Undefined when the rows must not be cached.
 */
export async function cacheKey(
  { text, session }: CheckedSql,
  { name, policy, catalogue }: Source,
  { maxRows, maxBytes, maxCellLength }: QueryLimits,
  { asker, signal }: Run,
): Promise<string | undefined> {
  // An approved function may return something else each time.
  const approved = policy.approvedFunctions.some((approved) => text.includes(approved.split('.').at(-1) ?? approved));
  if (asker === undefined || approved || changing.test(text)) return undefined;
  const { hash } = await catalogue(signal);
  return JSON.stringify([asker, name, hash, policy, session, maxRows, maxBytes, maxCellLength, text]);
}
