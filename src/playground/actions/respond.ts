import type { SlackMessage, StoredMessage } from '../state/messages.ts';
import type { ResponseTarget } from '../state/tickets.ts';
import { type Arguments, readFlag } from '../web-api/arguments.ts';
import { botAuthor, change, post, readContent } from '../web-api/post.ts';
import { SlackError, type Workspace } from '../workspace.ts';

/**
 * Handles what an app posts to a response_url or acknowledges a command with: a new message (ephemeral unless
 * `response_type: in_channel`), or the original replaced or deleted.
 */
export function respond(workspace: Workspace, target: ResponseTarget, args: Arguments): void {
  const original =
    target.messageTs === undefined ? undefined : workspace.messages.find(target.channel, target.messageTs);
  if (readFlag(args, 'delete_original')) {
    if (original !== undefined) workspace.messages.remove(target.channel, original.message.ts);
    return;
  }
  const { text, blocks } = readContent(args, workspace);
  const content = { text, ...(blocks !== undefined && { blocks }) };
  if (readFlag(args, 'replace_original') && original !== undefined) {
    if (original.message.user !== workspace.cast.bot.id) throw new SlackError('cant_update_message');
    const { blocks: old, edited, ...kept } = original.message;
    change(workspace, original, { ...original, message: { ...kept, ...content } });
    return;
  }
  post(workspace, newMessage(workspace, target, content, args));
}

function newMessage(
  workspace: Workspace,
  { channel, person, threadTs }: ResponseTarget,
  content: Pick<SlackMessage, 'text' | 'blocks'>,
  args: Arguments,
): StoredMessage {
  const given = typeof args.thread_ts === 'string' ? args.thread_ts : threadTs;
  const thread = given === undefined ? {} : { thread_ts: given };
  const message: SlackMessage = {
    ...botAuthor(workspace),
    channel,
    ts: workspace.ids.ts(),
    ...content,
    ...thread,
  };
  if (args.response_type === 'in_channel') return { message };
  return { message: { ...message, is_ephemeral: true }, visibleTo: person };
}
