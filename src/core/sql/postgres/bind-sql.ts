import { MemoriError } from '../../base/errors.ts';
import type { SqlSyntax, SqlToken, SyntaxTree } from '../../data/syntax.ts';
import type { ParameterValue } from '../parameter-value.ts';
import { integerNode, isFields, nodeOf } from './tree.ts';

/** A parsed statement with `:name` placeholders. In the tree the n-th name is the parameter `$n`. */
export type SqlTemplate = { readonly tree: SyntaxTree; readonly names: readonly string[] };

/**
 * Parses SQL whose parameters are written `:name`. They are found among the parser's own tokens, so a colon in a
 * string, a comment, a cast (`::`) or an array slice (`a[1:n]`) is not one. Errors: those of `SqlSyntax.parse`.
 */
export async function parseTemplate(sql: string, syntax: SqlSyntax): Promise<SqlTemplate> {
  const names: string[] = [];
  let text = '';
  let copied = 0;
  const tokens = await syntax.scan(sql);
  tokens.forEach((token, index) => {
    if (/^\$\d/.test(token.text)) refuseNumbered(token);
    const name = tokens[index + 1];
    if (name === undefined || !isPlaceholder(token, name, tokens[index - 1])) return;
    if (!names.includes(name.text)) names.push(name.text);
    text += `${sql.slice(copied, token.start)}$${names.indexOf(name.text) + 1}`;
    copied = name.end;
  });
  return { tree: await syntax.parse(text + sql.slice(copied)), names };
}

function isPlaceholder(colon: SqlToken, name: SqlToken, before: SqlToken | undefined): boolean {
  const isColon = colon.text === ':' && name.start === colon.end && /^[a-z][a-z0-9_]*$/.test(name.text);
  // `a[1:n]`: a value right before the colon makes it a slice.
  const isSlice = before !== undefined && before.end === colon.start && /[\w"'\])]$/.test(before.text);
  return isColon && !isSlice;
}

function refuseNumbered(token: SqlToken): never {
  const message = `the parameter ${token.text} has no name; write :name`;
  throw new MemoriError('sql_refused', message, {
    details: { reason: 'parameter', what: token.text, message, position: token.start },
  });
}

/**
 * Replaces each placeholder by a literal node, never by text, so that a value cannot become SQL. Errors:
 * `invalid_input` when a value is missing or cannot be written as a literal.
 */
export function bindParameters(template: SqlTemplate, values: Readonly<Record<string, ParameterValue>>): SyntaxTree {
  const literals = template.names.map((name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? invalid(name, 'has no value') : literalNode(name, value);
  });
  return bindTree(template.tree, literals) as SyntaxTree;
}

/** PostgreSQL with each `:name` replaced by a literal. Errors: as `parseTemplate` and `bindParameters`. */
export const bindSql = async (
  sql: string,
  values: Readonly<Record<string, ParameterValue>>,
  syntax: SqlSyntax,
): Promise<SyntaxTree> => bindParameters(await parseTemplate(sql, syntax), values);

function bindTree(value: unknown, literals: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map((item) => bindTree(item, literals));
  if (!isFields(value)) return value;
  const node = nodeOf(value);
  if (node?.tag === 'ParamRef') return literals[Number(node.fields.number ?? 0) - 1] ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bindTree(item, literals)]));
}

function literalNode(name: string, value: ParameterValue): unknown {
  if (typeof value === 'boolean') return { A_Const: { boolval: value ? { boolval: true } : {} } };
  if (typeof value === 'number') return numberNode(name, value);
  if (typeof value === 'string') return value.includes('\0') ? invalid(name, 'holds a NUL character') : textNode(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value.date)) return invalid(name, 'is not a date written YYYY-MM-DD');
  return castNode(textNode(value.date), 'date');
}

const textNode = (value: string): unknown => ({ A_Const: { sval: { sval: value } } });

const castNode = (arg: unknown, ...type: readonly string[]): unknown => ({
  TypeCast: { arg, typeName: { names: type.map((sval) => ({ String: { sval } })), typemod: -1 } },
});

function numberNode(name: string, value: number): unknown {
  if (!Number.isFinite(value)) return invalid(name, 'is not a number');
  // A minus sign binds less tightly than a cast or a power that may follow, so negative numbers are casts of a text.
  if (value < 0)
    return castNode(textNode(String(value)), 'pg_catalog', Number.isSafeInteger(value) ? 'int8' : 'numeric');
  return Number.isSafeInteger(value) ? integerNode(value) : { A_Const: { fval: { fval: String(value) } } };
}

function invalid(name: string, why: string): never {
  throw new MemoriError('invalid_input', `The parameter ${name} ${why}.`, { details: { what: name } });
}
