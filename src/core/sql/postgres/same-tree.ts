import { isFields } from './tree.ts';

/** Fields that depend on the text instead of its meaning: positions, and the parser's version. */
const positions: ReadonlySet<string> = new Set([
  'list_end',
  'list_start',
  'location',
  'name_location',
  'rexpr_list_end',
  'rexpr_list_start',
  'stmt_len',
  'stmt_location',
  'version',
]);

/** True when two trees are the same except for positions. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameTree(item, b[index]));
  }
  if (!isFields(a) || !isFields(b)) return false;
  for (const key of Object.keys(a)) if (!positions.has(key) && !sameTree(a[key], b[key])) return false;
  for (const key of Object.keys(b)) if (!positions.has(key) && !(key in a)) return false;
  return true;
}
