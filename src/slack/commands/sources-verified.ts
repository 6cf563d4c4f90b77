import { MemoriError } from '../../core/base/errors.ts';
import type { SavedQuery } from '../../core/verified/saved-queries.ts';
import { context, header, paragraph } from '../blocks/elements.ts';
import { inertMrkdwn } from '../escape.ts';
import type { Command, CommandCall } from './command.ts';

/** The queries saved for this place, over all sources, in the order of the list. */
async function savedHere({ deps, person, place }: CommandCall): Promise<readonly SavedQuery[]> {
  const lists = deps.data.sources().map(({ name }) => deps.data.saved.of(person.team, name, place.channel));
  return (await Promise.all(lists)).flat();
}

const refuseOthers = ({ person }: CommandCall): void => {
  if (!person.admin) throw new MemoriError('not_allowed', 'Only an admin vouches for queries and takes them back.');
};

/** `/memori sources verified`: the queries saved in the chat that apply here. */
export const sourcesVerified: Command = {
  name: 'sources verified',
  usage: '/memori sources verified',
  summary: (texts) => texts.commands.sourcesVerified,
  async run(call) {
    const { deps, texts } = call;
    const saved = await savedHere(call);
    const lines = saved.map(({ channel, query }, at) =>
      texts.vouch.line(at + 1, query.title, query.verified_by, query.verified_at, channel !== undefined),
    );
    const fromFiles = deps.data.sources().reduce((sum, { queries }) => sum + queries.length, 0);
    return {
      text: texts.headings.sources,
      blocks: [
        header(texts.headings.sources),
        paragraph(lines.length === 0 ? texts.vouch.none : lines.join('\n')),
        context(texts.vouch.fromFile(fromFiles)),
      ],
    };
  },
};

/** `/memori sources verified remove <number>`. Admins only. */
export const sourcesVerifiedRemove: Command = {
  name: 'sources verified remove',
  usage: '/memori sources verified remove <number>',
  summary: (texts) => texts.commands.sourcesVerifiedRemove,
  example: () => '/memori sources verified remove 1',
  async run(call) {
    const { argument, deps, person, texts } = call;
    refuseOthers(call);
    const found = (await savedHere(call))[Number(argument) - 1];
    if (found === undefined)
      throw new MemoriError('invalid_input', 'There is no saved query of this number.', {
        details: { message: texts.commands.verifiedHint },
      });
    await deps.data.saved.remove(person.team, found.source, found.query.id);
    return { text: inertMrkdwn(texts.vouch.removed(found.query.title)) };
  },
};

/** `/memori sources verified export`: the saved queries as a file; its JSON is valid YAML. Admins only. */
export const sourcesVerifiedExport: Command = {
  name: 'sources verified export',
  usage: '/memori sources verified export',
  summary: (texts) => texts.commands.sourcesVerifiedExport,
  async run(call) {
    refuseOthers(call);
    const { texts } = call;
    const saved = await savedHere(call);
    if (saved.length === 0) return { text: texts.vouch.none };
    const content = JSON.stringify({ queries: saved.map(({ query }) => query) }, undefined, 2);
    return {
      text: inertMrkdwn(texts.vouch.exported),
      file: { name: 'saved.verified.yaml', content: `${content}\n`, comment: texts.vouch.exported },
    };
  },
};
