import { limits } from '../limits.ts';
import type { SlackMessage, StoredMessage } from '../state/messages.ts';
import { appendChunk, type Chunk, readChunks, type Stream, streamBlocks, streamText } from '../state/stream.ts';
import { SlackError } from '../workspace.ts';
import { type Arguments, readJson, readText } from './arguments.ts';
import { ownMessage } from './chat.ts';
import { type Call, channelOf, type Methods } from './method.ts';
import { botAuthor, change, post, readBlocks, readMetadata, readThread } from './post.ts';
import { isSessionStatus } from './sessions.ts';

/** docs.slack.dev/reference/methods/chat.startStream, .appendStream, .stopStream */
export const chatStreamMethods: Methods = {
  'chat.startStream'(call) {
    const { workspace, args, clock } = call;
    const channel = channelOf(call);
    if (channel.person === undefined) requireRecipient(args);
    const thread = readThread(args, channel.id, workspace);
    if (channel.person !== undefined && thread.thread_ts === undefined) throw new SlackError('invalid_thread_ts');
    const mode = readText(args, 'task_display_mode') === 'plan' ? 'plan' : 'timeline';
    const stream = readPieces(args).reduce(appendChunk, {
      startedAt: clock.now().getTime(),
      mode,
      parts: [],
    } as Stream);
    const message: SlackMessage = {
      ...botAuthor(workspace),
      channel: channel.id,
      ts: workspace.ids.ts(),
      ...thread,
      ...shownStream(stream),
      streaming_state: 'in_progress',
    };
    post(workspace, { message, stream });
    return { channel: channel.id, ts: message.ts };
  },

  'chat.appendStream'(call) {
    const { stored, stream } = openStream(call);
    const pieces = readPieces(call.args);
    if (pieces.length === 0) throw new SlackError('no_text');
    const next = pieces.reduce(appendChunk, stream);
    call.workspace.messages.replace({ message: { ...stored.message, ...shownStream(next) }, stream: next });
    return { channel: stored.message.channel, ts: stored.message.ts };
  },

  'chat.stopStream'(call) {
    const { workspace, args } = call;
    const { stored, stream } = openStream(call);
    const last = readPieces(args).reduce(appendChunk, stream);
    const { text, blocks } = shownStream(last);
    const message: SlackMessage = {
      ...stored.message,
      text,
      blocks: [...blocks, ...(readBlocks(args, workspace) ?? [])],
      ...readMetadata(args),
      streaming_state: 'completed',
    };
    change(workspace, stored, { message, stream: last });
    setSession(call, message);
    const { channel, ts } = message;
    return { channel, ts, message };
  },
};

/** Outside direct messages Slack requires the person who is answered. */
function requireRecipient(args: Arguments): void {
  if (readText(args, 'recipient_team_id') === undefined) throw new SlackError('missing_recipient_team_id');
  if (readText(args, 'recipient_user_id') === undefined) throw new SlackError('missing_recipient_user_id');
}

/** `markdown_text` and `chunks` of a call, in this order. */
function readPieces(args: Arguments): readonly Chunk[] {
  const text = readText(args, 'markdown_text');
  if (text !== undefined && text.length > limits.message.markdown) throw new SlackError('msg_too_long');
  const given = readJson(args, 'chunks', 'invalid_chunks');
  const chunks = given === undefined || given === null ? [] : readChunks(given);
  if (chunks === undefined) throw new SlackError('invalid_chunks');
  return text === undefined ? chunks : [{ type: 'markdown_text', text }, ...chunks];
}

/** The bot's stream that a call continues. Throws when it has ended, or is older than Slack allows. */
function openStream(call: Call): { readonly stored: StoredMessage; readonly stream: Stream } {
  const stored = ownMessage(call, 'message_not_owned_by_app');
  const { message, stream } = stored;
  if (stream === undefined || message.streaming_state !== 'in_progress') {
    throw new SlackError('message_not_in_streaming_state');
  }
  if (call.clock.now().getTime() - stream.startedAt > call.streamLifetimeMs) {
    call.workspace.messages.replace({ message: { ...message, streaming_state: 'errored' }, stream });
    throw new SlackError('message_not_in_streaming_state');
  }
  return { stored, stream };
}

function shownStream(stream: Stream) {
  return { text: streamText(stream), blocks: streamBlocks(stream) };
}

function setSession({ workspace, args }: Call, { channel, thread_ts }: SlackMessage): void {
  const session = readText(args, 'session_status');
  if (session === undefined || thread_ts === undefined) return;
  if (!isSessionStatus(session)) throw new SlackError('invalid_status');
  workspace.threads.setStatus(channel, thread_ts, { session });
}
