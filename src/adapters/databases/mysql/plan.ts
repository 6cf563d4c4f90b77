import type { PlanEstimate } from '../../../core/data/plan.ts';
import type { Token } from '../../../core/sql/tokens/lexer.ts';

/** A row of `EXPLAIN`, from either server. */
export type MysqlPlanRow = { readonly id: unknown; readonly rows: unknown; readonly Extra: unknown };

/** Clauses that read all of their input before they return a row. */
const takesAll =
  /^(group|distinct|distinctrow|order|having|over|union|intersect|except|count|sum|avg|min|max|group_concat|json_arrayagg|json_objectagg|std|stddev\w*|var\w*|bit_and|bit_or|bit_xor)$/;

/**
 * The planner's estimate. Each row is one table of one SELECT, and its tables are combined, so their rows are
 * multiplied. A LIMIT stops a SELECT early unless something reads all of its input. The servers report no comparable
 * cost: it is 0, and the cap on rows decides.
 */
export function mysqlPlan(rows: readonly MysqlPlanRow[], tokens: readonly Token[]): PlanEstimate {
  const selects = new Map<unknown, number>();
  for (const { id, rows: read } of rows) selects.set(id, (selects.get(id) ?? 1) * Math.max(Number(read ?? 1), 1));
  const biggest = Math.max(1, ...selects.values());
  const isSorted = rows.some(({ Extra }) => /Using (filesort|temporary)/.test(String(Extra)));
  const limit = limitOf(tokens);
  const isStopped = limit !== undefined && selects.size === 1 && !isSorted && !tokens.some(needsAll);
  return { cost: 0, rows: isStopped ? Math.min(biggest, limit) : biggest };
}

const needsAll = ({ kind, value }: Token): boolean => kind === 'word' && takesAll.test(value);

/** The number of the last LIMIT, when the statement ends with it. */
function limitOf(tokens: readonly Token[]): number | undefined {
  const [before, last] = tokens.slice(-2);
  return before?.value === 'limit' && last !== undefined && /^\d+$/.test(last.value) ? Number(last.value) : undefined;
}
