import type { PlanEstimate } from '../../../core/data/plan.ts';

/** A node of `EXPLAIN (FORMAT JSON)`. */
type PlanNode = {
  readonly 'Node Type': string;
  readonly 'Startup Cost': number;
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
  readonly 'Workers Planned'?: number;
  readonly Plans?: readonly PlanNode[];
};

/** The statement that returns another one's plan. Without ANALYZE, so nothing runs. */
export const explain = (sql: string): string => `EXPLAIN (FORMAT JSON) ${sql}`;

/** Reads the result of `explain`: one row with one column, a JSON document or its text. */
export function planEstimate(rows: readonly Readonly<Record<string, unknown>>[]): PlanEstimate {
  const [cell] = Object.values(rows[0] ?? {});
  const document = (typeof cell === 'string' ? JSON.parse(cell) : cell) as readonly { readonly Plan: PlanNode }[];
  const plan = document[0]?.Plan;
  if (plan === undefined) throw new Error('The planner gave no plan.');
  return { cost: plan['Total Cost'], rows: biggestStep(plan, 1, 1) };
}

/** Steps that read all of their input before they return a row. */
const takesAll = /^(Sort|Hash|Aggregate|HashAggregate|GroupAggregate|WindowAgg|SetOp|Materialize)$/;

/**
 * Rows of the largest step over all its workers. `share`: how much of a step runs. A LIMIT stops the steps below it
 * early, which shows in its cost, unless a step in between reads all of its input.
 */
function biggestStep(node: PlanNode, share: number, workers: number): number {
  const below = (node.Plans ?? []).map((child) => {
    const all = workers * (node['Workers Planned'] === undefined ? 1 : parallel(node['Workers Planned']));
    if (node['Node Type'] === 'Limit') return biggestStep(child, share * shareRun(node, child), all);
    return biggestStep(child, takesAll.test(node['Node Type']) ? 1 : share, all);
  });
  return Math.max(node['Plan Rows'] * share * workers, ...below);
}

/**
 * Rows below a Gather are those of one worker. The leader helps while it has little to gather (`get_parallel_divisor`
 * in costsize.c).
 */
const parallel = (planned: number): number => planned + Math.max(1 - 0.3 * planned, 0);

function shareRun(limit: PlanNode, child: PlanNode): number {
  const all = child['Total Cost'] - child['Startup Cost'];
  return all > 0 ? Math.min(Math.max((limit['Total Cost'] - child['Startup Cost']) / all, 0), 1) : 1;
}
