import { MemoriError } from '../../core/errors.ts';
import { inertMrkdwn } from '../escape.ts';
import { sourceNames } from '../views.ts';
import type { Command } from './command.ts';

/** `/memori memory forget <number>`: for good. The Forget buttons run this too, with the memory's id. */
export const memoryForget: Command = {
  name: 'memory forget',
  usage: '/memori memory forget <number>',
  summary: (texts) => texts.commands.memoryForget,
  example: () => '/memori memory forget 2',
  async run({ argument, deps, person, place, texts }) {
    if (argument === '')
      throw new MemoriError('invalid_input', 'Which one is missing.', {
        details: { message: texts.commands.forgetHint },
      });
    const { memory, deleted } = await deps.memories.forget(argument, person, place, sourceNames(deps));
    return { text: texts.memory.forgotten(inertMrkdwn(memory.text), deleted) };
  },
};
