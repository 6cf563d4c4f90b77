import type { PlanEstimate } from '../../../core/data/plan.ts';
import type { Token } from '../../../core/sql/tokens/lexer.ts';

/** A row of `EXPLAIN`, in either server's columns. */
export type MysqlPlanRow = { readonly id: unknown; readonly rows: unknown; readonly Extra: unknown };

/** Words behind which all input is read before the first row is given. */
const takesAll =
  /^(group|distinct|distinctrow|order|having|over|union|intersect|except|count|sum|avg|min|max|group_concat|json_arrayagg|json_objectagg|std|stddev\w*|var\w*|bit_and|bit_or|bit_xor)$/;

/**
 * What the planner expects: each row is one table of one SELECT, and the tables of one are combined, so their rows are
 * multiplied. A LIMIT stops a SELECT early unless something needs all of its input. The servers tell no cost that could
 * be compared between them: it is 0, and the cap on rows decides.
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

/** The number behind the last LIMIT, where the statement ends with it. */
function limitOf(tokens: readonly Token[]): number | undefined {
  const [before, last] = tokens.slice(-2);
  return before?.value === 'limit' && last !== undefined && /^\d+$/.test(last.value) ? Number(last.value) : undefined;
}
