import { withAbsoluteFiles } from '../events/events.ts';
import { interactionBase } from '../events/payloads.ts';
import type { OpenHome, RunShortcut, StopSession } from '../page-api.ts';
import { SlackError } from '../workspace.ts';
import { channelFor, messageFor, personOf, requireAck, type Stage } from './stage.ts';

/** A person runs a shortcut from the global menu or on a message. */
export async function shortcut(stage: Stage, request: RunShortcut): Promise<void> {
  const person = personOf(stage, request.as);
  const type = request.message === undefined ? 'global' : 'message';
  if (!stage.shortcuts.some((one) => one.callback_id === request.callback_id && one.type === type)) {
    throw new SlackError('unknown_shortcut');
  }
  const { cast, ids, tickets } = stage.workspace;
  const ack = await stage.delivery.send({
    type: type === 'global' ? 'shortcut' : 'message_action',
    ...interactionBase(cast, person.id),
    callback_id: request.callback_id,
    trigger_id: tickets.trigger(person.id),
    action_ts: ids.ts(),
    ...(request.message !== undefined && onMessage(stage, request.as, request.message)),
  });
  requireAck(stage, person, ack);
}

function onMessage(stage: Stage, as: string, { channel: id, ts }: { readonly channel: string; readonly ts: string }) {
  const person = personOf(stage, as);
  const { message } = messageFor(stage, person, id, ts);
  const channel = channelFor(stage, person, id);
  const target = { channel: channel.id, person: person.id, threadTs: message.thread_ts, messageTs: ts };
  return {
    channel: { id: channel.id, name: channel.person === undefined ? channel.name : 'directmessage' },
    message: withAbsoluteFiles(message, stage.baseUrl()),
    message_ts: ts,
    response_url: `${stage.baseUrl()}/slack/response/${stage.workspace.tickets.response(target)}`,
  };
}

/** A person opens the app's Home, or the direct message with it. */
export function openHome(stage: Stage, { as, tab }: OpenHome): void {
  const person = personOf(stage, as);
  const { cast, events, views } = stage.workspace;
  const channel = cast.channel(person.id);
  if (channel === undefined) throw new SlackError('channel_not_found');
  events.homeOpened(person.id, channel.id, tab, views.home(person.id));
}

/** A person presses Stop: Slack ends the streams of the thread and tells the app. */
export function stopSession(stage: Stage, { as, channel: id, thread_ts }: StopSession): void {
  const person = personOf(stage, as);
  const channel = channelFor(stage, person, id).id;
  const { messages, events } = stage.workspace;
  const streams = messages
    .replies(channel, thread_ts)
    .filter(({ message }) => message.streaming_state === 'in_progress');
  for (const stored of streams) {
    messages.replace({ ...stored, message: { ...stored.message, streaming_state: 'completed' } });
  }
  const stopped = streams.map(({ message }) => message.ts);
  events.sessionStopped(person.id, channel, thread_ts, stopped);
}
