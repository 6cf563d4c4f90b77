import { computeConstant, numberIn } from '../compute-constant.ts';

/** Reading the JSON that DuckDB's `json_serialize_sql` gives. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value of the tree is an object. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The value as an object; empty when it is none. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
/** The value as a list; empty when it is none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** The value as a text; empty when it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
/** The texts of a list. */
export const textsOf = (value: unknown): readonly string[] => listOf(value).map(textOf);

/** `{subquery: {node}}` and `{query: {node}}` → the query. */
export const nodeOf = (value: unknown): Fields => fieldsOf(fieldsOf(value).node);

/** Offset in the SQL text, in bytes. DuckDB writes 2^64 - 1 when it knows none. */
export function locationOf(fields: Fields): { location: number } | Record<never, never> {
  const location = fields.query_location;
  return typeof location === 'number' && Number.isSafeInteger(location) ? { location } : {};
}

/** The value of an expression of constants: a number, a text or a calculation. Undefined when a column takes part. */
export function computedConstant(expression: unknown): number | undefined {
  const node = fieldsOf(expression);
  if (node.class === 'CAST') return computedConstant(node.child);
  if (node.class === 'CONSTANT') return numberIn(String(fieldsOf(node.value).value));
  const [a, b] = listOf(node.children).map(computedConstant);
  return computeConstant(textOf(node.function_name), a, b);
}
