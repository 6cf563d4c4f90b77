import { MemoriError } from '../../core/base/errors.ts';
import { inertMrkdwn } from '../escape.ts';
import type { ListedSource } from '../slack-deps.ts';
import { type Command, type CommandCall, firstWord } from './command.ts';
import { sourcesNamed } from './sources-named.ts';

/** `/memori sources confirm <source>`: a person stands behind its drafted model as it is now. Admins only. */
export const sourcesConfirm: Command = {
  name: 'sources confirm',
  usage: '/memori sources confirm <source>',
  summary: (texts) => texts.commands.sourcesConfirm,
  target: firstWord,
  example: () => '/memori sources confirm shop',
  async run(call) {
    const source = namedIn(call);
    await source.draft.confirm();
    return { text: inertMrkdwn(call.texts.sources.confirmed(source.name)) };
  },
};

/** `/memori sources unconfirm <source>`: takes it back. Admins only. */
export const sourcesUnconfirm: Command = {
  name: 'sources unconfirm',
  usage: '/memori sources unconfirm <source>',
  summary: (texts) => texts.commands.sourcesUnconfirm,
  target: firstWord,
  example: () => '/memori sources unconfirm shop',
  async run(call) {
    const source = namedIn(call);
    const { unconfirmed, notConfirmed } = call.texts.sources;
    const text = (await source.draft.withdraw()) ? unconfirmed(source.name) : notConfirmed(source.name);
    return { text: inertMrkdwn(text) };
  },
};

function namedIn({ argument, deps, person, texts }: CommandCall): ListedSource {
  if (!person.admin) throw new MemoriError('not_allowed', 'Only an admin confirms definitions.');
  if (argument === '') throw new MemoriError('invalid_input', 'A source is needed.');
  const [source] = sourcesNamed(argument, deps, texts);
  return source;
}
