/**
 * Ids of the interactive elements, which listeners and blocks share. They never change, because old messages carry
 * them.
 */
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
  /** The number is part of the id, because ids within one block must differ. */
  suggestion: (index: number): string => `suggestion_${index}`,
  chip: (index: number): string => `chip_${index}`,
  example: (index: number): string => `example_${index}`,
} as const;

/** Matches `actionIds.suggestion`. */
export const suggestionAction = /^suggestion_\d$/;
/** Matches `actionIds.chip`. */
export const chipAction = /^chip_\d$/;
/** Matches `actionIds.example`. */
export const exampleAction = /^example_\d$/;

/** `callback_id` of each modal that can be submitted. */
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

/** Block and action id of the text field in a memory's modal. */
export const memoryField = 'memory';

/** Block and action id of the questions in the modal that saves a verified query. */
export const wordingsField = 'wordings';
/** Block and action id of the scope in that modal. */
export const scopeField = 'scope';
