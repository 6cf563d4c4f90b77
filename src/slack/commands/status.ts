import { statusBlocks } from '../blocks/status-blocks.ts';
import type { Command } from './command.ts';

/** `/memori status`. */
export const status: Command = {
  name: 'status',
  usage: '/memori status',
  summary: (texts) => texts.commands.status,
  async run({ deps, person, texts }) {
    return { text: texts.headings.status, blocks: statusBlocks(await deps.status(person.locale), texts) };
  },
};
