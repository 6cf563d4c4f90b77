import type { PlanEstimate } from '../../../core/data/plan.ts';

/** A node of `EXPLAIN (FORMAT json)`. */
type PlanNode = {
  readonly name: string;
  readonly children?: readonly PlanNode[];
  readonly extra_info?: Readonly<Record<string, unknown>>;
};

/** The statement that asks for the plan of another. Nothing runs: there is no ANALYZE. */
export const duckdbExplain = (sql: string): string => `EXPLAIN (FORMAT json) ${sql}`;

/** Steps that take all of their input before they give their first row. */
const takesAll = /ORDER|TOP_N|AGGREGATE|GROUP_BY|WINDOW|DISTINCT/;
/** Joins without an estimate of their own: of every row with every row. */
const pairsAll = /CROSS_PRODUCT|NL_JOIN|NESTED_LOOP|PIECEWISE|IE_JOIN/;

/** What the planner expects. DuckDB tells rows and no cost: it is 0, and the cap on rows decides. */
export function duckdbPlan(document: string): PlanEstimate {
  const [root] = JSON.parse(document) as readonly PlanNode[];
  if (root === undefined) throw new Error('The planner gave no plan.');
  return { cost: 0, rows: biggestStep(root, false) };
}

/** Rows of the biggest step; those that a LIMIT above stops early do not count. */
function biggestStep(node: PlanNode, isStopped: boolean): number {
  const isLimit = node.name.includes('LIMIT');
  const stopped = isLimit || (isStopped && !takesAll.test(node.name));
  const below = (node.children ?? []).map((child, index) =>
    // The second side of a join is read whole before the first is looked at.
    biggestStep(child, stopped && !(index > 0 && node.name.includes('JOIN'))),
  );
  return Math.max(isStopped || isLimit ? 0 : rowsOf(node), ...below);
}

function rowsOf({ name, children = [], extra_info }: PlanNode): number {
  const told = Number(extra_info?.['Estimated Cardinality'] ?? Number.NaN);
  if (pairsAll.test(name)) return children.reduce((product, child) => product * rowsOf(child), 1);
  if (!Number.isNaN(told)) return told;
  return Math.max(0, ...children.map(rowsOf));
}
