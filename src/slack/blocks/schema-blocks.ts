import type { KnownBlock } from '@slack/types';
import type { CatalogueColumn, CatalogueTable } from '../../core/data/catalogue.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { slackLimits } from '../limits.ts';
import { context, header, pairs, preformatted } from './elements.ts';

type Named = { readonly name: string; readonly description: string };

/** One table: its name, description and columns. */
type ShownTable = { readonly name: string; readonly about: string; readonly columns: string };

/** The columns of one table take at most this much, so that another one fits too. Characters. */
const tableCharacters = 4_000;
/** Characters for the names of tables that are not drawn. */
const namesCharacters = 1_500;

/**
 * Tables with columns, types and comments, as many as a message holds; then the names of others, and how many are not
 * named. No values. `all`: the number of tables.
 */
export function schemaBlocks(
  { name, description }: Named,
  tables: readonly CatalogueTable[],
  all: number,
  texts: Texts,
  functions: readonly string[] = [],
): KnownBlock[] {
  const shown: ShownTable[] = [];
  let left: number = slackLimits.schemaCharacters;
  for (const table of tables) {
    const next = shownTable(table, texts);
    left -= next.name.length + next.about.length + next.columns.length;
    if (shown.length === slackLimits.shownTables || (left < 0 && shown.length > 0)) break;
    shown.push(next);
  }
  const rest = tables.slice(shown.length).map((table) => table.name);
  return [
    header(name),
    context(description, texts.sources.tables(all)),
    ...shown.flatMap((table) => [pairs([[table.name, table.about]]), preformatted(table.columns)]),
    ...(functions.length === 0 ? [] : [context(texts.sources.functions(functions.join(', ')))]),
    ...(rest.length === 0 ? [] : [context(texts.sources.moreTables(namesOf(rest, texts)))]),
  ];
}

/** As many names as fit, and how many do not. */
function namesOf(names: readonly string[], texts: Texts): string {
  const fitting = fits(names, namesCharacters, 2);
  const more = names.length - fitting.length;
  return [...fitting, ...(more > 0 ? [texts.sources.more(more)] : [])].join(', ');
}

/** The first texts that fit into `characters`, with `between` characters after each. */
function fits(texts: readonly string[], characters: number, between: number): readonly string[] {
  let left = characters;
  const end = texts.findIndex((text) => {
    left -= text.length + between;
    return left < 0;
  });
  return end === -1 ? texts : texts.slice(0, end);
}

function shownTable({ schema, name, kind, comment, rowEstimate, columns }: CatalogueTable, texts: Texts): ShownTable {
  const size = kind === 'view' ? texts.sources.view : texts.sources.rows(texts.number(rowEstimate ?? 0));
  const lines = columns.map(columnLine);
  const fitting = fits(lines, tableCharacters, 1);
  const more = lines.length - fitting.length;
  return {
    name: schema === 'public' ? name : `${schema}.${name}`,
    about: [...(kind === 'view' || rowEstimate !== undefined ? [size] : []), ...(comment ? [comment] : [])].join(' · '),
    columns: [...fitting, ...(more > 0 ? [texts.sources.moreColumns(more)] : [])].join('\n'),
  };
}

const columnLine = ({ name, dataType, comment }: CatalogueColumn): string =>
  `${name}  ${dataType}${comment ? `  ${comment.replaceAll(/\s+/g, ' ')}` : ''}`;
