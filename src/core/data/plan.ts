/** What the engine expects of a statement before it runs. */
export type PlanEstimate = {
  /** In the engine's own unit; PostgreSQL's is one page read in sequence. */
  readonly cost: number;
  /** Rows that the biggest step of the plan is expected to make. */
  readonly rows: number;
};

/** Above either, nothing runs until somebody who may says so. 0: no limit. */
export type PlanCaps = { readonly maxCost: number; readonly maxRows: number };

export const exceeds = ({ cost, rows }: PlanEstimate, { maxCost, maxRows }: PlanCaps): boolean =>
  (maxCost > 0 && cost > maxCost) || (maxRows > 0 && rows > maxRows);
