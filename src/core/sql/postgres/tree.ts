import { computeConstant, numberIn } from '../compute-constant.ts';

/**
 * Part of the JSON tree of PostgreSQL's parser. A node is `{Tag: {field: …}}`; fields with their default value (0,
 * false, '') are omitted. Field names are those of PostgreSQL's `parsenodes.h`.
 */
export type Fields = Readonly<Record<string, unknown>>;
/** A node taken apart. */
export type TreeNode = { readonly tag: string; readonly fields: Fields };

/** Whether a value of the tree is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The tag and fields of `{Tag: {…}}`; undefined for anything else, e.g. the empty node of a plain DISTINCT. */
export function nodeOf(value: unknown): TreeNode | undefined {
  if (!isFields(value)) return undefined;
  const [tag, ...rest] = Object.keys(value);
  if (tag === undefined || rest.length > 0) return undefined;
  const fields = value[tag];
  return isFields(fields) ? { tag, fields } : undefined;
}

/** The fields of a node of this tag; undefined when it is another. */
export function fieldsOf(value: unknown, tag: string): Fields | undefined {
  const node = nodeOf(value);
  return node?.tag === tag ? node.fields : undefined;
}

/** The value as a list; empty when it is none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** The value as a text; empty when it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Offset in the SQL text, in bytes; empty when the parser knows none. */
export function locationOf(fields: Fields): { location: number } | Record<never, never> {
  const { location } = fields;
  // -1 means unknown; 0 is left out of the JSON, and pointing at the start then is right.
  return typeof location === 'number' && location >= 0 ? { location } : {};
}

/** `[{String: {sval: 'pg_catalog'}}, {String: {sval: 'int4'}}]` → `['pg_catalog', 'int4']`. */
export function namesOf(value: unknown): readonly string[] {
  return listOf(value).map((item) => textOf(fieldsOf(item, 'String')?.sval));
}

/** A string constant, also under a cast (`'x'::regclass`). */
export function stringConstant(value: unknown): string | undefined {
  const node = nodeOf(value);
  if (node?.tag === 'TypeCast') return stringConstant(node.fields.arg);
  const sval = node?.tag === 'A_Const' ? node.fields.sval : undefined;
  return isFields(sval) ? textOf(sval.sval) : undefined;
}

/** A whole number written as a constant, up to what a double holds exactly. */
export function integerConstant(value: unknown): number | undefined {
  const constant = fieldsOf(value, 'A_Const');
  if (isFields(constant?.ival)) return typeof constant.ival.ival === 'number' ? constant.ival.ival : 0;
  if (!isFields(constant?.fval)) return undefined;
  const number = Number(textOf(constant.fval.fval));
  return Number.isInteger(number) ? number : undefined;
}

/** The node of a whole number. */
export const integerNode = (value: number): unknown =>
  Math.abs(value) < 2 ** 31
    ? { A_Const: { ival: value === 0 ? {} : { ival: value } } }
    : { A_Const: { fval: { fval: String(value) } } };

/** The value of an expression of constants: a number, a text or a calculation. Undefined when a column takes part. */
export function computedConstant(value: unknown): number | undefined {
  const node = nodeOf(value);
  if (node?.tag === 'TypeCast') return computedConstant(node.fields.arg);
  if (node?.tag !== 'A_Expr') return integerConstant(value) ?? numberIn(stringConstant(value));
  const { name, lexpr, rexpr } = node.fields;
  return computeConstant(namesOf(name).at(-1) ?? '', computedConstant(lexpr), computedConstant(rexpr));
}
