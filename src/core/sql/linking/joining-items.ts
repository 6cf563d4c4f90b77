import type { Chosen } from './chosen.ts';
import type { CatalogueIndex, TableLink } from './index-catalogue.ts';

/** The columns that join a table to each open neighbour: by one join, preferably one whose columns are in already. */
export function joiningItems(index: CatalogueIndex, { named, open }: Chosen, table: number): readonly number[] {
  const itemsAt = ({ columns, toColumns }: TableLink): readonly number[] =>
    [...columns, ...toColumns].map((column) => itemOf(index, column));
  const neighbours = (index.neighbours[table] ?? []).filter((other) => open.has(other));
  return neighbours.flatMap((other) => {
    const links = (index.linksOf[table] ?? []).filter(({ from, to }) => from === other || to === other);
    const ends = links.map(itemsAt);
    return ends.find((items) => items.every((item) => named.has(item))) ?? ends[0] ?? [];
  });
}

/** Chosen items whose text changes when these are added, because they refer to them. */
export function affectedBy(index: CatalogueIndex, { named }: Chosen, items: readonly number[]): readonly number[] {
  const affected = new Set<number>();
  for (const item of items)
    for (const column of index.items[item]?.columns ?? [])
      for (const referrer of index.columns[column]?.referrers ?? [])
        if (named.has(itemOf(index, referrer))) affected.add(itemOf(index, referrer));
  return [...affected];
}

/** The item that a column belongs to; -1 for a place that no column has. */
export const itemOf = ({ columns }: CatalogueIndex, column: number): number => columns[column]?.item ?? -1;
