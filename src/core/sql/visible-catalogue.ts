import type { Catalogue } from './catalogue.ts';
import type { SqlPolicy } from './policy.ts';
import { collapseFamilies } from './table-families.ts';

/** The last one made of each catalogue: what was derived from it stays valid while both are the same. */
const made = new WeakMap<Catalogue, { readonly policy: SqlPolicy; readonly visible: Catalogue }>();

/**
 * The catalogue as people and models see it: without the columns that an operator has hidden, and with one table for each
 * family of them. The guard knows them all.
 */
export function visibleCatalogue(catalogue: Catalogue, policy: SqlPolicy): Catalogue {
  const known = made.get(catalogue);
  if (known?.policy === policy) return known.visible;
  const tables = collapseFamilies(withoutHidden(catalogue, policy));
  const visible = tables === catalogue.tables ? catalogue : { ...catalogue, tables };
  made.set(catalogue, { policy, visible });
  return visible;
}

function withoutHidden({ tables }: Catalogue, { hiddenColumns }: SqlPolicy): Catalogue['tables'] {
  if (hiddenColumns.length === 0) return tables;
  const hidden = new Set(hiddenColumns);
  return tables.map((table) => ({
    ...table,
    columns: table.columns.filter(({ name }) => !hidden.has(`${table.schema}.${table.name}.${name}`)),
  }));
}
