import { withAbsoluteFiles } from '../events/events.ts';
import type { Channel } from '../state/cast.ts';
import { type SlackMessage, type StoredMessage, threadOf } from '../state/messages.ts';
import { SlackError } from '../workspace.ts';
import { readFlag, readLimit, readText, requireText } from './arguments.ts';
import { type Answer, type Call, channelOf, type Methods } from './method.ts';

/** docs.slack.dev/reference/methods/conversations.* */
export const conversationMethods: Methods = {
  'conversations.info': (call) => ({ channel: describe(call, channelOf(call)) }),

  'conversations.list'(call) {
    const types = (readText(call.args, 'types') ?? 'public_channel').split(',');
    const channels = call.workspace.cast.channels.filter((channel) =>
      types.includes(channel.person === undefined ? 'public_channel' : 'im'),
    );
    return paginate(call, 'channels', channels, 100, (channel) => describe(call, channel));
  },

  'conversations.members'(call) {
    const { cast } = call.workspace;
    const members = [...cast.audience(channelOf(call).id), cast.bot.id];
    return paginate(call, 'members', members, 100, (id) => id);
  },

  'conversations.open'(call) {
    const { args, workspace } = call;
    const reference = readText(args, 'channel') ?? requireText(args, 'users');
    if (reference.includes(',')) throw new SlackError('not_supported');
    const channel = workspace.cast.channel(reference);
    if (channel?.person === undefined) throw new SlackError('user_not_found');
    return { no_op: true, already_open: true, channel: { id: channel.id } };
  },

  'conversations.history'(call) {
    const messages = call.workspace.messages
      .inChannel(channelOf(call).id)
      .filter(({ message }) => threadOf(message) === undefined || message.reply_broadcast === true);
    return paginate(call, 'messages', selectRange(call, messages).reverse(), 100, (stored) =>
      withMetadata(call, stored),
    );
  },

  'conversations.replies'(call) {
    const channel = channelOf(call).id;
    const { messages } = call.workspace;
    const found = messages.find(channel, requireText(call.args, 'ts'));
    if (found === undefined || found.visibleTo !== undefined) throw new SlackError('thread_not_found');
    const parent = messages.find(channel, found.message.thread_ts ?? found.message.ts) ?? found;
    const replies = selectRange(call, messages.replies(channel, parent.message.ts));
    return paginate(call, 'messages', [parent, ...replies], 1000, (stored) => withMetadata(call, stored));
  },
};

/** Messages between `oldest` and `latest`, without ephemeral ones. */
function selectRange({ args }: Call, messages: readonly StoredMessage[]): StoredMessage[] {
  const oldest = Number(args.oldest ?? 0);
  const latest = Number(args.latest ?? Number.POSITIVE_INFINITY);
  const inclusive = readFlag(args, 'inclusive');
  return messages.filter(({ message, visibleTo }) => {
    const ts = Number(message.ts);
    return visibleTo === undefined && (inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest);
  });
}

/** Metadata is shown only on request. */
function withMetadata({ args, baseUrl }: Call, { message }: StoredMessage) {
  const { channel, metadata, ...rest }: SlackMessage = withAbsoluteFiles(message, baseUrl);
  return { ...rest, ...(readFlag(args, 'include_all_metadata') && metadata !== undefined && { metadata }) };
}

/** A page of results; the cursor is the place of the next one. */
export function paginate<T>(
  call: Call,
  name: string,
  all: readonly T[],
  size: number,
  show: (item: T) => unknown,
): Answer {
  const start = Number(Buffer.from(readText(call.args, 'cursor') ?? '', 'base64').toString() || 0);
  if (!Number.isInteger(start) || start < 0) throw new SlackError('invalid_cursor');
  const end = start + readLimit(call.args, size, 1000);
  const more = end < all.length;
  const next_cursor = more ? Buffer.from(String(end)).toString('base64') : '';
  return { [name]: all.slice(start, end).map(show), has_more: more, response_metadata: { next_cursor } };
}

function describe({ workspace }: Call, channel: Channel): Answer {
  const { cast } = workspace;
  const common = { id: channel.id, created: 1_767_225_600, context_team_id: cast.team.id, is_archived: false };
  if (channel.person !== undefined) return { ...common, is_im: true, user: channel.person, is_open: true };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_general: channel.name === 'general',
    is_member: true,
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    num_members: cast.audience(channel.id).length + 1,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.topic, creator: '', last_set: 0 },
  };
}
