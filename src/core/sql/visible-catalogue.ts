import type { Catalogue } from './catalogue.ts';
import type { SqlPolicy } from './policy.ts';

/** The catalogue as people and models may see it: without the columns that an operator has hidden. */
export function visibleCatalogue(catalogue: Catalogue, { hiddenColumns }: SqlPolicy): Catalogue {
  if (hiddenColumns.length === 0) return catalogue;
  const hidden = new Set(hiddenColumns);
  return {
    ...catalogue,
    tables: catalogue.tables.map((table) => ({
      ...table,
      columns: table.columns.filter(({ name }) => !hidden.has(`${table.schema}.${table.name}.${name}`)),
    })),
  };
}
