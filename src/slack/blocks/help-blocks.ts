import type { KnownBlock } from '@slack/types';
import type { Texts } from '../../core/texts/texts-for.ts';
import { header, pairs, paragraph } from './elements.ts';
import { exampleBlocks } from './example-blocks.ts';

/** Generated from the list of commands, so that none is missing. */
export const helpBlocks = (
  commands: readonly { readonly usage: string; readonly summary: string }[],
  examples: readonly string[],
  texts: Texts,
): KnownBlock[] => [
  header(texts.headings.help),
  paragraph(texts.help.ask),
  ...exampleBlocks(examples.slice(0, 3), texts),
  paragraph(texts.help.teach),
  header(texts.help.commands),
  pairs(commands.map(({ usage, summary }) => [usage, summary])),
];
