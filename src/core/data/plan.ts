/** What the engine expects of a statement before it runs. */
export type PlanEstimate = {
  /** In the engine's own unit; PostgreSQL's is one page read in sequence. */
  readonly cost: number;
  /** Rows that the largest step of the plan is expected to produce. */
  readonly rows: number;
};

/** A statement estimated above either cap does not run unless an admin says so. 0: no limit. */
export type PlanCaps = { readonly maxCost: number; readonly maxRows: number };

/** Whether an estimate is above a cap. */
export const exceeds = ({ cost, rows }: PlanEstimate, { maxCost, maxRows }: PlanCaps): boolean =>
  (maxCost > 0 && cost > maxCost) || (maxRows > 0 && rows > maxRows);
