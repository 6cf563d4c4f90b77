import { helpBlocks } from '../blocks/help-blocks.ts';
import type { Command } from './command.ts';

/** `/memori help`, and what an empty `/memori` shows. */
export const help: Command = {
  name: 'help',
  usage: '/memori help',
  summary: (texts) => texts.commands.help,
  async run({ commands, deps, person, texts }) {
    const lines = commands.map(({ usage, summary }) => ({ usage, summary: summary(texts) }));
    return { text: texts.headings.help, blocks: helpBlocks(lines, deps.data.examples(person.locale), texts) };
  },
};
