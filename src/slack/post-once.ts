import type { AnyBlock } from '@slack/types';
import { pause } from '../core/base/pause.ts';
import { patiently, pauseOf } from './call-slack.ts';
import type { SlackClients } from './clients.ts';
import { isAmbiguous } from './slack-error.ts';

/** A message to post in a thread. */
export type Message = {
  readonly channel: string;
  readonly thread: string;
  /** mrkdwn, escaped. Always set: notifications show it. */
  readonly text: string;
  readonly blocks?: readonly AnyBlock[];
};

/** `event_type` of the metadata on every message of ours; `event_payload.question` is the question's id. */
export const metadataType = 'memori_answer';

/** What is known of earlier attempts. */
export type PostOptions = {
  /** An earlier message of the question, which does not count. */
  readonly gone?: string | undefined;
  /** Called when an answer of Slack was lost, so that the message may still appear. */
  readonly onLost?: (() => void) | undefined;
};

const attempts = 4;

/**
 * Posts a message for a question and returns its ts. When Slack's answer is lost or unclear, it first looks for the
 * message in the thread by its metadata, so that a question is never answered twice.
 */
export async function postOnce(
  clients: SlackClients,
  message: Message,
  question: string,
  { gone, onLost }: PostOptions = {},
  attempt = 1,
): Promise<string> {
  try {
    return await patiently(() => postMessage(clients, message, question), false);
  } catch (error) {
    if (!isAmbiguous(error) || attempt >= attempts) throw error;
    onLost?.();
    await pause(pauseOf(attempt) * 1000);
    const posted = await findPosted(clients, message, question, gone);
    return posted ?? postOnce(clients, message, question, { gone, onLost }, attempt + 1);
  }
}

async function postMessage({ posting }: SlackClients, message: Message, question: string): Promise<string> {
  const { ts } = await posting.chat.postMessage({
    channel: message.channel,
    thread_ts: message.thread,
    text: message.text,
    ...(message.blocks === undefined ? {} : { blocks: [...message.blocks] }),
    metadata: { event_type: metadataType, event_payload: { question } },
    unfurl_links: false,
    unfurl_media: false,
  });
  if (ts === undefined) throw new Error('Slack posted a message without a ts.');
  return ts;
}

/** Finds the message that was posted for a question by its metadata. */
export async function findPosted(
  { reads }: SlackClients,
  { channel, thread }: Pick<Message, 'channel' | 'thread'>,
  question: string,
  gone?: string,
): Promise<string | undefined> {
  const oldest = question.slice(question.lastIndexOf(':') + 1);
  const since = /^\d+\.\d+$/.test(oldest) ? { oldest } : {};
  const find = { channel, ts: thread, ...since, include_all_metadata: true, limit: 200 };
  const { messages } = await patiently(() => reads.conversations.replies(find), true);
  return messages?.find(({ metadata, ts }) => ts !== gone && isOf(metadata, question))?.ts;
}

const isOf = (metadata: unknown, question: string): boolean => {
  const { event_type, event_payload } = (metadata ?? {}) as {
    readonly event_type?: unknown;
    readonly event_payload?: { readonly question?: unknown };
  };
  return event_type === metadataType && event_payload?.question === question;
};
