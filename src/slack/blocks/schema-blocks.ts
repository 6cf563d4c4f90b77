import type { KnownBlock } from '@slack/types';
import type { Catalogue, CatalogueColumn, CatalogueTable } from '../../core/sql/catalogue.ts';
import { slackLimits } from '../limits.ts';
import type { Texts } from '../texts/en.ts';
import { context, header, pairs, preformatted } from './elements.ts';

type Named = { readonly name: string; readonly description: string };

/** Tables with their columns, types and comments, as many as a message holds; the names of the rest. No values. */
export function schemaBlocks({ name, description }: Named, { tables }: Catalogue, texts: Texts): KnownBlock[] {
  const shown: (readonly [string, string])[] = [];
  let left: number = slackLimits.schemaCharacters;
  for (const table of tables) {
    const [title, columns] = [titleOf(table, texts), table.columns.map(columnLine).join('\n')];
    if (shown.length === slackLimits.shownTables || title.length + columns.length > left) break;
    left -= title.length + columns.length;
    shown.push([title, columns]);
  }
  const rest = tables.slice(shown.length).map((table) => table.name);
  return [
    header(name),
    context(description, texts.sources.tables(tables.length)),
    ...shown.flatMap(([title, columns]) => [pairs([[title, '']]), preformatted(columns)]),
    ...(rest.length === 0 ? [] : [context(texts.sources.moreTables(rest.join(', ')))]),
  ];
}

function titleOf({ schema, name, kind, comment, rowEstimate }: CatalogueTable, { sources, number }: Texts): string {
  const rows = rowEstimate === undefined ? undefined : number(rowEstimate);
  const title = sources.table(schema === 'public' ? name : `${schema}.${name}`, rows);
  return [kind === 'view' ? `${title} (${sources.view})` : title, ...(comment ? [comment] : [])].join(': ');
}

const columnLine = ({ name, dataType, comment }: CatalogueColumn): string =>
  `${name}  ${dataType}${comment ? `  ${comment.replaceAll(/\s+/g, ' ')}` : ''}`;
