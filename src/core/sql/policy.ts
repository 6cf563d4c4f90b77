/** What an operator has decided about one data source, beyond what the database itself enforces. */
export type SqlPolicy = {
  /** `schema.table.column`: never read, not even through a star, a whole row, USING or a sort. */
  readonly hiddenColumns: readonly string[];
  /** `schema.function` or `function`: functions outside the built-in allow-list that may be called. */
  readonly approvedFunctions: readonly string[];
};

export const openPolicy: SqlPolicy = { hiddenColumns: [], approvedFunctions: [] };
