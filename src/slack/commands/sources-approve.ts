import { MemoriError } from '../../core/base/errors.ts';
import { inertMrkdwn } from '../escape.ts';
import type { ListedSource } from '../slack-deps.ts';
import type { Command, CommandCall } from './command.ts';
import { sourcesNamed } from './sources-named.ts';

/** A schema that is not kept yet is read. Milliseconds. */
const patienceMs = 20_000;

/** `/memori sources approve <source> <schema.function>`: lets the guard accept a function of the database's own. Admins only. */
export const sourcesApprove: Command = {
  name: 'sources approve',
  usage: '/memori sources approve <source> <schema.function>',
  summary: (texts) => texts.commands.sourcesApprove,
  example: () => '/memori sources approve shop public.tax_rate',
  async run(call) {
    const { source, name } = namedIn(call);
    await source.approve(name, AbortSignal.timeout(patienceMs));
    return { text: inertMrkdwn(call.texts.sources.approved(name, source.name)) };
  },
};

/** `/memori sources revoke <source> <schema.function>`: takes it back. Admins only. */
export const sourcesRevoke: Command = {
  name: 'sources revoke',
  usage: '/memori sources revoke <source> <schema.function>',
  summary: (texts) => texts.commands.sourcesRevoke,
  example: () => '/memori sources revoke shop public.tax_rate',
  async run(call) {
    const { source, name } = namedIn(call);
    const { revoked, notApproved } = call.texts.sources;
    const text = (await source.revoke(name)) ? revoked(name, source.name) : notApproved(name, source.name);
    return { text: inertMrkdwn(text) };
  },
};

function namedIn({ argument, deps, person, texts }: CommandCall): {
  readonly source: ListedSource;
  readonly name: string;
} {
  if (!person.admin) throw new MemoriError('not_allowed', 'Only an admin approves functions.');
  const [wanted = '', name = '', ...rest] = argument.split(/\s+/u);
  if (name === '' || rest.length > 0) throw new MemoriError('invalid_input', 'A source and a function are needed.');
  const [source] = sourcesNamed(wanted, deps, texts);
  return { source, name: name.replace(/\(.*\)$/, '').toLowerCase() };
}
