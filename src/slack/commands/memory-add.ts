import { MemoriError } from '../../core/base/errors.ts';
import type { Taught } from '../../core/memory/memories.ts';
import { inertMrkdwn } from '../escape.ts';
import type { Command } from './command.ts';

const asFact = (text: string): Taught => ({ kind: 'fact', text, term: undefined, meaning: undefined });

/** `/memori memory add <text>`: "by X we mean Y" becomes a definition, anything else a fact. */
export const memoryAdd: Command = {
  name: 'memory add',
  usage: '/memori memory add <text>',
  summary: (texts) => texts.commands.memoryAdd,
  example: (texts) => texts.commands.addExample,
  async run({ argument, deps, person, place, texts }) {
    if (argument === '')
      throw new MemoriError('invalid_input', 'There is nothing to remember.', { details: { message: '' } });
    const { memories, ops } = deps;
    const ts = (ops.clock.now().getTime() / 1000).toFixed(6);
    const memory = await memories.teach(memories.detect(argument) ?? asFact(argument), person, place, ts);
    return { text: texts.memory.added(inertMrkdwn(memory.text), texts.memory.scopes[memory.scope.type]) };
  },
};
