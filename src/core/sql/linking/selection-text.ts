import type { Chosen } from './chosen.ts';
import type { CatalogueIndex } from './index-catalogue.ts';
import type { ItemTexts } from './item-texts.ts';
import { otherTables, tableBlock, tableHeader, tableLine } from './render.ts';
import { schemaHeading, schemaOf, tableName } from './table-names.ts';

/** The chosen part of a schema as the prompt has it, schema by schema. */
export function selectionText(index: CatalogueIndex, chosen: Chosen, items: ItemTexts): string {
  const bySchema = new Map<string, number[]>();
  for (const table of index.tables.keys())
    if (chosen.open.has(table) || chosen.mentioned.has(table)) {
      const schema = schemaOf(index, table);
      bySchema.set(schema, [...(bySchema.get(schema) ?? []), table]);
    }
  return [...bySchema].map(([schema, tables]) => schemaText(index, chosen, items, schema, tables)).join('\n');
}

function schemaText(
  index: CatalogueIndex,
  chosen: Chosen,
  items: ItemTexts,
  schema: string,
  tables: readonly number[],
): string {
  const opened = tables
    .filter((table) => chosen.open.has(table))
    .map((table) => tableText(index, chosen, items, table));
  const others = tables.filter((table) => chosen.mentioned.has(table)).map((table) => tableName(index, table));
  const heading = schemaHeading(index, schema);
  return [
    ...(heading === undefined ? [] : [heading]),
    ...opened,
    ...(others.length > 0 ? [otherTables(others)] : []),
  ].join('\n');
}

function tableText(index: CatalogueIndex, { named, detailed }: Chosen, texts: ItemTexts, table: number): string {
  const items = (index.itemsOf[table] ?? []).filter((item) => named.has(item));
  const lines = items.filter((item) => detailed.has(item)).map(texts.text);
  const names = items.filter((item) => !detailed.has(item)).map(texts.text);
  const whole = index.tables[table];
  return lines.length === 0 || !whole
    ? tableLine(tableName(index, table), names)
    : tableBlock(tableHeader(whole), lines, names);
}
