import { limits } from '../limits.ts';
import type { Block } from '../page-api.ts';
import type { MessageContent, SlackMessage, StoredMessage } from '../state/messages.ts';
import { withBlockIds } from '../state/views.ts';
import { textLength, validateBlocks } from '../validate-blocks.ts';
import { SlackError, type Workspace } from '../workspace.ts';
import { type Arguments, readJson, readText } from './arguments.ts';

/** The content of a call, checked against Slack's limits. `blocks` is undefined when the call left them out. */
export function readContent(
  args: Arguments,
  workspace: Workspace,
): MessageContent & { readonly attachments?: unknown } {
  const markdown = readText(args, 'markdown_text');
  const blocks = readBlocks(args, workspace);
  const attachments = readJson(args, 'attachments', 'invalid_attachments');
  const text = readText(args, 'text');
  if (markdown !== undefined && (text !== undefined || blocks !== undefined)) {
    throw new SlackError('markdown_text_conflict');
  }
  if (markdown !== undefined) return markdownContent(markdown, workspace);
  if (text === undefined && !blocks?.length && attachments === undefined) throw new SlackError('no_text');
  if (text !== undefined && text.length > limits.message.text) throw new SlackError('msg_too_long');
  return {
    text: text ?? '',
    ...(blocks !== undefined && { blocks }),
    ...(attachments !== undefined && { attachments }),
  };
}

function markdownContent(markdown: string, workspace: Workspace): MessageContent {
  if (markdown.length > limits.message.markdown) throw new SlackError('msg_too_long');
  return { text: markdown, blocks: withBlockIds([{ type: 'markdown', text: markdown }], workspace.ids) };
}

/** The blocks of a call, checked and with ids; undefined when there are none. */
export function readBlocks(args: Arguments, workspace: Workspace): readonly Block[] | undefined {
  const given = readJson(args, 'blocks', 'invalid_blocks_format');
  if (given === undefined || given === null) return undefined;
  const checked = validateBlocks(given, 'message');
  if (!checked.ok) throw new SlackError('invalid_blocks', checked.messages);
  if (textLength(checked.value.filter((block) => !isTable(block))) > limits.message.allBlocksText) {
    throw new SlackError('msg_blocks_too_long');
  }
  return withBlockIds(checked.value, workspace.ids);
}

/** Tables have a limit of their own. */
const isTable = (block: Block) => block.type === 'data_table' || block.type === 'table';

/** Metadata of a call: `{event_type, event_payload}`. */
export function readMetadata(args: Arguments): Pick<SlackMessage, 'metadata'> {
  const given = readJson(args, 'metadata', 'invalid_metadata_format');
  if (given === undefined || given === null) return {};
  const { event_type, event_payload } = given as { event_type?: unknown; event_payload?: unknown };
  if (typeof event_type !== 'string' || typeof event_payload !== 'object' || event_payload === null) {
    throw new SlackError('invalid_metadata_format');
  }
  return { metadata: { event_type, event_payload } };
}

/** The thread of a call; its parent must exist. The `ts` of a reply stands for its thread. */
export function readThread(args: Arguments, channel: string, workspace: Workspace): Pick<SlackMessage, 'thread_ts'> {
  const threadTs = readText(args, 'thread_ts');
  if (threadTs === undefined) return {};
  const parent = workspace.messages.find(channel, threadTs);
  if (parent === undefined || parent.visibleTo !== undefined) throw new SlackError('thread_not_found');
  return { thread_ts: parent.message.thread_ts ?? threadTs };
}

/** The author fields of every message of the bot. */
export function botAuthor({ cast }: Workspace) {
  return {
    type: 'message' as const,
    user: cast.bot.id,
    bot_id: cast.botId,
    app_id: cast.appId,
    team: cast.team.id,
    bot_profile: { id: cast.botId, name: cast.bot.real_name, app_id: cast.appId },
  };
}

/** Adds a message, shares its images, clears the thread's status line, and notifies the app. */
export function post(workspace: Workspace, stored: StoredMessage): void {
  const { message } = stored;
  shareImages(workspace, stored);
  workspace.messages.add(stored);
  if (message.bot_id !== undefined && message.thread_ts !== undefined && stored.visibleTo === undefined) {
    endStatus(workspace, message.channel, message.thread_ts);
  }
  workspace.events.messagePosted(stored);
}

/** Replaces a message. The app is notified of its own changes too, as in Slack. */
export function change(workspace: Workspace, before: StoredMessage, after: StoredMessage): void {
  shareImages(workspace, after);
  workspace.messages.replace(after);
  workspace.events.messageChanged(before, after);
}

/** A message of the app ends "is thinking…". */
function endStatus({ threads }: Workspace, channel: string, threadTs: string): void {
  if (threads.status(channel, threadTs)?.text) threads.setStatus(channel, threadTs, { text: '', loading: [] });
}

/** Everyone who sees a message may load the uploaded images in it. */
function shareImages({ files }: Workspace, { message, visibleTo }: StoredMessage): void {
  const place = visibleTo === undefined ? message.channel : `${message.channel}:${visibleTo}`;
  for (const id of slackFiles(message.blocks)) files.share(id, place);
}

function slackFiles(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(slackFiles);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'slack_file' ? (fileIdOf(item) ?? []) : slackFiles(item),
  );
}

/** The file that `{id}` or `{url}` names. */
export function fileIdOf(reference: unknown): string | undefined {
  const { id, url } = reference as { id?: unknown; url?: unknown };
  if (typeof id === 'string') return id;
  return typeof url === 'string' ? /\/slack\/files\/(F[A-Z0-9]+)/.exec(url)?.[1] : undefined;
}
