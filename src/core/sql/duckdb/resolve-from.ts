import { suggestNames } from '../nearest-names.ts';
import { refuse } from '../refusal.ts';
import { tableFunctions } from './builtins.ts';
import type { Resolver } from './context.ts';
import { refuseFunction, refuseUnknown, refuseWhole } from './refusals.ts';
import { resolveChildren, resolveColumn, resolveExpression } from './resolve-expression.ts';
import { findCte, hides, type Relation, relationOf, renamed, type Scope, within } from './scope.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, nodeOf, textOf, textsOf } from './tree.ts';

const shownLists: ReadonlySet<string> = new Set(['"databases"', '"schemas"', '"tables"', '__show_tables_expanded']);

/** Adds what an item of FROM brings into sight to `relations`. */
export function resolveFrom(item: Fields, outer: Scope, relations: Relation[], resolver: Resolver): void {
  resolver.deeper(() => {
    const alias = textOf(item.alias).toLowerCase();
    const lateral = within(outer, relations);
    const add = (relation: Relation) => relations.push({ ...relation, alias: alias || relation.alias });
    resolveChildren(item.sample, lateral, resolver);
    switch (item.type) {
      case 'EMPTY':
        return;
      case 'BASE_TABLE':
        return void add(resolveTable(item, lateral, resolver));
      case 'SUBQUERY':
        return void add(
          renamed(resolveSubquery(nodeOf(item.subquery), lateral, resolver), textsOf(item.column_name_alias)),
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

/** What stands in the place of a table was not written by the person, and is known. */
function resolveSubquery(query: Fields, scope: Scope, resolver: Resolver): Relation {
  const table = resolver.shieldIn(query);
  if (table === undefined) return resolver.query(query, scope);
  resolver.note(table);
  return relationOf('', table.columns);
}

function resolveTable(item: Fields, scope: Scope, resolver: Resolver): Relation {
  const name = textOf(item.table_name);
  const schema = textOf(item.schema_name);
  const path = [textOf(item.catalog_name), schema, name].filter(Boolean);
  const cte = path.length === 1 ? findCte(scope, name.toLowerCase()) : undefined;
  const renames = textsOf(item.column_name_alias);
  if (cte !== undefined) return { ...renamed(cte, renames), alias: name.toLowerCase() };
  if (isFields(item.at_clause)) refuseUnknown(item);
  const table = path.length <= 2 ? resolver.known.find(path) : undefined;
  if (table === undefined) return refuseTable(path, item, resolver);
  resolver.note(table);
  const shielded = resolver.isShielded(table);
  if (shielded) resolver.shielded.push({ item, table });
  const relation = { ...relationOf(name.toLowerCase(), table.columns), schema: table.schema.toLowerCase(), shielded };
  if (renames.length > 0 && hides(relation)) refuseWhole(relation, item);
  return renamed(relation, renames);
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

function resolveJoin(item: Fields, outer: Scope, relations: Relation[], resolver: Resolver): void {
  const own: Relation[] = [...relations];
  resolveFrom(fieldsOf(item.left), outer, own, resolver);
  resolveFrom(fieldsOf(item.right), outer, own, resolver);
  const added = own.slice(relations.length);
  if (item.ref_type === 'NATURAL') for (const relation of added) if (hides(relation)) refuseWhole(relation, item);
  const scope = within(outer, own);
  for (const name of textsOf(item.using_columns)) resolveColumn([name], scope, item, resolver);
  resolveExpression(item.condition, scope, resolver);
  relations.push(...added);
}

function resolveTableFunction(item: Fields, scope: Scope, resolver: Resolver): Relation {
  const call = fieldsOf(item.function);
  const name = textOf(call.function_name).toLowerCase();
  if (textOf(call.schema) !== '' || textOf(call.catalog) !== '' || !tableFunctions.has(name)) {
    refuseFunction(call, tableFunctions);
  }
  resolveChildren(call.children, scope, resolver);
  return renamed(relationOf(name, new Map(), true), textsOf(item.column_name_alias));
}

/** PIVOT and UNPIVOT group by every column they do not name. */
function resolvePivot(item: Fields, outer: Scope, resolver: Resolver): Relation {
  const relations: Relation[] = [];
  resolveFrom(fieldsOf(item.source), outer, relations, resolver);
  for (const relation of relations) if (hides(relation)) refuseWhole(relation, item);
  const { source: _, ...rest } = item;
  resolveChildren(rest, within(outer, relations), resolver);
  return relationOf('', new Map(), true);
}

function resolveShow(item: Fields, outer: Scope, resolver: Resolver): Relation {
  if (isFields(item.query) && item.show_type === 'DESCRIBE' && isWholeTable(item.query))
    // Names and types: nothing of a hidden column is read.
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
