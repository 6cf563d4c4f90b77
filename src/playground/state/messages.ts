import type { Block, PageFile, PageMessage } from '../page-api.ts';
import type { Cast } from './cast.ts';
import type { Live } from './live.ts';
import type { Saves } from './saves.ts';
import type { Stream } from './stream.ts';

/** A message with the fields that the page does not need. */
export type SlackMessage = PageMessage & {
  readonly team?: string;
  readonly app_id?: string;
  readonly client_msg_id?: string;
  readonly parent_user_id?: string;
  readonly bot_profile?: { readonly id: string; readonly name: string; readonly app_id: string };
  readonly metadata?: { readonly event_type: string; readonly event_payload: unknown };
  readonly attachments?: unknown;
};

/** A message with what Slack keeps about it. */
export type StoredMessage = {
  readonly message: SlackMessage;
  /** The only person who sees an ephemeral message. */
  readonly visibleTo?: string;
  /** Set while and after it is streamed. */
  readonly stream?: Stream;
};

/** What is posted: the store adds nothing but the reply counts of the parent. */
export type MessageContent = {
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly files?: readonly PageFile[];
};

/** All messages of the workspace. */
export type Messages = {
  load(stored: StoredMessage): void;
  add(stored: StoredMessage): void;
  /** Replaces a message that exists. */
  replace(stored: StoredMessage): void;
  remove(channel: string, ts: string): void;
  find(channel: string, ts: string): StoredMessage | undefined;
  /** Oldest first, replies and everybody's ephemeral messages included. */
  inChannel(channel: string): readonly StoredMessage[];
  /** Oldest first, ephemeral ones included, without the parent. */
  replies(channel: string, threadTs: string): readonly StoredMessage[];
  /** The people who see a message. */
  audience(stored: StoredMessage): readonly string[];
  clear(): void;
};

/** The `ts` of the thread's parent when the message is a reply. */
export function threadOf(message: PageMessage): string | undefined {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts ? message.thread_ts : undefined;
}

/** Changes are saved behind, and announced to the pages that may see them. */
export function createMessages({ cast, saves, live }: { cast: Cast; saves: Saves; live: Live }): Messages {
  const channels = new Map<string, Map<string, StoredMessage>>();
  const of = (channel: string) => {
    const existing = channels.get(channel) ?? new Map<string, StoredMessage>();
    channels.set(channel, existing);
    return existing;
  };
  const documentId = ({ channel, ts }: { channel: string; ts: string }) => `message/${channel}/${ts}`;
  const audience = (stored: StoredMessage) =>
    stored.visibleTo === undefined ? cast.audience(stored.message.channel) : [stored.visibleTo];

  function keep(stored: StoredMessage): void {
    of(stored.message.channel).set(stored.message.ts, stored);
    saves.put(documentId(stored.message), stored);
  }

  function replace(stored: StoredMessage): void {
    keep(stored);
    live.publish(audience(stored), { type: 'message_changed', message: stored.message });
  }

  function replies(channel: string, threadTs: string): readonly StoredMessage[] {
    return [...of(channel).values()].filter(({ message }) => threadOf(message) === threadTs);
  }

  /** Brings the parent's reply counts up to date. */
  function countReplies(reply: StoredMessage): void {
    const thread = threadOf(reply.message);
    const parent = thread === undefined ? undefined : of(reply.message.channel).get(thread);
    if (parent === undefined || reply.visibleTo !== undefined) return;
    const seen = replies(parent.message.channel, parent.message.ts).filter((one) => one.visibleTo === undefined);
    const last = seen.at(-1)?.message.ts;
    replace({
      ...parent,
      message: {
        ...parent.message,
        thread_ts: parent.message.ts,
        reply_count: seen.length,
        reply_users: [...new Set(seen.map((one) => one.message.user))],
        ...(last !== undefined && { latest_reply: last }),
      },
    });
  }

  return {
    load: (stored) => of(stored.message.channel).set(stored.message.ts, stored),
    add(stored) {
      keep(stored);
      live.publish(audience(stored), { type: 'message_added', message: stored.message });
      countReplies(stored);
    },
    replace,
    remove(channel, ts) {
      const stored = of(channel).get(ts);
      if (stored === undefined) return;
      of(channel).delete(ts);
      saves.delete(documentId(stored.message));
      live.publish(audience(stored), { type: 'message_deleted', channel, ts });
      countReplies(stored);
    },
    find: (channel, ts) => of(channel).get(ts),
    inChannel: (channel) => [...of(channel).values()],
    replies,
    audience,
    clear: () => channels.clear(),
  };
}
