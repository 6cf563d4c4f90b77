import type { Reaction } from '../page-api.ts';
import type { StoredMessage } from '../state/messages.ts';
import { SlackError } from '../workspace.ts';
import { requireText } from './arguments.ts';
import { type Call, channelOf, type Methods } from './method.ts';

/** docs.slack.dev/reference/methods/reactions.* */
export const reactionMethods: Methods = {
  'reactions.add'(call) {
    const { stored, name, others, users } = read(call);
    const me = call.workspace.cast.bot.id;
    if (users.includes(me)) throw new SlackError('already_reacted');
    put(call, stored, [...others, { name, users: [...users, me], count: users.length + 1 }]);
    return {};
  },

  'reactions.remove'(call) {
    const { stored, name, others, users } = read(call);
    const me = call.workspace.cast.bot.id;
    if (!users.includes(me)) throw new SlackError('no_reaction');
    const left = users.filter((user) => user !== me);
    put(call, stored, left.length === 0 ? others : [...others, { name, users: left, count: left.length }]);
    return {};
  },
};

function read(call: Call) {
  const name = requireText(call.args, 'name').replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackError('invalid_name');
  const stored = call.workspace.messages.find(channelOf(call).id, requireText(call.args, 'timestamp'));
  if (stored === undefined || stored.visibleTo !== undefined) throw new SlackError('message_not_found');
  const all = stored.message.reactions ?? [];
  const others = all.filter((reaction) => reaction.name !== name);
  return { stored, name, others, users: all.find((reaction) => reaction.name === name)?.users ?? [] };
}

function put({ workspace }: Call, stored: StoredMessage, reactions: readonly Reaction[]): void {
  workspace.messages.replace({ ...stored, message: { ...stored.message, reactions } });
}
