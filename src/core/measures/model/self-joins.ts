import { wordsOfName } from './names.ts';

/** What one row is to another row of its own table. */
const roles = new Set([
  ...['manager', 'supervisor', 'boss', 'lead', 'leader', 'chief', 'head', 'mentor', 'sponsor'],
  ...['parent', 'predecessor', 'successor', 'superior', 'referrer', 'original'],
]);
/** "reports to" and "referred by" say the same in a verb. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  'reports to': ['manager', 'supervisor', 'boss'],
  'report to': ['manager', 'supervisor', 'boss'],
  'managed by': ['manager'],
  'supervised by': ['supervisor'],
  'referred by': ['referrer'],
  'recommended by': ['recommender'],
};

const saidOf = (column: string): string =>
  wordsOfName(column)
    .filter((word) => word !== 'id' && word !== 'fk')
    .join(' ');

/** `manager_id`, `parent_category_id`, `ReportsTo`: the column points into a table, mostly its own. */
export const namesRole = (column: string): boolean => {
  const said = saidOf(column);
  return said in verbs || roles.has(said.split(' ')[0] ?? '');
};

/** Other words for whom a column that points into its own table points to. */
export const roleWords = (column: string): readonly string[] => verbs[saidOf(column)] ?? [];
