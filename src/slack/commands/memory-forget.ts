import { MemoriError } from '../../core/base/errors.ts';
import type { Person } from '../../core/base/namespace.ts';
import type { Memory } from '../../core/memory/memory.ts';
import { clip, inertMrkdwn } from '../escape.ts';
import { sourceNames } from '../views.ts';
import type { Command } from './command.ts';

/** More than this are worth a word before the work: the store is rewritten without them. */
const many = 5;

/**
 * `/memori memory forget <numbers>`: for good; `all` is everything of the person's own here, and asks first. The Forget
 * buttons run this too, with the memory's id.
 */
export const memoryForget: Command = {
  name: 'memory forget',
  usage: '/memori memory forget <numbers or all>',
  summary: (texts) => texts.commands.memoryForget,
  target: (argument) => (/^[\w:.,\s-]{1,200}$/.test(argument) ? argument : ''),
  example: () => '/memori memory forget 2 5',
  async run({ argument, deps, person, place, texts, progress }) {
    const { memories } = deps;
    const sources = sourceNames(deps);
    if (argument === '')
      throw new MemoriError('invalid_input', 'Which one is missing.', {
        details: { message: texts.commands.forgetHint },
      });
    const [, everything, confirmed] = /^(all|全部)\b\s*(confirm|确认)?$/iu.exec(argument) ?? [];
    const own = everything === undefined ? [] : (await memories.list(person, place, sources)).filter(isOwn(person));
    if (everything !== undefined && own.length === 0) return { text: texts.memory.none };
    if (everything !== undefined && confirmed === undefined)
      return { text: texts.memory.forgetAllQuestion(own.length) };
    const which = everything === undefined ? argument : own.map(({ id }) => id).join(' ');
    const count = which.split(/[\s,，、]+/u).length;
    if (count > many) await progress?.(texts.memory.forgetting(count));
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
