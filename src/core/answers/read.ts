import { isMemoriError, MemoriError, withDetails } from '../base/errors.ts';
import type { CheckedSql, QueryLimits, ResultRows } from '../data/database.ts';
import { exceeds, type PlanCaps } from '../data/plan.ts';
import type { SyntaxTree } from '../data/syntax.ts';
import { checkSql } from '../sql/check-sql.ts';
import type { PersonFacts, SqlPolicy } from '../sql/policy.ts';
import type { ResultCache } from '../sql/result-cache.ts';
import { hasShields } from '../sql/shield/shield-sql.ts';
import { cacheKey } from './cache-key.ts';
import type { AnswerSource } from './outcome.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** Limits of a query, and its cache. */
export type ReadLimits = QueryLimits & {
  /** Undefined when the planner is not asked. */
  readonly plan?: PlanCaps;
  /** Undefined when rows are not cached. */
  readonly cache?: ResultCache | undefined;
};

/** The checked SQL with its rows. */
export type ReadResult = {
  readonly sql: CheckedSql;
  readonly result: ResultRows;
  /** Set when the rows came from the cache. Milliseconds. */
  readonly cacheAgeMs?: number;
};

/**
 * The only way from SQL to rows: guard, cache, planner, database. Errors: `sql_refused`, `plan_too_large`,
 * `query_failed`, `query_timeout`, `cancelled`, `database_unavailable`, each with the SQL, its author and the source's
 * name in the details.
 */
export async function read(
  sql: string | SyntaxTree,
  source: Source,
  { cache, plan, ...limits }: ReadLimits,
  run: Run,
  writtenBy: AnswerSource = 'sql',
): Promise<ReadResult> {
  let tried = typeof sql === 'string' ? sql : undefined;
  try {
    run.progress('checking');
    const checked = await check(sql, source, limits, run);
    tried = checked.asAsked;
    const key = cache && (await cacheKey(checked, source, limits, run));
    const kept = run.fresh || key === undefined ? undefined : cache?.get(key);
    if (kept) return { sql: checked, result: kept.result, cacheAgeMs: kept.ageMs };
    if (plan && !run.uncapped) await refuseLargePlan(checked, source, plan, limits, run);
    run.progress('running');
    const result = await source.database.query(checked, limits, run.signal);
    if (key !== undefined) cache?.put(key, result);
    return { sql: checked, result };
  } catch (error) {
    if (!isMemoriError(error)) throw error;
    const more = { source: source.name, writtenBy, ...withoutExcerpt(error, source) };
    throw withDetails(error, tried === undefined ? more : { ...more, sql: tried });
  }
}

/** The details without the engine's excerpt of the statement, which may reveal the query behind a masked table. */
function withoutExcerpt({ details }: MemoriError, { policy }: Source): { readonly message?: string } {
  const { message } = details;
  return typeof message === 'string' && hasShields(policy)
    ? { message: message.replace(/\s*\bLINE \d+:[\s\S]*$/, '') }
    : {};
}

/** Errors: `plan_too_large`. Only statements that read tables have a plan; SHOW and EXPLAIN have none. */
async function refuseLargePlan(
  sql: CheckedSql,
  { database }: Source,
  caps: PlanCaps,
  limits: QueryLimits,
  run: Run,
): Promise<void> {
  if (!database.plan || !/^\s*(select|with|values|table|\()/i.test(sql.text)) return;
  const estimate = await database.plan(sql, limits, run.signal);
  if (!exceeds(estimate, caps)) return;
  const cost = Math.round(estimate.cost);
  const rows = Math.round(estimate.rows);
  throw new MemoriError(
    'plan_too_large',
    `The planner expects a cost of ${cost} and ${rows} rows; ${caps.maxCost} and ${caps.maxRows} are allowed.`,
    {
      next: 'Ask for less, let an admin run it anyway, or raise MAX_PLAN_COST or MAX_PLAN_ROWS.',
      details: { cost, rows, maxCost: caps.maxCost || Infinity, maxRows: caps.maxRows || Infinity },
    },
  );
}

/** Runs only the guard, for the modal, before anything runs. Errors: `sql_refused`. */
export async function check(
  sql: string | SyntaxTree,
  source: Source,
  limits: QueryLimits,
  { signal, person }: Pick<Run, 'signal' | 'person'>,
): Promise<CheckedSql> {
  const catalogue = await source.catalogue(signal);
  const { policy, syntax, database } = source;
  const facts = knownOf(person, policy);
  return checkSql(sql, {
    dialect: database.dialect,
    catalogue,
    policy,
    person: facts,
    maxRows: limits.maxRows,
    syntax,
  });
}

/** Facts from Slack's event override those from a file. */
const knownOf = (person: PersonFacts | undefined, { people = {} }: SqlPolicy): PersonFacts => {
  const { slack_user: user } = person ?? {};
  return { ...(user !== undefined && Object.hasOwn(people, user) ? people[user] : {}), ...person };
};
