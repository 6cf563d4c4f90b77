import type { Catalogue } from '../data/catalogue.ts';
import type { SqlPolicy } from './policy.ts';
import { hasShields, isClosedView, ruleOf } from './shield/shield-sql.ts';
import { collapseFamilies } from './table-families.ts';

/** Compares names without case: this may show less than may be read, never more. */
const anyCase = 'duckdb';

/** The latest one for each catalogue, so that what was derived from it stays cached. */
const made = new WeakMap<Catalogue, { readonly policy: SqlPolicy; readonly visible: Catalogue }>();

/**
 * The catalogue for people and models: without hidden columns and closed views, and with one table for each family. The
 * guard knows all of them.
 */
export function visibleCatalogue(catalogue: Catalogue, policy: SqlPolicy): Catalogue {
  const known = made.get(catalogue);
  if (known?.policy === policy) return known.visible;
  const tables = collapseFamilies(withoutHidden(catalogue, policy));
  const visible = tables === catalogue.tables ? catalogue : { ...catalogue, tables };
  made.set(catalogue, { policy, visible });
  return visible;
}

function withoutHidden({ tables }: Catalogue, policy: SqlPolicy): Catalogue['tables'] {
  if (policy.hiddenColumns.length === 0 && !hasShields(policy)) return tables;
  return tables
    .filter((table) => !isClosedView(table, policy, anyCase))
    .map((table) => {
      const { hidden } = ruleOf(table, policy, anyCase);
      return { ...table, columns: table.columns.filter(({ name }) => !hidden.has(name.toLowerCase())) };
    });
}
