import { allowedFunctions } from './builtins.ts';
import { childrenOf } from './check-shape.ts';
import type { Resolver } from './context.ts';
import type { ColumnFact, PostgresScope, Row } from './scope.ts';
import { type Fields, fieldsOf, isFields, listOf, namesOf, nodeOf, textOf } from './tree.ts';

/** The name and columns of a function in FROM, or of several in ROWS FROM. */
export function functionColumns(
  range: Fields,
  alias: string | undefined,
  scope: PostgresScope,
  resolver: Resolver,
): { readonly name: string; readonly columns: Row } {
  const calls = listOf(range.functions).map((entry) => listOf(fieldsOf(entry, 'List')?.items));
  const name = calls.length === 1 ? functionName(calls[0]?.[0]) : '';
  const columns = calls.flatMap(([call, definitions]) => {
    const row = resolver.expression(call, scope);
    const defined = definedColumns(definitions, scope, resolver);
    if (defined.length > 0) return defined;
    return row ?? plainColumns(call, calls.length === 1 ? alias : undefined);
  });
  const listed = definedColumns(range.coldeflist, scope, resolver);
  const ordinality: Row = range.ordinality === true ? [{ name: 'ordinality' }] : [];
  return { name, columns: [...(listed.length > 0 ? listed : withScalar(columns, calls, alias)), ...ordinality] };
}

const functionName = (call: unknown): string => namesOf(fieldsOf(call, 'FuncCall')?.funcname).at(-1) ?? '';

/** A function that returns a plain value has one column, named after the alias or else after the function. */
function plainColumns(call: unknown, alias: string | undefined): Row {
  const several = functionName(call) === 'unnest' ? listOf(fieldsOf(call, 'FuncCall')?.args).length : 1;
  const name = alias ?? functionName(call);
  return Array.from({ length: Math.max(several, 1) }, (_, index) => ({
    name: several > 1 && index > 0 ? functionName(call) : name,
  }));
}

/**
 * `unnest` and the `json_array_elements` family return a plain value or columns, depending on the overload, so both
 * names work.
 */
function withScalar(columns: Row, calls: readonly (readonly unknown[])[], alias: string | undefined): Row {
  const call = calls.length === 1 ? calls[0]?.[0] : undefined;
  const outputs = allowedFunctions.get(functionName(call)) ?? [];
  const isMixed = outputs.length === 1 || functionName(call) === 'unnest';
  if (!isMixed || columns.some(({ name }) => name === alias)) return columns;
  return [...plainColumns(call, alias), ...columns];
}

/** `AS t(a int, b text)`. */
function definedColumns(definitions: unknown, scope: PostgresScope, resolver: Resolver): Row {
  const items = Array.isArray(definitions) ? definitions : listOf(fieldsOf(definitions, 'List')?.items);
  return items.flatMap((item) => {
    const definition = fieldsOf(item, 'ColumnDef');
    if (definition === undefined) return [];
    for (const child of childrenOf('ColumnDef', definition)) resolver.expression(child, scope);
    return [{ name: textOf(definition.colname) }];
  });
}

/** XMLTABLE(… COLUMNS …). */
export function xmlTableColumns(fields: Fields, scope: PostgresScope, resolver: Resolver): Row {
  for (const child of childrenOf('RangeTableFunc', { ...fields, alias: {} })) resolveBelow(child, scope, resolver);
  return listOf(fields.columns).map((column) => ({ name: textOf(fieldsOf(column, 'RangeTableFuncCol')?.colname) }));
}

/** JSON_TABLE(… COLUMNS …), nested ones included. */
export function jsonTableColumns(fields: Fields, scope: PostgresScope, resolver: Resolver): Row {
  for (const child of childrenOf('JsonTable', { ...fields, alias: {} })) resolveBelow(child, scope, resolver);
  return nestedColumns(fields.columns);
}

function nestedColumns(columns: unknown): readonly ColumnFact[] {
  return listOf(columns).flatMap((item) => {
    const column = fieldsOf(item, 'JsonTableColumn');
    if (column === undefined) return [];
    return Array.isArray(column.columns) ? nestedColumns(column.columns) : [{ name: textOf(column.name) }];
  });
}

function resolveBelow(child: unknown, scope: PostgresScope, resolver: Resolver): void {
  const node = nodeOf(child);
  if (node !== undefined && isFields(node.fields)) resolver.expression(child, scope);
}
