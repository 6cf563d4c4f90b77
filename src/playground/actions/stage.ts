import type { Ack, Delivery } from '../events/delivery.ts';
import type { PagePerson, Shortcut, SlashCommand } from '../page-api.ts';
import type { Channel } from '../state/cast.ts';
import type { Live } from '../state/live.ts';
import type { StoredMessage } from '../state/messages.ts';
import type { Reads } from '../state/reads.ts';
import { SlackError, type Workspace } from '../workspace.ts';

/** What people's actions need: the workspace, delivery to the app, and what the app offers. */
export type Stage = {
  readonly workspace: Workspace;
  readonly delivery: Delivery;
  readonly live: Live;
  readonly reads: Reads;
  readonly baseUrl: () => string;
  readonly commands: readonly SlashCommand[];
  readonly shortcuts: readonly Shortcut[];
};

/** The acting person. Throws for unknown ids and for the bot, which cannot be acted as. */
export function personOf({ workspace }: Stage, id: string): PagePerson {
  const person = workspace.cast.people.find((one) => one.id === id);
  if (person === undefined) throw new SlackError('user_not_found');
  return person;
}

/** A channel that the person sees. Throws for other people's direct messages as if they did not exist. */
export function channelFor({ workspace }: Stage, person: PagePerson, id: string): Channel {
  const channel = workspace.cast.channel(id);
  if (channel === undefined || !workspace.cast.audience(channel.id).includes(person.id)) {
    throw new SlackError('channel_not_found');
  }
  return channel;
}

/** A message that the person sees. Throws `message_not_found` otherwise. */
export function messageFor(stage: Stage, person: PagePerson, channel: string, ts: string): StoredMessage {
  const stored = stage.workspace.messages.find(channelFor(stage, person, channel).id, ts);
  if (stored === undefined || !stage.workspace.messages.audience(stored).includes(person.id)) {
    throw new SlackError('message_not_found');
  }
  return stored;
}

/** The body of an acknowledgement. Without one in time it throws and tells the person, as in Slack. */
export function requireAck({ live, workspace }: Stage, person: PagePerson, ack: Ack): unknown {
  if (ack.acked) return ack.body;
  const message = `${workspace.cast.bot.real_name} did not respond.`;
  live.publish([person.id], { type: 'failed', error: 'operation_timeout', message });
  throw new SlackError('operation_timeout');
}
