/** Names of the interactive elements: what a listener listens to and a block carries. Stable: old messages carry them. */
export const actionIds = {
  runAgain: 'run_again',
  runAnyway: 'run_anyway',
  editSql: 'edit_sql',
  csv: 'csv',
  details: 'details',
  saveVerified: 'save_verified',
  memoriesUsed: 'memories_used',
  memoryForget: 'memory_forget',
  memoryEdit: 'memory_edit',
  memoryPin: 'memory_pin',
  memoryShare: 'memory_share',
  memoryManage: 'memory_manage',
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

export const viewIds = {
  editSql: 'edit_sql_view',
  saveVerified: 'save_verified_view',
  memoryManager: 'memory_manager_view',
  memoryEdit: 'memory_edit_view',
  remember: 'remember_view',
} as const;

/** Shortcuts, as the manifest names them. */
export const shortcutIds = { remember: 'remember_this' } as const;

/** Block and action id of the SQL field in the modal. */
export const sqlField = 'sql';

/** Block and action id of the text field of a memory. */
export const memoryField = 'memory';

/** Block and action ids of the modal that saves an answer as a verified query. */
export const wordingsField = 'wordings';
export const scopeField = 'scope';
