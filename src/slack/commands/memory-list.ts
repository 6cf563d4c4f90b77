import { MemoriError } from '../../core/base/errors.ts';
import { header } from '../blocks/elements.ts';
import { memoryListBlocks } from '../blocks/memory-blocks.ts';
import { rememberShown } from '../shown-memories.ts';
import { sourceNames } from '../views.ts';
import type { Command } from './command.ts';

/** `/memori memory list`; with a day, what was known at its end. */
export const memoryList: Command = {
  name: 'memory list',
  usage: '/memori memory list [day]',
  summary: (texts) => texts.commands.memoryList,
  example: () => '/memori memory list 2026-03-31',
  async run({ argument, deps, person, place, texts }) {
    const at = argument === '' ? undefined : endOf(argument, texts.commands.dayHint);
    const memories = await deps.memories.list(person, place, sourceNames(deps), at);
    await rememberShown(memories, { deps, person, place });
    const text = at === undefined ? texts.headings.memoryList : texts.memory.asOf(argument);
    const [, ...listed] = memoryListBlocks(memories, texts);
    return { text, blocks: [header(text), ...listed] };
  },
};

/** The last moment of a day, in UTC. */
function endOf(day: string, hint: string): Date {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T23:59:59.999Z`) : undefined;
  if (date !== undefined && !Number.isNaN(date.getTime())) return date;
  throw new MemoriError('invalid_input', 'That is not a day.', { details: { message: hint } });
}
