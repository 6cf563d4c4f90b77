import { refuse } from '../refusal.ts';
import { allowedOperators } from './builtins.ts';
import { childrenOf } from './check-shape.ts';
import type { Resolver } from './context.ts';
import { resolveColumn, resolveIndirection } from './resolve-column.ts';
import { resolveFunction } from './resolve-function.ts';
import { resolveCast, resolveType } from './resolve-type.ts';
import type { PostgresScope, Row } from './scope.ts';
import { type Fields, isFields, listOf, locationOf, namesOf, nodeOf, textOf } from './tree.ts';

/** Resolves every name below `value`. Returns the columns of the value when it is a row whose columns are known. */
export function resolveExpression(value: unknown, scope: PostgresScope, resolver: Resolver): Row | undefined {
  const node = nodeOf(value);
  if (node === undefined) return undefined;
  const { tag, fields } = node;
  switch (tag) {
    case 'ColumnRef':
      return resolveColumn(fields, scope);
    case 'A_Indirection':
      return resolveIndirection(fields, scope, resolver);
    case 'FuncCall':
      return resolveFunction(fields, scope, resolver);
    case 'SubLink':
      return resolveSubLink(fields, scope, resolver);
    case 'SelectStmt':
      return resolver.query(fields, scope);
    case 'TypeName':
      resolveType(fields, resolver);
      return undefined;
    case 'TypeCast':
      resolveCast(fields, resolver);
      resolver.expression(fields.arg, scope);
      return undefined;
    case 'A_Expr':
      // BETWEEN and its variants have a keyword in place of an operator.
      if (!textOf(fields.kind).includes('BETWEEN')) checkOperator(fields.name, fields);
      break;
    case 'SortBy':
      checkOperator(fields.useOp, fields);
      break;
    case 'CollateClause':
      checkCollation(fields);
      break;
  }
  return resolveChildren(tag, fields, scope, resolver);
}

function resolveChildren(tag: string, fields: Fields, scope: PostgresScope, resolver: Resolver): Row | undefined {
  const rows = childrenOf(tag, fields)
    .filter((child) => nodeOf(child)?.tag !== 'String')
    .map((child) => resolver.expression(child, scope));
  switch (tag) {
    case 'RowExpr':
      return rows.map((row, index) => ({ name: `f${index + 1}`, row }));
    case 'CaseExpr':
    case 'CaseWhen':
      return rows.findLast((row) => row !== undefined);
    case 'CoalesceExpr':
    case 'MinMaxExpr':
    case 'A_ArrayExpr':
      return rows[0];
    default:
      return undefined;
  }
}

function resolveSubLink(link: Fields, scope: PostgresScope, resolver: Resolver): Row | undefined {
  checkOperator(link.operName, link);
  if (link.testexpr !== undefined) resolver.expression(link.testexpr, scope);
  const select = nodeOf(link.subselect)?.fields ?? {};
  const columns = resolver.query(select, scope, { outputIgnored: link.subLinkType === 'EXISTS_SUBLINK' });
  const givesValue = link.subLinkType === 'EXPR_SUBLINK' || link.subLinkType === 'ARRAY_SUBLINK';
  return givesValue ? columns[0]?.row : undefined;
}

/** Only operators of pg_catalog: any other runs a user-defined function. */
function checkOperator(name: unknown, fields: Fields): void {
  const names = namesOf(name);
  const operator = names.at(-1);
  if (operator === undefined) return;
  const schema = names.slice(0, -1).join('.');
  if (allowedOperators.has(operator) && (schema === '' || schema === 'pg_catalog')) return;
  refuse({
    reason: 'operator',
    what: names.join('.'),
    message: `the operator ${names.join('.')} is not one of PostgreSQL's own`,
    ...locationOf(fields),
  });
}

function checkCollation(fields: Fields): void {
  const names = namesOf(listOf(fields.collname));
  if (names.length === 1 || names[0] === 'pg_catalog') return;
  refuse({
    reason: 'type',
    what: names.join('.'),
    message: `the collation ${names.join('.')} is not one of PostgreSQL's own`,
    ...(isFields(fields) ? locationOf(fields) : {}),
  });
}
