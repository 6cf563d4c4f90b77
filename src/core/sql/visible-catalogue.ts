import type { Catalogue } from './catalogue.ts';
import type { SqlPolicy } from './policy.ts';
import { hasShields, isClosedView, ruleOf } from './shield/shield-sql.ts';

/** Names are told apart by case in none: what is shown may be less than what may be read, never more. */
const anyCase = 'duckdb';

/** The catalogue as people and models may see it: without the columns that an operator has hidden, and closed views. */
export function visibleCatalogue(catalogue: Catalogue, policy: SqlPolicy): Catalogue {
  if (policy.hiddenColumns.length === 0 && !hasShields(policy)) return catalogue;
  return {
    ...catalogue,
    tables: catalogue.tables
      .filter((table) => !isClosedView(table, policy, anyCase))
      .map((table) => {
        const { hidden } = ruleOf(table, policy, anyCase);
        return { ...table, columns: table.columns.filter(({ name }) => !hidden.has(name.toLowerCase())) };
      }),
  };
}
