import { refuse } from '../refusal.ts';
import { functions, repeating, valueNames } from './builtins.ts';
import type { Resolver } from './context.ts';
import { refuseFunction, refuseParameter, refuseUnknown, refuseWhole } from './refusals.ts';
import {
  addRelation,
  type DuckdbScope,
  hasHiddenColumn,
  refuseHidden,
  relationOf,
  relationsInSight,
  requireColumn,
} from './scope.ts';
import {
  computedConstant,
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  locationOf,
  nodeOf,
  textOf,
  textsOf,
} from './tree.ts';

/** The longest value that a constant repetition may make. Characters. */
const maxRepeat = 10_000_000;

/** Classes of expressions that only combine their parts. */
const plainClasses: ReadonlySet<string> = new Set(
  'BETWEEN CASE CAST COLLATE COMPARISON CONJUNCTION CONSTANT OPERATOR TYPE WINDOW'.split(' '),
);
const queryTypes: ReadonlySet<string> = new Set([
  'SELECT_NODE',
  'SET_OPERATION_NODE',
  'RECURSIVE_CTE_NODE',
  'CTE_NODE',
]);

/** Resolves everything below a part that has no meaning of its own. */
export function resolveChildren(value: unknown, scope: DuckdbScope, resolver: Resolver): void {
  resolver.deeper(() => {
    if (Array.isArray(value)) for (const item of value) resolveChildren(item, scope, resolver);
    if (!isFields(value)) return;
    if (typeof value.class === 'string') resolveExpression(value, scope, resolver);
    else if (queryTypes.has(textOf(value.type))) resolver.query(value, scope);
    else for (const item of Object.values(value)) resolveChildren(item, scope, resolver);
  });
}

/**
 * Resolves an expression and everything in it. Values that are no expressions are skipped; unknown classes are refused.
 */
export function resolveExpression(value: unknown, scope: DuckdbScope, resolver: Resolver): void {
  if (!isFields(value)) return;
  const { class: kind, ...rest } = value;
  if (kind === 'COLUMN_REF') resolveColumn(textsOf(value.column_names), scope, value, resolver);
  else if (kind === 'STAR') resolveStar(value, scope, resolver);
  else if (kind === 'FUNCTION') resolveFunction(value, scope, resolver);
  else if (kind === 'LAMBDA') resolveLambda(value, scope, resolver);
  else if (kind === 'SUBQUERY') {
    resolver.query(nodeOf(value.subquery), scope);
    resolveExpression(value.child, scope, resolver);
  } else if (kind === 'POSITIONAL_REFERENCE') {
    for (const relation of relationsInSight(scope)) if (hasHiddenColumn(relation)) refuseWhole(relation, value);
  } else if (kind === 'PARAMETER') refuseParameter(value);
  else if (!plainClasses.has(textOf(kind))) refuseUnknown(value);
  else {
    if (kind === 'WINDOW' && !functions.has(textOf(value.function_name).toLowerCase()))
      refuseFunction(value, functions);
    resolveChildren(rest, scope, resolver);
  }
}

/** Resolves a dotted name. Hidden names, and names that nothing in sight has, are refused. */
export function resolveColumn(path: readonly string[], scope: DuckdbScope, node: Fields, resolver: Resolver): void {
  const folded = path.map((name) => name.toLowerCase());
  refuseHidden(folded, scope, locationOf(node));
  const [schema, table] = folded;
  const inSight = relationsInSight(scope).filter(({ alias }) => alias === table);
  const isQualified = inSight.some((relation) => relation.shielded === true && relation.schema === schema);
  if (isQualified && inSight.length === 1) resolver.schemas.push(node);
  if (folded.length === 1 && valueNames.has(folded[0] ?? '')) return;
  requireColumn(folded, scope, locationOf(node));
}

/** `*`, `t.*`, `* EXCLUDE (…)` and `COLUMNS(…)`. */
function resolveStar(star: Fields, scope: DuckdbScope, resolver: Resolver): void {
  const table = textOf(star.relation_name).toLowerCase();
  const excluded = new Set(textsOf(star.exclude_list).map((name) => name.toLowerCase()));
  // COLUMNS takes any test, and the guard cannot evaluate it.
  const isPlain = star.columns !== true;
  // `t.*` may belong to an outer query; a bare star belongs to this one.
  for (const relation of table === '' ? scope.relations : relationsInSight(scope)) {
    if (table !== '' && relation.alias !== table) continue;
    const shown = [...relation.columns].some(([name, hidden]) => hidden && !(isPlain && excluded.has(name)));
    if (shown) refuseWhole(relation, star);
  }
  const { class: _, exclude_list: __, ...rest } = star;
  resolveChildren(rest, scope, resolver);
}

function resolveFunction(call: Fields, scope: DuckdbScope, resolver: Resolver): void {
  const name = textOf(call.function_name).toLowerCase();
  const before = [textOf(call.catalog), textOf(call.schema)].filter(Boolean);
  const isApproved = resolver.approved.has([...before, name].join('.').toLowerCase());
  if (!isApproved && (!functions.has(name) || resolver.shadowed.has(name))) refuseFunction(call, functions);
  // `status.upper()` is written with the column where a schema would stand.
  const isOwn = before.length === 0 || before.join('.').toLowerCase() === 'main';
  if (!isOwn && !isApproved) resolveColumn(before, scope, call, resolver);
  const args = listOf(call.children).map(fieldsOf);
  const times = computedConstant(args[repeating.get(name) ?? -1]);
  if (times !== undefined && times > maxRepeat) {
    refuse({
      reason: 'resource',
      what: name,
      message: `${name} would make a value of more than ${maxRepeat} characters`,
      ...locationOf(call),
    });
  }
  const { class: _, ...rest } = call;
  resolveChildren(rest, scope, resolver);
}

/**
 * `x -> x + 1`, and `json -> '$.key'`, whose left side is a value. A parameter may not have the name of a hidden
 * column.
 */
function resolveLambda(lambda: Fields, scope: DuckdbScope, resolver: Resolver): void {
  const parameters = new Map(namesIn(lambda.lhs).map((name) => [name, false]));
  for (const name of parameters.keys()) refuseHidden([name], scope, locationOf(lambda));
  const inside = parameters.size > 0 ? addRelation(scope, relationOf('', parameters)) : scope;
  // Calls and longer paths on the left are values, resolved as usual.
  resolveChildren(lambda.lhs, inside, resolver);
  resolveExpression(lambda.expr, inside, resolver);
}

/** The parameters a lambda may name: `x`, or `(x, y)`. */
function namesIn(lhs: unknown): readonly string[] {
  const fields = fieldsOf(lhs);
  const path = textsOf(fields.column_names);
  if (path.length === 1) return path.map((name) => name.toLowerCase());
  return fields.function_name === 'row' ? listOf(fields.children).flatMap(namesIn) : [];
}
