import { childrenOf } from './check-shape.ts';
import type { Resolver } from './context.ts';
import { outputName } from './output-name.ts';
import { isStar, starColumns } from './resolve-column.ts';
import { type FromResult, renameColumns, resolveFrom } from './resolve-from.ts';
import { type ColumnFact, findColumn, type PostgresScope, type Row, scopeWith } from './scope.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, nodeOf, textOf } from './tree.ts';

/** How the query around uses this one. */
export type QueryUse = {
  /** The query of EXISTS: nobody sees its columns. */
  readonly outputIgnored?: boolean;
  /** Called with the columns of the first arm of a set operation before the second is resolved. */
  readonly onFirstArm?: (columns: Row) => void;
};

/** Resolves a SELECT, VALUES or set operation, each part once. Returns its columns. */
export function resolveQuery(select: Fields, outer: PostgresScope, resolver: Resolver, use: QueryUse = {}): Row {
  const base = scopeWithCtes(select, outer, resolver);
  if (isFields(select.larg)) return resolveSetOperation(select, base, resolver, use);
  const outputIgnored = use.outputIgnored === true;
  const from = resolveFrom(listOf(select.fromClause), base, resolver);
  const scope = scopeWith(base, from.relations);
  const columns =
    select.valuesLists === undefined
      ? listOf(select.targetList).flatMap((target) => targetColumns(target, scope, from, resolver, outputIgnored))
      : valuesColumns(select.valuesLists, scope, resolver);
  for (const clause of [select.whereClause, select.havingClause]) resolver.expression(clause, scope);
  for (const item of listOf(select.groupClause)) resolveGrouping(item, columns, scope, resolver);
  for (const item of [...listOf(select.distinctClause), ...listOf(select.sortClause)]) {
    resolveSorting(item, columns, scope, resolver);
  }
  for (const item of listOf(select.windowClause)) resolver.expression(item, scope);
  resolveLimits(select, base, resolver);
  return columns;
}

function resolveSetOperation(select: Fields, base: PostgresScope, resolver: Resolver, use: QueryUse): Row {
  const columns = isFields(select.larg) ? resolveQuery(select.larg, base, resolver) : [];
  use.onFirstArm?.(columns);
  if (isFields(select.rarg)) resolveQuery(select.rarg, base, resolver);
  for (const item of listOf(select.sortClause)) resolveSorting(item, columns, base, resolver);
  resolveLimits(select, base, resolver);
  return columns;
}

function resolveLimits(select: Fields, base: PostgresScope, resolver: Resolver): void {
  for (const limit of [select.limitCount, select.limitOffset]) resolver.expression(limit, base);
}

function targetColumns(
  target: unknown,
  scope: PostgresScope,
  from: FromResult,
  resolver: Resolver,
  outputIgnored: boolean,
): Row {
  const { name, val } = fieldsOf(target, 'ResTarget') ?? {};
  if (isStar(val)) {
    // EXISTS (SELECT * …) reads no column.
    return outputIgnored ? [] : starColumns(fieldsOf(val, 'ColumnRef') ?? {}, scope, from.star);
  }
  const row = resolver.expression(val, scope);
  const indirection = listOf(fieldsOf(val, 'A_Indirection')?.indirection);
  if (nodeOf(indirection.at(-1))?.tag === 'A_Star') return row ?? [];
  return [{ name: typeof name === 'string' ? name : outputName(val), row }];
}

function valuesColumns(lists: unknown, scope: PostgresScope, resolver: Resolver): Row {
  const rows = listOf(lists).map((list) => listOf(fieldsOf(list, 'List')?.items));
  for (const value of rows.flat()) resolver.expression(value, scope);
  return (rows[0] ?? []).map((_, index) => ({ name: `column${index + 1}` }));
}

const plainName = (node: unknown): string | undefined => {
  const fields = listOf(fieldsOf(node, 'ColumnRef')?.fields);
  return fields.length === 1 ? namesOf(fields)[0] : undefined;
};

const hasOutput = (columns: Row, name: string | undefined): boolean =>
  name !== undefined && columns.some((column) => column.name === name);

/** ORDER BY and DISTINCT ON: a plain name is an output column first, anything else an expression over the input. */
function resolveSorting(item: unknown, columns: Row, scope: PostgresScope, resolver: Resolver): void {
  const sortBy = fieldsOf(item, 'SortBy');
  const node = sortBy === undefined ? item : sortBy.node;
  if (!hasOutput(columns, plainName(node))) resolver.expression(item, scope);
  else if (sortBy?.useOp !== undefined) resolver.expression({ SortBy: { ...sortBy, node: {} } }, scope);
}

/** GROUP BY: a plain name is an input column first, an output column only when there is none. */
function resolveGrouping(item: unknown, columns: Row, scope: PostgresScope, resolver: Resolver): void {
  const set = fieldsOf(item, 'GroupingSet');
  const row = fieldsOf(item, 'RowExpr');
  if (set !== undefined || row !== undefined) {
    for (const part of listOf(set?.content ?? row?.args)) resolveGrouping(part, columns, scope, resolver);
    return;
  }
  const name = plainName(item);
  if (name !== undefined && hasOutput(columns, name) && findColumn(scope, name, {}) === undefined) return;
  resolver.expression(item, scope);
}

/** The scope of a query's body: the one around it plus the common table expressions of its WITH. */
function scopeWithCtes(select: Fields, outer: PostgresScope, resolver: Resolver): PostgresScope {
  if (!isFields(select.withClause)) return { parent: outer, relations: [], ctes: new Map() };
  const recursive = select.withClause.recursive === true;
  const ctes = new Map<string, () => Row>();
  let scope: PostgresScope = { parent: outer, relations: [], ctes };
  for (const item of listOf(select.withClause.ctes)) {
    const cte = fieldsOf(item, 'CommonTableExpr') ?? {};
    if (recursive) {
      ctes.set(textOf(cte.ctename), recursiveColumns(cte, scope, resolver));
      continue;
    }
    // Without RECURSIVE a name is visible only to what follows it, so `WITH t AS (SELECT … FROM t)` reads the table t.
    const columns = cteColumns(cte, resolver.query(nodeOf(cte.ctequery)?.fields ?? {}, scope), scope, resolver);
    scope = { parent: scope, relations: [], ctes: new Map([[textOf(cte.ctename), () => columns]]) };
  }
  for (const resolve of ctes.values()) resolve();
  return scope;
}

/** Resolves the query once, on first use. While it is being resolved its own name means the columns of its first arm. */
function recursiveColumns(cte: Fields, scope: PostgresScope, resolver: Resolver): () => Row {
  let columns: Row = [];
  let started = false;
  return () => {
    if (started) return columns;
    started = true;
    const onFirstArm = (first: Row) => {
      columns = cteColumns(cte, first, scope, resolver);
    };
    const query = nodeOf(cte.ctequery)?.fields ?? {};
    columns = cteColumns(cte, resolveQuery(query, scope, resolver, { onFirstArm }), scope, resolver);
    return columns;
  };
}

/** Applies `WITH name(column, …)` and adds what SEARCH and CYCLE add. */
function cteColumns(cte: Fields, query: Row, scope: PostgresScope, resolver: Resolver): Row {
  const search = isFields(cte.search_clause) ? cte.search_clause : {};
  const cycle = isFields(cte.cycle_clause) ? cte.cycle_clause : {};
  for (const child of childrenOf('CTECycleClause', cycle)) {
    if (nodeOf(child)?.tag !== 'String') resolver.expression(child, scope);
  }
  const added: readonly ColumnFact[] = [search.search_seq_column, cycle.cycle_mark_column, cycle.cycle_path_column]
    .filter((name): name is string => typeof name === 'string')
    .map((name) => ({ name }));
  return [...renameColumns(query, namesOf(cte.aliascolnames), { ...locationOf(cte) }), ...added];
}
