import { refuse } from '../refusal.ts';
import type { Resolver } from './context.ts';
import { requireRelation } from './known-relations.ts';
import { columnOf, findCte, type PostgresScope, type Relation, type Row, refuseHidden, scopeWith } from './scope.ts';
import { functionColumns, jsonTableColumns, xmlTableColumns } from './table-functions.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, nodeOf, textOf } from './tree.ts';

/** What a FROM item adds: relations to refer to, and the columns of a star in their order. */
export type FromResult = { readonly relations: readonly Relation[]; readonly star: Row };

/** The items of a FROM clause, left to right. `base`: the scope of the query without its own FROM. */
export function resolveFrom(items: readonly unknown[], base: PostgresScope, resolver: Resolver): FromResult {
  let result: FromResult = { relations: [], star: [] };
  for (const item of items) {
    const next = resolveItem(item, base, result.relations, resolver);
    result = { relations: [...result.relations, ...next.relations], star: [...result.star, ...next.star] };
  }
  return result;
}

function resolveItem(
  item: unknown,
  base: PostgresScope,
  siblings: readonly Relation[],
  resolver: Resolver,
): FromResult {
  const node = nodeOf(item);
  const fields = node?.fields ?? {};
  // Functions and LATERAL items see the items to their left.
  const lateral = scopeWith(base, siblings);
  switch (node?.tag) {
    case 'RangeVar':
      return single(tableRelation(fields, base, resolver));
    case 'RangeSubselect': {
      const query = nodeOf(fields.subquery)?.fields ?? {};
      const columns = resolver.query(query, fields.lateral === true ? lateral : base);
      return single(applyAlias('', columns, fields.alias, fields));
    }
    case 'RangeFunction':
      return single(functionRelation(fields, lateral, resolver));
    case 'RangeTableFunc':
      return single(applyAlias('xmltable', xmlTableColumns(fields, lateral, resolver), fields.alias, fields));
    case 'JsonTable':
      return single(applyAlias('json_table', jsonTableColumns(fields, lateral, resolver), fields.alias, fields));
    case 'RangeTableSample':
      return resolveSample(fields, base, siblings, resolver);
    case 'JoinExpr':
      return resolveJoin(fields, base, siblings, resolver);
    default:
      return refuse({
        reason: 'unknown_syntax',
        what: node?.tag ?? 'FROM',
        message: 'this FROM clause is not known to be a read',
      });
  }
}

const single = (relation: Relation): FromResult => ({ relations: [relation], star: relation.columns });

/** Applies `AS name(column, …)`. */
function applyAlias(name: string, columns: Row, alias: unknown, fields: Fields): Relation {
  if (!isFields(alias)) return { alias: name, columns };
  return { alias: textOf(alias.aliasname), columns: renameColumns(columns, namesOf(alias.colnames), fields) };
}

/** Renames columns by position, as `AS t(a, b)` does. A hidden column may not be renamed. */
export function renameColumns(columns: Row, names: readonly string[], fields: Fields): Row {
  if (names.length === 0) return columns;
  return columns.map((column, index) => {
    const name = names[index];
    if (name === undefined) return column;
    if (column.hidden) return refuseHidden(column.name, locationOf(fields));
    return { ...column, name };
  });
}

function tableRelation(rangeVar: Fields, scope: PostgresScope, resolver: Resolver): Relation {
  const schema = textOf(rangeVar.schemaname);
  const name = textOf(rangeVar.relname);
  const cte = schema === '' ? findCte(scope, name) : undefined;
  if (cte !== undefined) {
    resolver.note(rangeVar, undefined);
    return applyAlias(name, cte(), rangeVar.alias, rangeVar);
  }
  if (rangeVar.catalogname !== undefined) refuseDatabase(rangeVar);
  const table = requireRelation(resolver.known, schema, name, locationOf(rangeVar));
  resolver.note(rangeVar, table);
  const relation = applyAlias(name, table.columns, rangeVar.alias, rangeVar);
  if (rangeVar.alias !== undefined) return relation;
  return { ...relation, schema: table.schema, ...(resolver.isShielded(table) ? { shielded: true } : {}) };
}

function refuseDatabase(rangeVar: Fields): never {
  const what = `${textOf(rangeVar.catalogname)}.${textOf(rangeVar.schemaname)}.${textOf(rangeVar.relname)}`;
  return refuse({
    reason: 'unknown_table',
    what,
    message: `${what} names a database; write schema.table`,
    ...locationOf(rangeVar),
  });
}

function functionRelation(fields: Fields, scope: PostgresScope, resolver: Resolver): Relation {
  const alias = isFields(fields.alias) ? textOf(fields.alias.aliasname) : undefined;
  const { name, columns } = functionColumns(fields, alias, scope, resolver);
  return applyAlias(name, columns, fields.alias, fields);
}

function resolveSample(
  fields: Fields,
  base: PostgresScope,
  siblings: readonly Relation[],
  resolver: Resolver,
): FromResult {
  const method = namesOf(fields.method).join('.');
  if (!['system', 'bernoulli', 'pg_catalog.system', 'pg_catalog.bernoulli'].includes(method)) {
    refuse({
      reason: 'function',
      what: method,
      message: `the sampling method ${method} is not one of PostgreSQL's own`,
      ...locationOf(fields),
    });
  }
  const sampled = resolveItem(fields.relation, base, siblings, resolver);
  for (const argument of [...listOf(fields.args), fields.repeatable]) resolver.expression(argument, base);
  return sampled;
}

function resolveJoin(join: Fields, base: PostgresScope, siblings: readonly Relation[], resolver: Resolver): FromResult {
  const left = resolveItem(join.larg, base, siblings, resolver);
  const right = resolveItem(join.rarg, base, [...siblings, ...left.relations], resolver);
  const shared = sharedColumns(join, left.star, right.star);
  const merged = shared.map((name) => mergedColumn(name, left.star, right.star, join));
  const isRest = ({ name }: { name: string }) => !shared.includes(name);
  const star = [...merged, ...left.star.filter(isRest), ...right.star.filter(isRest)];
  const relations = [...left.relations, ...right.relations];
  if (join.quals !== undefined) resolver.expression(join.quals, scopeWith(base, relations));
  if (join.alias !== undefined) return single(applyAlias('', star, join.alias, join));
  const usingAlias = join.join_using_alias === undefined ? [] : [applyAlias('', merged, join.join_using_alias, join)];
  return { relations: [...relations, ...usingAlias], star };
}

/** The columns USING names or NATURAL finds on both sides. */
function sharedColumns(join: Fields, left: Row, right: Row): readonly string[] {
  if (join.isNatural !== true) return namesOf(join.usingClause);
  return [...new Set(left.map(({ name }) => name).filter((name) => right.some((column) => column.name === name)))];
}

/** A shared column is compared on both sides, so both must be visible. */
function mergedColumn(name: string, left: Row, right: Row, join: Fields) {
  const side = fieldsOf(join.larg, 'RangeVar') ?? join;
  columnOf(right, name, name, locationOf(side));
  return columnOf(left, name, name, locationOf(side));
}
