import type { Clock } from '../../core/base/clock.ts';
import type { Cast } from '../state/cast.ts';
import type { Ids } from '../state/ids.ts';
import type { SlackMessage, StoredMessage } from '../state/messages.ts';
import type { StoredView } from '../state/views.ts';
import type { Delivery } from './delivery.ts';
import { viewPayload } from './payloads.ts';

/** What Slack's Events API tells the app. Shapes: docs.slack.dev/reference/events. */
export type Events = {
  /** `message`, and also `app_mention` when the bot is mentioned in a channel. Not for ephemeral messages. */
  messagePosted(stored: StoredMessage): void;
  messageChanged(before: StoredMessage, after: StoredMessage): void;
  messageDeleted(before: StoredMessage): void;
  homeOpened(person: string, channel: string, tab: 'home' | 'messages', home: StoredView | undefined): void;
  sessionStopped(person: string, channel: string, threadTs: string, streams: readonly string[]): void;
};

type Event = Readonly<Record<string, unknown>>;
type Parts = { cast: Cast; ids: Ids; clock: Clock; delivery: Delivery; baseUrl: () => string };

/** `baseUrl`: where the local Slack is reached, for the addresses of files. */
export function createEvents({ cast, ids, clock, delivery, baseUrl }: Parts): Events {
  function send(event: Event): void {
    delivery.sendEvent({
      token: 'playground-verification',
      team_id: cast.team.id,
      context_team_id: cast.team.id,
      context_enterprise_id: null,
      api_app_id: cast.appId,
      event,
      type: 'event_callback',
      event_id: ids.id('Ev'),
      event_time: Math.floor(clock.now().getTime() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: cast.team.id,
          user_id: cast.bot.id,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: ids.id('4-'),
    });
  }

  const channelType = (channel: string) => (cast.channel(channel)?.person === undefined ? 'channel' : 'im');
  /** Metadata has events of its own, for apps that subscribe to it. */
  const shown = ({ metadata, ...message }: SlackMessage) => withAbsoluteFiles(message, baseUrl());

  function messagePosted({ message, visibleTo }: StoredMessage): void {
    if (visibleTo !== undefined) return;
    const event = { ...shown(message), event_ts: message.ts };
    send({ ...event, channel_type: channelType(message.channel) });
    const mentioned = message.text.includes(`<@${cast.bot.id}>`) && message.user !== cast.bot.id;
    if (mentioned && channelType(message.channel) === 'channel') send({ ...event, type: 'app_mention' });
  }

  function hidden(subtype: string, channel: string, fields: Event): void {
    const ts = ids.ts();
    send({
      type: 'message',
      subtype,
      hidden: true,
      channel,
      channel_type: channelType(channel),
      ts,
      event_ts: ts,
      ...fields,
    });
  }

  return {
    messagePosted,
    messageChanged(before, after) {
      if (after.visibleTo !== undefined) return;
      hidden('message_changed', after.message.channel, {
        message: shown(after.message),
        previous_message: shown(before.message),
      });
    },
    messageDeleted(before) {
      if (before.visibleTo !== undefined) return;
      hidden('message_deleted', before.message.channel, {
        deleted_ts: before.message.ts,
        previous_message: shown(before.message),
      });
    },
    homeOpened(user, channel, tab, home) {
      const view = tab === 'home' && home !== undefined ? { view: viewPayload(home, cast) } : {};
      send({ type: 'app_home_opened', user, channel, tab, ...view, event_ts: ids.ts() });
    },
    sessionStopped(user, channel, thread_ts, streaming_message_ts) {
      send({ type: 'agent_session_stopped', channel, user, thread_ts, streaming_message_ts, event_ts: ids.ts() });
    },
  };
}

/** Apps get absolute addresses of files. The page gets paths, because it may be on another port after a restart. */
export function withAbsoluteFiles<T extends SlackMessage>(message: T, baseUrl: string): T {
  if (message.files === undefined) return message;
  const files = message.files.map((file) => ({
    ...file,
    url_private: baseUrl + file.url_private,
    url_private_download: baseUrl + file.url_private_download,
  }));
  return { ...message, files };
}
