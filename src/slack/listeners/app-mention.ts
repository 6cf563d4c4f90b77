import type { App } from '@slack/bolt';
import type { SlackEdge } from '../edge.ts';
import { ask } from './ask.ts';

/** A mention in a channel, at the top or in a thread. */
export function listenToMentions(app: App, edge: SlackEdge): void {
  app.event('app_mention', async ({ event, body, context }) => {
    const { user, user_team, channel, ts, thread_ts, text } = event;
    if (user === undefined || 'edited' in event || event.bot_id !== undefined) return;
    const shared = body.is_ext_shared_channel === true;
    const thread = thread_ts ?? ts;
    const userTeam = user_team;
    await ask(edge, { context, user, userTeam, shared, channel, ts, thread, text, onlyInOwnThreads: false });
  });
}
