import type { CatalogueTable } from '../data/catalogue.ts';

/** Fewer tables than this are listed one by one. */
const leastMembers = 3;

/** `events_2024`, `events_2024_01`, `events_20240131`, `events_2024q1`, `events_2024_w05`; `events_p3`, `events_12`. */
const period = /^(.*\D)((?:19|20)\d\d(?:[_-]?(?:q[1-4]|w\d\d|\d\d(?:[_-]?\d\d)?))?)$/i;
const part = /^(.*\D)(\d{1,4})$/;

/**
 * Tables in order, each alone or grouped with those whose names differ only in a period or number at the end:
 * partitions kept as separate tables. The last of a family has the newest period.
 */
export function tableFamilies(tables: readonly CatalogueTable[]): readonly (readonly CatalogueTable[])[] {
  const families = new Map<string, CatalogueTable[]>();
  for (const table of tables) {
    const stem = (period.exec(table.name) ?? part.exec(table.name))?.[1];
    const key =
      stem === undefined ? `alone ${fullName(table)}` : `${stem.toLowerCase()} ${table.schema} ${shapeOf(table)}`;
    const known = families.get(key);
    if (known === undefined) families.set(key, [table]);
    else known.push(table);
  }
  return [...families.values()].flatMap((family) =>
    family.length < leastMembers ? family.map((table) => [table]) : [[...family].sort(byName)],
  );
}

/**
 * The tables with one for each family, whose comment says what it stands for. Returns the same list when there is no
 * family.
 */
export function collapseFamilies(tables: readonly CatalogueTable[]): readonly CatalogueTable[] {
  const families = tableFamilies(tables);
  return families.length === tables.length ? tables : families.flatMap(shownOf);
}

/** The tables whose values are read. One stands for each family, because its members hold the same kind of values. */
export const tablesToSample = (tables: readonly CatalogueTable[]): ReadonlySet<CatalogueTable> =>
  new Set(tableFamilies(tables).flatMap((family) => family.slice(-1)));

function shownOf(family: readonly CatalogueTable[]): readonly CatalogueTable[] {
  const [first] = family;
  const last = family.at(-1);
  if (first === undefined || last === undefined || first === last) return family;
  const members = `One of ${family.length} tables with these columns, ${first.name} to ${last.name}, each with its own part of the rows`;
  return [{ ...last, comment: last.comment === undefined ? members : `${last.comment}. ${members}` }];
}

const fullName = ({ schema, name }: CatalogueTable): string => `${schema}.${name}`;

const shapeOf = ({ kind, columns }: CatalogueTable): string =>
  JSON.stringify([kind, columns.map(({ name, dataType }) => [name, dataType])]);

/** `part_2` before `part_10`. */
const byName = (a: CatalogueTable, b: CatalogueTable): number => a.name.localeCompare(b.name, 'en', { numeric: true });
