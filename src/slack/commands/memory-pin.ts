import { MemoriError } from '../../core/base/errors.ts';
import { inertMrkdwn } from '../escape.ts';
import { namedMemories } from '../shown-memories.ts';
import { sourceNames } from '../views.ts';
import { type Command, firstWord } from './command.ts';

/** `/memori memory pin <number>`: used in every session. */
export const memoryPin = pinning('pin');

/** `/memori memory unpin <number>`: used only when it fits a question. */
export const memoryUnpin = pinning('unpin');

function pinning(word: 'pin' | 'unpin'): Command {
  return {
    name: `memory ${word}`,
    usage: `/memori memory ${word} <number>`,
    summary: ({ commands }) => (word === 'pin' ? commands.memoryPin : commands.memoryUnpin),
    target: firstWord,
    example: () => `/memori memory ${word} 2`,
    async run({ argument, deps, person, place, texts }) {
      if (argument === '')
        throw new MemoriError('invalid_input', 'Which one is missing.', {
          details: { message: texts.commands.numberHint },
        });
      const viewer = { person, place, dataSources: sourceNames(deps) };
      const which = await namedMemories(argument, { deps, person, place });
      const { text } = await deps.memories.pin(which, word === 'pin', viewer);
      const said = word === 'pin' ? texts.memory.pinnedNow : texts.memory.unpinnedNow;
      return { text: said(inertMrkdwn(text)) };
    },
  };
}
