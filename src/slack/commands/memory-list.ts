import { memoryListBlocks } from '../blocks/memory-blocks.ts';
import { sourceNames } from '../views.ts';
import type { Command } from './command.ts';

/** `/memori memory list`. */
export const memoryList: Command = {
  name: 'memory list',
  usage: '/memori memory list',
  summary: (texts) => texts.commands.memoryList,
  async run({ deps, person, place, texts }) {
    const memories = await deps.memories.list(person, place, sourceNames(deps));
    return { text: texts.headings.memoryList, blocks: memoryListBlocks(memories, texts) };
  },
};
