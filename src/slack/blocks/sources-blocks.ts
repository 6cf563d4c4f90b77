import type { KnownBlock } from '@slack/types';
import type { Texts } from '../../core/texts/texts-for.ts';
import { context, header, pairs, paragraph } from './elements.ts';

/** A data source as people see it. `tables` is undefined when it could not be read. */
export type SourceView = {
  readonly name: string;
  readonly description: string;
  readonly today: string;
  readonly tables: readonly string[] | undefined;
};

const shownTables = 12;

/** Each source with its description and tables. */
export const sourcesBlocks = (sources: readonly SourceView[], texts: Texts): KnownBlock[] => [
  header(texts.headings.sources),
  ...(sources.length === 0
    ? [paragraph(texts.sources.none)]
    : sources.flatMap((source) => sourceBlocks(source, texts))),
];

function sourceBlocks({ name, description, today, tables }: SourceView, { sources }: Texts): KnownBlock[] {
  if (tables === undefined) return [pairs([[name, description]]), context(sources.unavailable)];
  const more = tables.length - shownTables;
  const list = tables.slice(0, shownTables).join(', ');
  return [
    pairs([[name, description]]),
    context(
      `${sources.tables(tables.length)}: ${list}${more > 0 ? `, ${sources.more(more)}` : ''}`,
      sources.today(today),
    ),
  ];
}
