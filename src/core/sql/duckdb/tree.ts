import { computeConstant, numberIn } from '../compute-constant.ts';

/** Reading the JSON that DuckDB's `json_serialize_sql` gives. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const textsOf = (value: unknown): readonly string[] => listOf(value).map(textOf);

/** `{subquery: {node}}` and `{query: {node}}` → the query. */
export const nodeOf = (value: unknown): Fields => fieldsOf(fieldsOf(value).node);

/** Offset in the SQL text, in bytes; DuckDB writes 2^64 - 1 where it knows none. */
export function locationOf(fields: Fields): { location: number } | Record<never, never> {
  const location = fields.query_location;
  return typeof location === 'number' && Number.isSafeInteger(location) ? { location } : {};
}

/** What constants come to, whether written as a number, as a text or worked out; undefined where a column has a part. */
export function computedConstant(expression: unknown): number | undefined {
  const node = fieldsOf(expression);
  if (node.class === 'CAST') return computedConstant(node.child);
  if (node.class === 'CONSTANT') return numberIn(String(fieldsOf(node.value).value));
  const [a, b] = listOf(node.children).map(computedConstant);
  return computeConstant(textOf(node.function_name), a, b);
}
