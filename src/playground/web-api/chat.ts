import type { SlackMessage, StoredMessage } from '../state/messages.ts';
import { SlackError } from '../workspace.ts';
import { readFlag, readText, requireText } from './arguments.ts';
import { type Call, channelOf, type Methods } from './method.ts';
import { botAuthor, change, post, readContent, readMetadata, readThread } from './post.ts';

/** docs.slack.dev/reference/methods/chat.* (streams are in chat-stream.ts). */
export const chatMethods: Methods = {
  'chat.postMessage'(call) {
    const { workspace, args } = call;
    const message: SlackMessage = {
      ...newMessage(call),
      ...readMetadata(args),
      ...(readFlag(args, 'reply_broadcast') && { subtype: 'thread_broadcast', reply_broadcast: true }),
    };
    post(workspace, { message });
    return { channel: message.channel, ts: message.ts, message: withoutChannel(message) };
  },

  'chat.postEphemeral'(call) {
    const { workspace, args } = call;
    const audience = workspace.cast.audience(channelOf(call).id);
    const person = requireText(args, 'user');
    if (!audience.includes(person)) throw new SlackError('user_not_in_channel');
    const message: SlackMessage = { ...newMessage(call), is_ephemeral: true };
    post(workspace, { message, visibleTo: person });
    return { message_ts: message.ts };
  },

  'chat.update'(call) {
    const { workspace, args } = call;
    const before = ownMessage(call, 'cant_update_message');
    if (before.message.streaming_state === 'in_progress') throw new SlackError('streaming_state_conflict');
    const message = { ...before.message, ...updateContent(call, before.message), ...readMetadata(args) };
    change(workspace, before, { message });
    const { channel, ts, text } = message;
    return { channel, ts, text, message: withoutChannel(message) };
  },

  'chat.delete'(call) {
    const { workspace } = call;
    const before = ownMessage(call, 'cant_delete_message');
    const { channel, ts } = before.message;
    if (before.message.reply_count) workspace.messages.replace({ message: tombstone(before.message) });
    else workspace.messages.remove(channel, ts);
    workspace.events.messageDeleted(before);
    return { channel, ts };
  },

  'chat.getPermalink'(call) {
    const channel = channelOf(call);
    const found = call.workspace.messages.find(channel.id, requireText(call.args, 'message_ts'));
    if (found === undefined || found.visibleTo !== undefined) throw new SlackError('message_not_found');
    const { ts, thread_ts } = found.message;
    const thread = thread_ts === undefined ? '' : `?thread_ts=${thread_ts}&cid=${channel.id}`;
    return {
      channel: channel.id,
      permalink: `${call.baseUrl}/archives/${channel.id}/p${ts.replace('.', '')}${thread}`,
    };
  },
};

/** What the call writes: by the bot, in its channel and thread. */
function newMessage(call: Call): SlackMessage {
  const { workspace, args } = call;
  const channel = channelOf(call).id;
  return {
    ...botAuthor(workspace),
    channel,
    ts: workspace.ids.ts(),
    ...readContent(args, workspace),
    ...readThread(args, channel, workspace),
  };
}

/** The bot's own message that `channel` and `ts` name. Ephemeral ones cannot be reached this way, as in Slack. */
export function ownMessage(call: Call, forbidden: string): StoredMessage {
  const { messages, cast } = call.workspace;
  const found = messages.find(channelOf(call).id, requireText(call.args, 'ts'));
  if (found === undefined || found.visibleTo !== undefined) throw new SlackError('message_not_found');
  if (found.message.user !== cast.bot.id) throw new SlackError(forbidden);
  return found;
}

/** The content of an update. Only a change of the bare text marks it as edited; omitted `blocks` or `text` stay. */
function updateContent({ workspace, args, clock }: Call, before: SlackMessage): Partial<SlackMessage> {
  const content = readContent(args, workspace);
  if (content.blocks !== undefined) {
    return { ...content, text: readText(args, 'text') ?? readText(args, 'markdown_text') ?? before.text };
  }
  const ts = `${Math.floor(clock.now().getTime() / 1000)}.000000`;
  return { ...content, edited: { user: before.user, ts } };
}

/** What remains of a deleted parent with replies. */
function tombstone({ blocks, files, metadata, ...message }: SlackMessage): SlackMessage {
  return { ...message, subtype: 'tombstone', text: 'This message was deleted.', user: 'USLACKBOT' };
}

/** A message as answers show it; the channel is a field of its own. */
function withoutChannel({ channel, ...message }: SlackMessage) {
  return message;
}
