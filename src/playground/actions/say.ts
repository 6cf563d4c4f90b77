import { randomUUID } from 'node:crypto';
import { limits } from '../limits.ts';
import type { SendMessage, Sent } from '../page-api.ts';
import { compose } from '../state/compose.ts';
import type { SlackMessage } from '../state/messages.ts';
import { post } from '../web-api/post.ts';
import { SlackError } from '../workspace.ts';
import { channelFor, messageFor, personOf, type Stage } from './stage.ts';

/** A person sends a message. The app gets the event in the background. */
export function say(stage: Stage, { as, channel: channelId, text: typed, thread_ts }: SendMessage): Sent {
  const { workspace, reads } = stage;
  const person = personOf(stage, as);
  const channel = channelFor(stage, person, channelId);
  if (typed.trim() === '') throw new SlackError('no_text');
  const { text, blocks } = compose(typed.trim(), workspace.cast);
  if (text.length > limits.message.text) throw new SlackError('msg_too_long');
  const parent = thread_ts === undefined ? undefined : messageFor(stage, person, channel.id, thread_ts).message;
  const message: SlackMessage = {
    type: 'message',
    channel: channel.id,
    user: person.id,
    ts: workspace.ids.ts(),
    client_msg_id: randomUUID(),
    team: workspace.cast.team.id,
    text,
    blocks,
    ...(parent !== undefined && { thread_ts: parent.thread_ts ?? parent.ts, parent_user_id: parent.user }),
  };
  post(workspace, { message });
  reads.mark(person.id, channel.id, message.ts);
  return { ts: message.ts };
}
