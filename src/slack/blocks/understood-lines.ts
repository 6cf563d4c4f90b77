import type { CatalogueTable } from '../../core/data/catalogue.ts';
import type { Understood, UnderstoodTable } from '../../core/data/understood.ts';
import type { Texts } from '../../core/texts/texts-for.ts';

/** Tables that are told of; more would hide the columns above. */
const mostTables = 10;

/**
 * What was understood of the files behind these tables, a line each, and what was left out. No values; of hidden columns
 * nothing.
 */
export function understoodLines(
  understood: Understood | undefined,
  shown: readonly CatalogueTable[],
  texts: Texts,
): readonly string[] {
  if (understood === undefined) return [];
  const told = understood.tables.flatMap((table) => {
    const visible = shown.find(({ name }) => name === table.name);
    return visible ? [tableLine(table, visible, texts)] : [];
  });
  return [...told.slice(0, mostTables), ...understood.warnings];
}

function tableLine(table: UnderstoodTable, { columns }: CatalogueTable, { sources }: Texts): string {
  const [first] = table.badLines;
  const open = table.columns.filter(({ name, isOpen }) => isOpen && columns.some((column) => column.name === name));
  return [
    sources.read(table.name, table.form, table.rows),
    ...(first ? [sources.aside(table.badLineCount, sources.asideLine(first.line, first.reason))] : []),
    ...(open.length > 0 ? [sources.open(open.map(({ name }) => name).join(', '))] : []),
  ].join(' · ');
}
