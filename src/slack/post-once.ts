import type { AnyBlock } from '@slack/types';
import { patiently } from './call-slack.ts';
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

/**
 * Posts a message for a question and returns its ts. When Slack's answer is lost, it first looks for the message in the
 * thread by its metadata, so that a question is never answered twice.
 */
export async function postOnce(clients: SlackClients, message: Message, question: string): Promise<string> {
  const post = () => postMessage(clients, message, question);
  try {
    return await patiently(post, false);
  } catch (error) {
    if (!isAmbiguous(error)) throw error;
    return (await findPosted(clients, message, question)) ?? (await patiently(post, false));
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
): Promise<string | undefined> {
  const { messages } = await reads.conversations.replies({
    channel,
    ts: thread,
    include_all_metadata: true,
    limit: 200,
  });
  return messages?.find(({ metadata }) => isOf(metadata, question))?.ts;
}

const isOf = (metadata: unknown, question: string): boolean => {
  const { event_type, event_payload } = (metadata ?? {}) as {
    readonly event_type?: unknown;
    readonly event_payload?: { readonly question?: unknown };
  };
  return event_type === metadataType && event_payload?.question === question;
};
