import type { Catalogue, CatalogueTable } from '../../src/core/data/catalogue.ts';
import type { SyntaxTree } from '../../src/core/data/syntax.ts';
import { fieldsOf, isFields, listOf, namesOf, nodeOf, textOf } from '../../src/core/sql/postgres/tree.ts';

type Relation = { readonly alias: string; readonly table: CatalogueTable | undefined };
type Scope = { readonly relations: readonly Relation[]; readonly parent: Scope | undefined };

/** What a query reads of a catalogue: `schema.table` and `schema.table.column`, each once. */
export function goldOf(
  tree: SyntaxTree,
  catalogue: Catalogue,
): { tables: readonly string[]; columns: readonly string[] } {
  const tables = new Set<string>();
  const columns = new Set<string>();
  const tableNamed = (name: string): CatalogueTable | undefined =>
    catalogue.tables.find((table) => table.name.toLowerCase() === name.toLowerCase());

  const relationsOf = (from: unknown): readonly Relation[] =>
    listOf(from).flatMap((item): readonly Relation[] => {
      const node = nodeOf(item);
      if (node?.tag === 'JoinExpr') return relationsOf([node.fields.larg, node.fields.rarg]);
      const alias = textOf(isFields(node?.fields.alias) ? node.fields.alias.aliasname : undefined);
      if (node?.tag !== 'RangeVar') return [{ alias, table: undefined }];
      const name = textOf(node.fields.relname);
      const table = tableNamed(name);
      if (table) tables.add(keyOf(table));
      return [{ alias: alias || name, table }];
    });

  const readColumn = (path: readonly string[], scope: Scope | undefined): void => {
    const name = path.at(-1) ?? '';
    const qualifier = path.at(-2);
    for (let at = scope; at; at = at.parent)
      for (const { alias, table } of at.relations) {
        if (qualifier !== undefined && alias.toLowerCase() !== qualifier.toLowerCase()) continue;
        const column = table?.columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
        if (!table || !column) continue;
        columns.add(`${keyOf(table)}.${column.name.toLowerCase()}`);
        return;
      }
  };

  const walk = (value: unknown, scope: Scope | undefined): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, scope);
    if (!isFields(value)) return;
    const reference = fieldsOf(value, 'ColumnRef');
    if (reference) readColumn(namesOf(reference.fields), scope);
    const inner = 'fromClause' in value ? { relations: relationsOf(value.fromClause), parent: scope } : scope;
    for (const child of Object.values(value)) walk(child, inner);
  };
  walk(tree, undefined);
  return { tables: [...tables], columns: [...columns] };
}

const keyOf = (table: CatalogueTable): string => `${table.schema}.${table.name}`.toLowerCase();
