import type { App, Context, KnownEventFromType } from '@slack/bolt';
import type { SlackEdge } from '../edge.ts';
import { isForSomeoneElse } from '../question-text.ts';
import { ask } from './ask.ts';

/** Subtypes that are ordinary messages of a person; every other one (edits, deletions, joins, hidden ones) is skipped. */
const ordinary = new Set<string | undefined>([undefined, 'file_share', 'thread_broadcast']);

/**
 * What we read of a message event. Its many subtypes share these; `KnownEventFromType` is a union of all of them.
 */
type PersonMessage = {
  readonly user: string;
  readonly text: string;
  readonly ts: string;
  readonly channel: string;
  readonly channel_type: string;
  readonly thread_ts?: string;
  readonly user_team?: string;
};

/** Direct messages, and follow-ups without a mention in threads where the bot has answered. */
export function listenToMessages(app: App, edge: SlackEdge): void {
  app.event('message', async ({ event, body, context }) => {
    const message = personMessage(event, context);
    if (message === undefined) return;
    const { user, user_team, channel, ts, thread_ts, text } = message;
    const shared = body.is_ext_shared_channel === true;
    const mentioned = context.botUserId !== undefined && text.includes(`<@${context.botUserId}`);
    const isDirect = message.channel_type === 'im';
    const isReply = thread_ts !== undefined && thread_ts !== ts;
    if (!isDirect && !mentioned && (!isReply || isForSomeoneElse(text, context.botUserId))) return;
    const thread = thread_ts ?? ts;
    const onlyInOwnThreads = !isDirect && !mentioned;
    await ask(edge, { context, user, userTeam: user_team, shared, channel, ts, thread, text, onlyInOwnThreads });
  });
}

/** The message if a person wrote it just now. Bolt's ignoreSelf does not filter the echo of our own edits: we do. */
function personMessage(event: KnownEventFromType<'message'>, context: Context): PersonMessage | undefined {
  if (!ordinary.has(event.subtype) || 'edited' in event || ('hidden' in event && event.hidden)) return undefined;
  const { user, bot_id, text } = event as { readonly user?: string; readonly bot_id?: string; readonly text?: string };
  if (user === undefined || bot_id !== undefined || user === context.botUserId) return undefined;
  return { ...(event as Omit<PersonMessage, 'text'>), text: text ?? '' };
}
