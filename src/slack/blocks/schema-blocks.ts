import type { KnownBlock } from '@slack/types';
import type { Catalogue, CatalogueColumn, CatalogueTable } from '../../core/sql/catalogue.ts';
import { slackLimits } from '../limits.ts';
import type { Texts } from '../texts/en.ts';
import { context, header, pairs, preformatted } from './elements.ts';

type Named = { readonly name: string; readonly description: string };

/** One table: its name, what it is, its columns. */
type Shown = { readonly name: string; readonly about: string; readonly columns: string };

/** Tables with their columns, types and comments, as many as a message holds; the names of the rest. No values. */
export function schemaBlocks(
  { name, description }: Named,
  { tables }: Catalogue,
  texts: Texts,
  functions: readonly string[] = [],
): KnownBlock[] {
  const shown: Shown[] = [];
  let left: number = slackLimits.schemaCharacters;
  for (const table of tables) {
    const next = shownTable(table, texts);
    left -= next.name.length + next.about.length + next.columns.length;
    if (shown.length === slackLimits.shownTables || left < 0) break;
    shown.push(next);
  }
  const rest = tables.slice(shown.length).map((table) => table.name);
  return [
    header(name),
    context(description, texts.sources.tables(tables.length)),
    ...shown.flatMap((table) => [pairs([[table.name, table.about]]), preformatted(table.columns)]),
    ...(functions.length === 0 ? [] : [context(texts.sources.functions(functions.join(', ')))]),
    ...(rest.length === 0 ? [] : [context(texts.sources.moreTables(rest.join(', ')))]),
  ];
}

function shownTable({ schema, name, kind, comment, rowEstimate, columns }: CatalogueTable, texts: Texts): Shown {
  const size = kind === 'view' ? texts.sources.view : texts.sources.rows(texts.number(rowEstimate ?? 0));
  return {
    name: schema === 'public' ? name : `${schema}.${name}`,
    about: [...(kind === 'view' || rowEstimate !== undefined ? [size] : []), ...(comment ? [comment] : [])].join(' · '),
    columns: columns.map(columnLine).join('\n'),
  };
}

const columnLine = ({ name, dataType, comment }: CatalogueColumn): string =>
  `${name}  ${dataType}${comment ? `  ${comment.replaceAll(/\s+/g, ' ')}` : ''}`;
