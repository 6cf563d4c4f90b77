import { refuse } from '../refusal.ts';
import type { Resolver } from './context.ts';
import { refuseUnknown } from './refusals.ts';
import { resolveChildren, resolveExpression } from './resolve-expression.ts';
import { resolveFrom } from './resolve-from.ts';
import {
  addRelation,
  type DuckdbScope,
  hasHiddenColumn,
  mergeRelations,
  nestScope,
  type Relation,
  relationOf,
  renameColumns,
  visibleColumns,
} from './scope.ts';
import { type Fields, fieldsOf, isFields, listOf, nodeOf, textOf, textsOf } from './tree.ts';

/**
 * Looks up every name of a query in DuckDB's own tree. A name that is hidden in any relation in sight, at any level, is
 * refused, so that scoping rules cannot expose it. Unknown nodes are refused. Returns the output as a relation without
 * a name.
 */
export function resolveQuery(query: Fields, outer: DuckdbScope, resolver: Resolver): Relation {
  return resolver.deeper(() => {
    const scope = scopeWithCtes(query, outer, resolver);
    switch (query.type) {
      case 'SELECT_NODE':
        return resolveSelect(query, scope, resolver);
      case 'SET_OPERATION_NODE':
        return resolveSetOperation(query, scope, resolver);
      case 'RECURSIVE_CTE_NODE':
        return resolveRecursive(query, scope, resolver);
      default:
        return refuseUnknown(query);
    }
  });
}

function scopeWithCtes(query: Fields, outer: DuckdbScope, resolver: Resolver): DuckdbScope {
  const entries = listOf(fieldsOf(query.cte_map).map).map(fieldsOf);
  if (entries.length === 0) return outer;
  const ctes = new Map<string, Relation>();
  const scope: DuckdbScope = { parent: outer, relations: [], ctes };
  for (const { key, value } of entries) {
    const name = textOf(key).toLowerCase();
    refuseShadow(name, resolver);
    const cte = fieldsOf(value);
    const made = renameColumns(resolver.query(nodeOf(cte.query), scope), textsOf(cte.aliases));
    ctes.set(name, made);
    // `USING KEY (…)` names columns of its own.
    resolveChildren({ ...cte, query: undefined }, nestScope(scope, [made]), resolver);
  }
  return scope;
}

/** When one name stands for two relations, the guard and the engine could choose different ones. */
function refuseShadow(name: string, resolver: Resolver): void {
  const table = resolver.known.find([name]);
  if (table === undefined) return;
  if (!hasHiddenColumn(relationOf(name, table.columns)) && !resolver.isShielded(table)) return;
  refuse({
    reason: 'hidden_column',
    what: name,
    message: `${name} is the name of a table of which not all may be read; call the WITH query something else`,
  });
}

function resolveSetOperation(query: Fields, scope: DuckdbScope, resolver: Resolver): Relation {
  const arms = [query.left, query.right, ...listOf(query.children)].filter(isFields);
  const outputs = arms.map((arm) => resolver.query(arm, scope));
  const output = mergeRelations(outputs);
  resolveChildren(query.modifiers, nestScope(scope, [output]), resolver);
  return output;
}

function resolveRecursive(query: Fields, scope: DuckdbScope, resolver: Resolver): Relation {
  const first = renameColumns(resolver.query(fieldsOf(query.left), scope), textsOf(query.aliases));
  const ctes = new Map([[textOf(query.cte_name).toLowerCase(), first]]);
  resolver.query(fieldsOf(query.right), { parent: scope, relations: [], ctes });
  resolveChildren(query.modifiers, nestScope(scope, [first]), resolver);
  return first;
}

function resolveSelect(query: Fields, outer: DuckdbScope, resolver: Resolver): Relation {
  const relations: Relation[] = [];
  resolveFrom(fieldsOf(query.from_table), outer, relations, resolver);
  const items = listOf(query.select_list).map(fieldsOf);
  // In DuckDB every clause, and later items, may refer to an item by its alias.
  const aliases = new Map(
    items.flatMap(({ alias }) => (textOf(alias) === '' ? [] : [[textOf(alias).toLowerCase(), false]])),
  );
  const scope = nestScope(outer, [...relations, relationOf('', aliases)]);
  for (const item of items) resolveExpression(item, scope, resolver);
  const output = outputOf(items, relations);
  const { type: _, cte_map: __, select_list: ___, from_table: ____, modifiers, ...clauses } = query;
  resolveChildren([clauses, withoutOrderByAll(modifiers)], addRelation(scope, output), resolver);
  return output;
}

function outputOf(items: readonly Fields[], relations: readonly Relation[]): Relation {
  const outputs = items.map((item): Relation => {
    if (item.class === 'STAR')
      return mergeRelations(relations.map((relation) => ({ ...relation, columns: visibleColumns(relation) })));
    const name = textOf(item.alias) || textsOf(item.column_names).at(-1) || '';
    // Other items are named after their text.
    return name === '' ? relationOf('', new Map(), true) : relationOf('', new Map([[name.toLowerCase(), false]]));
  });
  return mergeRelations(outputs);
}

/** ORDER BY ALL, which the tree shows as a star, sorts by the output only. */
function withoutOrderByAll(modifiers: unknown): readonly Fields[] {
  const isAll = (order: unknown) => {
    const { class: kind, expr, relation_name, ...lists } = fieldsOf(fieldsOf(order).expression);
    const isBare = Object.values(lists).every((list) => listOf(list).length === 0);
    return kind === 'STAR' && !isFields(expr) && relation_name === '' && isBare;
  };
  return listOf(modifiers)
    .map(fieldsOf)
    .map((modifier) => ({ ...modifier, orders: listOf(modifier.orders).filter((order) => !isAll(order)) }));
}
