import { refuse } from '../refusal.ts';
import type { Resolver } from './context.ts';
import { refuseUnknown } from './refusals.ts';
import { resolveChildren, resolveExpression } from './resolve-expression.ts';
import { resolveFrom } from './resolve-from.ts';
import { beside, hides, merged, type Relation, relationOf, renamed, type Scope, visible, within } from './scope.ts';
import { type Fields, fieldsOf, isFields, listOf, nodeOf, textOf, textsOf } from './tree.ts';

/**
 * Looks up every name of a query in DuckDB's own tree. A name that is hidden in any relation in sight, at any level, is
 * refused, so no subtlety of scoping can bring it out. Unknown nodes are refused. Returns its output as a relation without
 * a name.
 */
export function resolveQuery(query: Fields, outer: Scope, resolver: Resolver): Relation {
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

function scopeWithCtes(query: Fields, outer: Scope, resolver: Resolver): Scope {
  const entries = listOf(fieldsOf(query.cte_map).map).map(fieldsOf);
  if (entries.length === 0) return outer;
  const ctes = new Map<string, Relation>();
  const scope: Scope = { parent: outer, relations: [], ctes };
  for (const { key, value } of entries) {
    const name = textOf(key).toLowerCase();
    refuseShadow(name, resolver);
    const cte = fieldsOf(value);
    const made = renamed(resolver.query(nodeOf(cte.query), scope), textsOf(cte.aliases));
    ctes.set(name, made);
    // `USING KEY (…)` names columns of its own.
    resolveChildren({ ...cte, query: undefined }, within(scope, [made]), resolver);
  }
  return scope;
}

/** Where one name stands for two relations, the guard and the engine could take different ones. */
function refuseShadow(name: string, resolver: Resolver): void {
  const table = resolver.known.find([name]);
  if (table === undefined) return;
  if (!hides(relationOf(name, table.columns)) && !resolver.isShielded(table)) return;
  refuse({
    reason: 'hidden_column',
    what: name,
    message: `${name} is the name of a table of which not all may be read; call the WITH query something else`,
  });
}

function resolveSetOperation(query: Fields, scope: Scope, resolver: Resolver): Relation {
  const arms = [query.left, query.right, ...listOf(query.children)].filter(isFields);
  const outputs = arms.map((arm) => resolver.query(arm, scope));
  const output = merged(outputs);
  resolveChildren(query.modifiers, within(scope, [output]), resolver);
  return output;
}

function resolveRecursive(query: Fields, scope: Scope, resolver: Resolver): Relation {
  const first = renamed(resolver.query(fieldsOf(query.left), scope), textsOf(query.aliases));
  const ctes = new Map([[textOf(query.cte_name).toLowerCase(), first]]);
  resolver.query(fieldsOf(query.right), { parent: scope, relations: [], ctes });
  resolveChildren(query.modifiers, within(scope, [first]), resolver);
  return first;
}

function resolveSelect(query: Fields, outer: Scope, resolver: Resolver): Relation {
  const relations: Relation[] = [];
  resolveFrom(fieldsOf(query.from_table), outer, relations, resolver);
  const items = listOf(query.select_list).map(fieldsOf);
  // DuckDB lets every clause, and later items too, refer to an item by its alias.
  const aliases = new Map(
    items.flatMap(({ alias }) => (textOf(alias) === '' ? [] : [[textOf(alias).toLowerCase(), false]])),
  );
  const scope = within(outer, [...relations, relationOf('', aliases)]);
  for (const item of items) resolveExpression(item, scope, resolver);
  const output = outputOf(items, relations);
  const { type: _, cte_map: __, select_list: ___, from_table: ____, modifiers, ...clauses } = query;
  resolveChildren([clauses, withoutOrderByAll(modifiers)], beside(scope, output), resolver);
  return output;
}

function outputOf(items: readonly Fields[], relations: readonly Relation[]): Relation {
  const outputs = items.map((item): Relation => {
    if (item.class === 'STAR')
      return merged(relations.map((relation) => ({ ...relation, columns: visible(relation) })));
    const name = textOf(item.alias) || textsOf(item.column_names).at(-1) || '';
    // Other items are named after their own text.
    return name === '' ? relationOf('', new Map(), true) : relationOf('', new Map([[name.toLowerCase(), false]]));
  });
  return merged(outputs);
}

/** ORDER BY ALL, which the tree shows as a star: by what is put out, and nothing else. */
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
