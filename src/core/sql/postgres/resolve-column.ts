import { refuse } from '../refusal.ts';
import type { Resolver } from './context.ts';
import {
  columnOf,
  columnsInSight,
  findColumn,
  findRelation,
  type PostgresScope,
  type Relation,
  type Row,
  refuseUnknownColumn,
  wholeRow,
} from './scope.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, nodeOf, textOf } from './tree.ts';

const partsOf = (columnRef: Fields): readonly string[] =>
  listOf(columnRef.fields).map((field) =>
    nodeOf(field)?.tag === 'A_Star' ? '*' : textOf(fieldsOf(field, 'String')?.sval),
  );

/**
 * Resolves `column`, `relation.column`, `schema.relation.column`, a relation's name as a whole-row value, or a star
 * used as one. A dotted name must be a column, because otherwise it is a function call on the row
 * (`customers.row_to_json`).
 */
export function resolveColumn(columnRef: Fields, scope: PostgresScope): Row | undefined {
  const parts = partsOf(columnRef);
  const location = locationOf(columnRef);
  const what = parts.join('.');
  const last = parts.at(-1) ?? '';
  if (last === '*') return starColumns(columnRef, scope);
  if (parts.length === 1) {
    const column = findColumn(scope, last, location);
    if (column !== undefined) return column.row;
    const relation = findRelation(scope, last);
    if (relation !== undefined) return wholeRow(relation.columns, `the row ${last}`, location);
    return refuseUnknownColumn(what, last, columnsInSight(scope), location);
  }
  return columnOf(requireQualifier(parts, scope, location).columns, last, what, location).row;
}

/** The relation that the parts before the last one name. */
function requireQualifier(parts: readonly string[], scope: PostgresScope, location: object): Relation {
  const qualifier = parts.slice(0, -1);
  const relation =
    qualifier.length > 2
      ? undefined
      : findRelation(scope, qualifier.at(-1) ?? '', qualifier.length === 2 ? qualifier[0] : undefined);
  const what = qualifier.join('.');
  // The name must mean the same without its schema.
  const isClear = qualifier.length < 2 || findRelation(scope, qualifier.at(-1) ?? '') === relation;
  if (relation !== undefined && (isClear || relation.shielded !== true)) return relation;
  return refuse({
    reason: 'unknown_table',
    what,
    message: `there is no table or alias ${what} in this part of the query`,
    ...location,
  });
}

/** The columns of `*`, `relation.*` or `schema.relation.*`. */
export function starColumns(columnRef: Fields, scope: PostgresScope, star?: Row): Row {
  const parts = partsOf(columnRef);
  const location = locationOf(columnRef);
  if (parts.length > 1) return wholeRow(requireQualifier(parts, scope, location).columns, parts.join('.'), location);
  return wholeRow(star ?? scope.relations.flatMap((relation) => relation.columns), '*', location);
}

/** True for a target that is a star: `*`, `t.*`. */
export const isStar = (node: unknown): boolean => {
  const columnRef = fieldsOf(node, 'ColumnRef');
  return columnRef !== undefined && partsOf(columnRef).at(-1) === '*';
};

/**
 * `(expression).field`, `(expression)[1]`, `(expression).*`. PostgreSQL reads `(x).name` as the call `name(x)` when the
 * row has no such column (`('/etc/passwd').pg_read_file`), so the row must be known and have it.
 */
export function resolveIndirection(fields: Fields, scope: PostgresScope, resolver: Resolver): Row | undefined {
  let row = resolver.expression(fields.arg, scope);
  for (const step of listOf(fields.indirection)) {
    const node = nodeOf(step);
    if (node?.tag === 'A_Indices') resolveIndices(node.fields, scope, resolver);
    else row = selectField(row, node?.tag === 'A_Star' ? '*' : textOf(isFields(node?.fields) ? node.fields.sval : ''));
  }
  return row;
}

function resolveIndices(indices: Fields, scope: PostgresScope, resolver: Resolver): void {
  for (const bound of [indices.lidx, indices.uidx]) if (bound !== undefined) resolver.expression(bound, scope);
}

function selectField(row: Row | undefined, name: string): Row | undefined {
  if (row === undefined) {
    return refuse({
      reason: 'unknown_column',
      what: name,
      message: `.${name} is taken from a value whose fields are not known`,
      next: 'Select the column by its table, as in table.column.',
    });
  }
  return name === '*' ? wholeRow(row, '.*', {}) : columnOf(row, name, name, {}).row;
}
