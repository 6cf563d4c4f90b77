import type { KnownBlock } from '@slack/types';
import type { Person, Place } from '../../core/base/namespace.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import type { SlackDeps } from '../slack-deps.ts';

/** One use of a command: by whom, where, and with which argument. */
export type CommandCall = {
  /** What follows the command's name, trimmed. */
  readonly argument: string;
  readonly person: Person;
  readonly place: Place;
  readonly texts: Texts;
  readonly deps: SlackDeps;
  /** Reports progress to this person alone; call it as often as there is news. `text` is mrkdwn, escaped. */
  readonly progress?: (text: string) => Promise<void>;
  /** All commands, for help. */
  readonly commands: readonly Command[];
};

/** `text` is mrkdwn, escaped; with `blocks` it is only the notification. */
export type CommandReply = {
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  /** Goes to the direct message with the person who typed the command. */
  readonly file?: { readonly name: string; readonly content: string; readonly comment: string };
};

/** The first word of an argument, which names the command's object. */
export const firstWord = (argument: string): string => /^[\w:.-]{1,80}/.exec(argument)?.[0] ?? '';

/** A `/memori` subcommand. A new one needs a file and a line in `all-commands.ts`; help is generated. */
export type Command = {
  /** One or two words. */
  readonly name: string;
  readonly usage: string;
  readonly summary: (texts: Texts) => string;
  /**
   * Its object for the audit log: an id, a number or a name from the argument. Never free text, because the log
   * outlives forgotten memories.
   */
  readonly target?: (argument: string) => string;
  /** A usable example, shown with usage errors. */
  readonly example?: (texts: Texts) => string;
  /** Expected failures are thrown as `MemoriError`; `invalid_input` is answered with the usage. */
  run(call: CommandCall): Promise<CommandReply>;
};
