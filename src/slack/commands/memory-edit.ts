import { MemoriError } from '../../core/base/errors.ts';
import { inertMrkdwn } from '../escape.ts';
import { keepNumber, namedMemories } from '../shown-memories.ts';
import { sourceNames } from '../views.ts';
import { type Command, firstWord } from './command.ts';

/** `/memori memory edit <number> <text>`. The Edit button runs this too, with the memory's id. */
export const memoryEdit: Command = {
  name: 'memory edit',
  usage: '/memori memory edit <number> <text>',
  summary: (texts) => texts.commands.memoryEdit,
  target: firstWord,
  example: (texts) => texts.commands.editExample,
  async run({ argument, deps, person, place, texts }) {
    const [, named = '', text = ''] = /^(\S+)\s+(.+)$/s.exec(argument) ?? [];
    if (text === '')
      throw new MemoriError('invalid_input', 'Which one, or the text, is missing.', {
        details: { message: texts.commands.numberHint },
      });
    const which = await namedMemories(named, { deps, person, place });
    const memory = await deps.memories.edit(which, text, { person, place, dataSources: sourceNames(deps) });
    await keepNumber(which, memory, { deps, person, place });
    return { text: texts.memory.edited(inertMrkdwn(memory.text)) };
  },
};
