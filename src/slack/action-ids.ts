/** Names of the interactive elements: what a listener listens to and a block carries. Stable: old messages carry them. */
export const actionIds = {
  runAgain: 'run_again',
  editSql: 'edit_sql',
  csv: 'csv',
  details: 'details',
  memoriesUsed: 'memories_used',
  memoryForget: 'memory_forget',
  feedback: 'feedback',
  trash: 'trash',
  stop: 'stop',
  /** The place of the suggestion is part of the id, because ids within one block differ. */
  suggestion: (index: number): string => `suggestion_${index}`,
  chip: (index: number): string => `chip_${index}`,
  example: (index: number): string => `example_${index}`,
} as const;

export const suggestionAction = /^suggestion_\d$/;
export const chipAction = /^chip_\d$/;
export const exampleAction = /^example_\d$/;

export const viewIds = { editSql: 'edit_sql_view' } as const;

/** Block and action id of the SQL field in the modal. */
export const sqlField = 'sql';
