import { MemoriError } from '../../core/base/errors.ts';
import type { Command } from './command.ts';

/** `/memori memory settings [auto or conscious] [on or off]`: each person's own. */
export const memorySettings: Command = {
  name: 'memory settings',
  usage: '/memori memory settings [auto or conscious] [on or off]',
  summary: (texts) => texts.commands.memorySettings,
  example: () => '/memori memory settings auto off',
  async run({ argument, deps, person, texts }) {
    const { settings } = deps.memories;
    const now = await settings.get(person.team, person.user);
    if (argument === '') return { text: texts.memory.settings(now.auto, now.conscious) };
    const [, which, value] = /^(auto|conscious)\s+(on|off)$/i.exec(argument) ?? [];
    if (which === undefined)
      throw new MemoriError('invalid_input', 'That is not a setting.', {
        details: { message: texts.commands.settingsHint },
      });
    const next = { ...now, [which.toLowerCase()]: value?.toLowerCase() === 'on' };
    await settings.set(person.team, person.user, next);
    return { text: texts.memory.settings(next.auto, next.conscious) };
  },
};
