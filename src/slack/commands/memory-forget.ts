import { MemoriError } from '../../core/base/errors.ts';
import type { Person } from '../../core/base/namespace.ts';
import { allChosen, refuseForeign } from '../../core/memory/choose-memory.ts';
import type { Memory } from '../../core/memory/memory.ts';
import { forgetBlocks } from '../blocks/memory-blocks.ts';
import { clip, inertMrkdwn } from '../escape.ts';
import { namedMemories } from '../shown-memories.ts';
import { sourceNames } from '../views.ts';
import type { Command } from './command.ts';

/** With more memories than this the person gets a note first, because the store is rewritten without them. */
const many = 5;

/**
 * `/memori memory forget <numbers>` deletes for good; `all` means all of the person's own memories here, and asks
 * first. The Forget buttons run it too, with the memory's id.
 */
export const memoryForget: Command = {
  name: 'memory forget',
  usage: '/memori memory forget <numbers or all>',
  summary: (texts) => texts.commands.memoryForget,
  target: (argument) => (/^[\w:.,\s-]{1,200}$/.test(argument) ? argument.replace(/\s*confirm$/i, '') : ''),
  example: () => '/memori memory forget 2 5',
  async run({ argument, deps, person, place, texts, progress }) {
    const { memories } = deps;
    const sources = sourceNames(deps);
    const [, named = '', confirmed] = /^(.*?)\s*(?:\b(confirm)|(?:确认))?$/isu.exec(argument) ?? [];
    const isConfirmed = confirmed !== undefined || /确认$/.test(argument);
    if (named === '')
      throw new MemoriError('invalid_input', 'Which one is missing.', {
        details: { message: texts.commands.forgetHint },
      });
    const listed = await memories.list(person, place, sources);
    const isAll = /^(all|全部)$/i.test(named);
    const own = listed.filter(isOwn(person));
    if (isAll && own.length === 0) return { text: texts.memory.none };
    const which = isAll ? own.map(({ id }) => id).join(' ') : await namedMemories(named, { deps, person, place });
    const chosen = isAll ? own : allChosen(listed, which);
    for (const memory of chosen) refuseForeign(memory, person);
    if (!isConfirmed)
      return isAll
        ? { text: texts.memory.forgetAllQuestion(own.length) }
        : { text: texts.memory.forgetQuestion(chosen.length, named), blocks: forgetBlocks(chosen, named, texts) };
    if (chosen.length > many) await progress?.(texts.memory.forgetting(chosen.length));
    const forgotten = await memories.forget(which, person, place, sources);
    return { text: texts.memory.forgotten(said(forgotten.memories), forgotten.deleted) };
  },
};

const isOwn =
  ({ user }: Person) =>
  ({ scope, source }: Memory): boolean =>
    source.author === user || (scope.type === 'user' && scope.id === user);

/** What a message has room for. */
const said = (memories: readonly Memory[]): string =>
  clip(memories.map(({ text }) => inertMrkdwn(text)).join('; '), 1000);
