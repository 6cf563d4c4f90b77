import { isFields, namesOf } from './tree.ts';

/**
 * Writes the schema before calls that could mean another function than the allowed one. Of two functions with the same
 * name PostgreSQL takes the one that fits the arguments better, or the first on the search path.
 */
export function qualifyFunctions(node: unknown, schemas: ReadonlyMap<string, string>): unknown {
  if (schemas.size === 0) return node;
  if (Array.isArray(node)) return node.map((item) => qualifyFunctions(item, schemas));
  if (!isFields(node)) return node;
  const fields = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, qualifyFunctions(value, schemas)]),
  );
  const names = namesOf(fields.funcname);
  const [name = ''] = names;
  const schema = schemas.get(name);
  if (names.length !== 1 || schema === undefined) return fields;
  return { ...fields, funcname: [{ String: { sval: schema } }, { String: { sval: name } }] };
}
