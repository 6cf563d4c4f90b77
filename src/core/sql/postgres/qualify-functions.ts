import { isFields, namesOf } from './tree.ts';

/**
 * Writes `pg_catalog.` before calls whose name the database also gives to a function of its own: of two functions with
 * one name PostgreSQL takes the one that fits the arguments better, and only the built-in one was allowed.
 */
export function qualifyFunctions(node: unknown, shadowed: ReadonlySet<string>): unknown {
  if (shadowed.size === 0) return node;
  if (Array.isArray(node)) return node.map((item) => qualifyFunctions(item, shadowed));
  if (!isFields(node)) return node;
  const fields = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, qualifyFunctions(value, shadowed)]),
  );
  const names = namesOf(fields.funcname);
  const [name = ''] = names;
  if (names.length !== 1 || !shadowed.has(name)) return fields;
  return { ...fields, funcname: [{ String: { sval: 'pg_catalog' } }, { String: { sval: name } }] };
}
