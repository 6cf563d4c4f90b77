import { MemoriError } from '../../core/base/errors.ts';
import { memoryListBlocks } from '../blocks/memory-blocks.ts';
import { rememberShown } from '../shown-memories.ts';
import { sourceNames } from '../views.ts';
import type { Command } from './command.ts';

/** `/memori memory search <words>`. */
export const memorySearch: Command = {
  name: 'memory search',
  usage: '/memori memory search <words>',
  summary: (texts) => texts.commands.memorySearch,
  example: (texts) => texts.commands.searchExample,
  async run({ argument, deps, person, place, texts }) {
    if (argument === '')
      throw new MemoriError('invalid_input', 'There are no words to search.', { details: { message: '' } });
    const found = await deps.memories.search(argument, { person, place, dataSources: sourceNames(deps) });
    await rememberShown(found, { deps, person, place });
    const text = texts.memory.found(found.length);
    return found.length === 0 ? { text } : { text, blocks: memoryListBlocks(found, texts).slice(1) };
  },
};
