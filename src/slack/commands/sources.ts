import { sourcesBlocks } from '../blocks/sources-blocks.ts';
import { sourceViews } from '../views.ts';
import type { Command } from './command.ts';

/** `/memori sources`. */
export const sources: Command = {
  name: 'sources',
  usage: '/memori sources',
  summary: (texts) => texts.commands.sources,
  async run({ deps, texts }) {
    return { text: texts.headings.sources, blocks: sourcesBlocks(await sourceViews(deps), texts) };
  },
};
