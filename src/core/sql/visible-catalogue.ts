import type { Catalogue } from './catalogue.ts';
import type { SqlPolicy } from './policy.ts';

const made = new WeakMap<Catalogue, { readonly policy: SqlPolicy; readonly visible: Catalogue }>();

/**
 * The catalogue as people and models may see it: without the columns that an operator has hidden. The same object for the
 * same catalogue and policy, so that what is derived from it is derived once.
 */
export function visibleCatalogue(catalogue: Catalogue, policy: SqlPolicy): Catalogue {
  if (policy.hiddenColumns.length === 0) return catalogue;
  const known = made.get(catalogue);
  if (known?.policy === policy) return known.visible;
  const visible = withoutHidden(catalogue, new Set(policy.hiddenColumns));
  made.set(catalogue, { policy, visible });
  return visible;
}

function withoutHidden(catalogue: Catalogue, hidden: ReadonlySet<string>): Catalogue {
  return {
    ...catalogue,
    tables: catalogue.tables.map((table) => ({
      ...table,
      columns: table.columns.filter(({ name }) => !hidden.has(`${table.schema}.${table.name}.${name}`)),
    })),
  };
}
