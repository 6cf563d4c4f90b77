import { suggestNames } from '../nearest-names.ts';
import { refuse } from '../refusal.ts';
import { tableFunctions } from './builtins.ts';
import type { Resolver } from './context.ts';
import { refuseFunction, refuseUnknown, refuseWhole } from './refusals.ts';
import { resolveChildren, resolveColumn, resolveExpression } from './resolve-expression.ts';
import {
  type DuckdbScope,
  findCte,
  hasHiddenColumn,
  nestScope,
  type Relation,
  relationOf,
  renameColumns,
} from './scope.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, nodeOf, textOf, textsOf } from './tree.ts';

const shownLists: ReadonlySet<string> = new Set(['"databases"', '"schemas"', '"tables"', '__show_tables_expanded']);

/** Adds the relations of an item of FROM to `relations`. */
export function resolveFrom(item: Fields, outer: DuckdbScope, relations: Relation[], resolver: Resolver): void {
  resolver.deeper(() => {
    const alias = textOf(item.alias).toLowerCase();
    const lateral = nestScope(outer, relations);
    const add = (relation: Relation) => relations.push({ ...relation, alias: alias || relation.alias });
    resolveChildren(item.sample, lateral, resolver);
    switch (item.type) {
      case 'EMPTY':
        return;
      case 'BASE_TABLE':
        return void add(resolveTable(item, lateral, resolver));
      case 'SUBQUERY':
        return void add(
          renameColumns(resolveSubquery(nodeOf(item.subquery), lateral, resolver), textsOf(item.column_name_alias)),
        );
      case 'JOIN':
        return resolveJoin(item, outer, relations, resolver);
      case 'TABLE_FUNCTION':
        return void add(resolveTableFunction(item, lateral, resolver));
      case 'EXPRESSION_LIST':
        resolveChildren(item.values, lateral, resolver);
        return void add(relationOf('', new Map(), true));
      case 'PIVOT':
        return void add(resolvePivot(item, outer, resolver));
      case 'SHOW_REF':
        return void add(resolveShow(item, outer, resolver));
      default:
        return refuseUnknown(item);
    }
  });
}

/** The query that replaces a table was not written by the person, and is known. */
function resolveSubquery(query: Fields, scope: DuckdbScope, resolver: Resolver): Relation {
  const table = resolver.shieldIn(query);
  if (table === undefined) return resolver.query(query, scope);
  resolver.note(table);
  return relationOf('', table.columns);
}

function resolveTable(item: Fields, scope: DuckdbScope, resolver: Resolver): Relation {
  const name = textOf(item.table_name);
  const schema = textOf(item.schema_name);
  const path = [textOf(item.catalog_name), schema, name].filter(Boolean);
  const cte = path.length === 1 ? findCte(scope, name.toLowerCase()) : undefined;
  const renames = textsOf(item.column_name_alias);
  if (cte !== undefined) return { ...renameColumns(cte, renames), alias: name.toLowerCase() };
  if (isFields(item.at_clause)) refuseUnknown(item);
  const table = path.length <= 2 ? resolver.known.find(path) : undefined;
  if (table === undefined) return refuseTable(path, item, resolver);
  resolver.note(table);
  const shielded = resolver.isShielded(table);
  if (shielded) resolver.shielded.push({ item, table });
  const relation = { ...relationOf(name.toLowerCase(), table.columns), schema: table.schema.toLowerCase(), shielded };
  if (renames.length > 0 && hasHiddenColumn(relation)) refuseWhole(relation, item);
  return renameColumns(relation, renames);
}

function refuseTable(path: readonly string[], item: Fields, resolver: Resolver): never {
  const what = path.join('.');
  return refuse({
    reason: 'unknown_table',
    what,
    message: `there is no table ${what} that may be read here`,
    next: suggestNames(path.at(-1) ?? '', resolver.known.names),
    ...locationOf(item),
  });
}

function resolveJoin(item: Fields, outer: DuckdbScope, relations: Relation[], resolver: Resolver): void {
  const own: Relation[] = [...relations];
  resolveFrom(fieldsOf(item.left), outer, own, resolver);
  resolveFrom(fieldsOf(item.right), outer, own, resolver);
  const added = own.slice(relations.length);
  if (item.ref_type === 'NATURAL')
    for (const relation of added) if (hasHiddenColumn(relation)) refuseWhole(relation, item);
  const scope = nestScope(outer, own);
  for (const name of textsOf(item.using_columns)) resolveColumn([name], scope, item, resolver);
  resolveExpression(item.condition, scope, resolver);
  relations.push(...added);
}

function resolveTableFunction(item: Fields, scope: DuckdbScope, resolver: Resolver): Relation {
  const call = fieldsOf(item.function);
  const name = textOf(call.function_name).toLowerCase();
  if (textOf(call.schema) !== '' || textOf(call.catalog) !== '' || !tableFunctions.has(name)) {
    refuseFunction(call, tableFunctions);
  }
  resolveChildren(call.children, scope, resolver);
  return renameColumns(relationOf(name, new Map(), true), textsOf(item.column_name_alias));
}

/** PIVOT and UNPIVOT group by every column that they do not name. */
function resolvePivot(item: Fields, outer: DuckdbScope, resolver: Resolver): Relation {
  const relations: Relation[] = [];
  resolveFrom(fieldsOf(item.source), outer, relations, resolver);
  for (const relation of relations) if (hasHiddenColumn(relation)) refuseWhole(relation, item);
  const { source: _, ...rest } = item;
  resolveChildren(rest, nestScope(outer, relations), resolver);
  return relationOf('', new Map(), true);
}

function resolveShow(item: Fields, outer: DuckdbScope, resolver: Resolver): Relation {
  if (isFields(item.query) && item.show_type === 'DESCRIBE' && isWholeTable(item.query))
    // It returns names and types only, so hidden columns stay unread.
    resolver.query({ ...item.query, select_list: [] }, outer);
  else if (isFields(item.query) && (item.show_type === 'DESCRIBE' || item.show_type === 'SUMMARY'))
    resolver.query(item.query, outer);
  else if (item.show_type !== 'SHOW_UNQUALIFIED' || !shownLists.has(textOf(item.table_name))) refuseUnknown(item);
  return relationOf('', new Map(), true);
}

/** `SELECT * FROM table`, as DESCRIBE reads the name of a table. */
function isWholeTable(query: Fields): boolean {
  const [star, ...others] = listOf(query.select_list).map(fieldsOf);
  const isStar = star?.class === 'STAR' && star.columns !== true && !isFields(star.expr);
  const isPlain = isStar && others.length === 0 && listOf(star.replace_list).length === 0;
  return isPlain && fieldsOf(query.from_table).type === 'BASE_TABLE';
}
