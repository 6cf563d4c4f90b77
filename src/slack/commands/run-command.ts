import { isMemoriError } from '../../core/base/errors.ts';
import { errorTextsFor } from '../../core/texts/texts-for.ts';
import { context, paragraph } from '../blocks/elements.ts';
import { inertMrkdwn } from '../escape.ts';
import { withAudit } from '../with-audit.ts';
import { allCommands } from './all-commands.ts';
import type { Command, CommandCall, CommandReply } from './command.ts';
import { findCommand } from './find-command.ts';

/** Who runs a command, and where. */
export type CommandCaller = Omit<CommandCall, 'argument' | 'commands'>;

/**
 * Runs the text typed after `/memori`, with an audit entry. Invalid input is answered with the correct usage; bugs are
 * thrown.
 */
export async function runCommand(text: string, caller: CommandCaller): Promise<CommandReply> {
  const { person, texts } = caller;
  if (person.external) return { text: texts.click.external };
  const found = findCommand(text, allCommands);
  if (found.command === undefined) return unknownCommand(text, found.meant, caller);
  const { command, argument } = found;
  try {
    return await runAudited(command, argument, caller);
  } catch (error) {
    if (!isMemoriError(error)) throw error;
    const message = errorTextsFor(person.locale)[error.code]({ message: error.message, ...error.details });
    return error.code === 'invalid_input' ? usageReply(command, message, caller) : { text: inertMrkdwn(message) };
  }
}

/** Runs one command with an audit entry. Throws what the command throws. */
export const runAudited = (command: Command, argument: string, caller: CommandCaller): Promise<CommandReply> => {
  const { deps, person, place } = caller;
  const entry = {
    team: person.team,
    user: person.user,
    channel: place.channel,
    action: `command ${command.name}`,
    target: command.target?.(argument) ?? '',
  };
  return withAudit(deps.ops, entry, () => command.run({ ...caller, argument, commands: allCommands }));
};

function usageReply(command: Command, message: string, { texts }: CommandCaller): CommandReply {
  const example = command.example?.(texts);
  const lines = [
    texts.commands.usage(command.usage),
    ...(example === undefined ? [] : [texts.commands.example(example)]),
  ];
  const blocks = [...(message.trim() === '' ? [] : [paragraph(message)]), context(...lines)];
  return { text: texts.commands.usage(command.usage), blocks };
}

function unknownCommand(text: string, meant: Command | undefined, { texts }: CommandCaller): CommandReply {
  const { commands } = texts;
  const sorry = commands.unknown(text.trim());
  const hint = meant === undefined ? commands.questionHint : commands.didYouMean(meant.name);
  const usages = allCommands.map(({ usage }) => usage).join('\n');
  return {
    text: inertMrkdwn(`${sorry} ${hint}`),
    blocks: [paragraph(`${sorry}\n${hint}`), paragraph(meant === undefined ? usages : meant.usage)],
  };
}
