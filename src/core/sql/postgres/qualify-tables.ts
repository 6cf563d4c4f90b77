import type { KnownRelation } from './known-relations.ts';
import { type Fields, isFields } from './tree.ts';

/**
 * Writes the schema before every table: a role may have another search path than the login, and would find another
 * table under the same name than the one that was checked.
 */
export function qualifyTables(node: unknown, reads: ReadonlyMap<Fields, KnownRelation | undefined>): unknown {
  if (Array.isArray(node)) return node.map((item) => qualifyTables(item, reads));
  if (!isFields(node)) return node;
  const fields = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, qualifyTables(value, reads)]));
  const relation = reads.get(node);
  return relation === undefined ? fields : { ...fields, schemaname: relation.schema };
}
