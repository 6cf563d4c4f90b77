import type { App } from '@slack/bolt';
import { sessionId } from '../../core/base/namespace.ts';
import { actionIds } from '../action-ids.ts';
import type { SlackEdge } from '../edge.ts';
import { callerOf } from '../namespaces.ts';
import { onClick } from './click.ts';

/** Stop, on the placeholder and in Slack's own agent view: the asker's own work is aborted and its query cancelled. */
export function listenToStop(app: App, edge: SlackEdge): void {
  const { conversation } = edge.deps;

  onClick(app, edge, actionIds.stop, async ({ person, place, texts, tell, value }) => {
    const [session, asker = ''] = value.split('|');
    if (session !== sessionId(person, place)) return tell(texts.click.elsewhere);
    if (asker !== person.user && !person.admin) return tell(texts.click.notYours);
    if (!(await conversation.stop(session, { team: person.team, user: asker }))) await tell(texts.click.nothingRuns);
  });

  app.event('agent_session_stopped', async ({ event, context }) => {
    const { team } = callerOf(context, event.user, undefined, false);
    await conversation.stop(`${team}:${event.channel}:${event.thread_ts}`, { team, user: event.user });
  });
}
