import type { AnyBlock } from '@slack/types';
import type { Logger } from '../core/base/logger.ts';
import { pause } from '../core/base/pause.ts';
import { patiently } from './call-slack.ts';
import type { SlackClients } from './clients.ts';
import { latePausesMs } from './late-pauses.ts';
import { findPosted, postOnce } from './post-once.ts';
import { isAmbiguous, slackError } from './slack-error.ts';

/** What a message shows. `text` is mrkdwn, escaped; without blocks it is the whole message. */
export type MessageContent = { readonly text: string; readonly blocks?: AnyBlock[] };

/** The one message of a question. It keeps the writes to it in order. */
export type AnswerMessage = {
  /** Undefined until it is posted. */
  ts(): string | undefined;
  /** Posts the message, or takes over the one of an earlier attempt. */
  open(content: () => MessageContent, earlier: string | undefined): Promise<string>;
  /** Shows an intermediate state. Dropped when Slack refuses it. Never throws. */
  edit(content: MessageContent): Promise<void>;
  /** Shows the final state. */
  finish(content: MessageContent): Promise<void>;
  /** Adds to the finished message. False when Slack refuses; a deleted message is not posted again. */
  amend(content: MessageContent, logger: Logger): Promise<boolean>;
  /**
   * Removes messages that Slack posts late, without further waiting once `closing` is aborted. Undefined when none can
   * come. Never rejects.
   */
  tidy(closing: AbortSignal): Promise<void> | undefined;
};

/** Where the message goes. */
export type MessagePlace = {
  readonly clients: SlackClients;
  readonly channel: string;
  readonly thread: string;
  readonly question: string;
  /** An earlier attempt may have posted messages that were not recorded. */
  readonly isLeftBehind: boolean;
};

const goneMessage = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/**
 * Slack may carry out an edit after we stopped waiting for it. So when the result of an edit is unknown, the answer
 * does not go into that message: the message is deleted, which a late edit cannot undo, and the answer is posted again.
 */
export function createAnswerMessage({ clients, channel, thread, question, isLeftBehind }: MessagePlace): AnswerMessage {
  let ts: string | undefined;
  let gone: string | undefined;
  let isEditLost = false;
  let isPostLost = false;
  const onLost = (): void => {
    isPostLost = true;
  };

  async function post(content: MessageContent): Promise<string> {
    ts = await postOnce(clients, { channel, thread, ...content }, question, { gone, onLost });
    return ts;
  }

  const update = (content: MessageContent) => clients.posting.chat.update({ channel, ts: ts ?? '', ...content });

  /** A message that is already gone, or that Slack refuses to delete, counts as deleted. */
  async function remove(old: string): Promise<void> {
    await patiently(() => clients.posting.chat.delete({ channel, ts: old }), true).catch((error: unknown) => {
      if (isAmbiguous(error)) throw error;
    });
  }

  /** Abandons the current message. If an earlier attempt already posted the answer, that message is used. */
  async function moveOn(content: MessageContent): Promise<void> {
    if (ts !== undefined) await remove(ts);
    gone = ts;
    isEditLost = false;
    ts = isLeftBehind ? await findPosted(clients, { channel, thread }, question, gone) : undefined;
    if (ts === undefined) await post(content);
    else await patiently(() => update(content), true);
  }

  async function removeStrays(closing: AbortSignal): Promise<void> {
    for (const ms of latePausesMs) {
      await pause(ms, closing);
      const stray = await findPosted(clients, { channel, thread }, question, ts).catch(() => undefined);
      if (stray !== undefined) await remove(stray).catch(() => undefined);
    }
  }

  return {
    ts: () => ts,
    async open(content, earlier) {
      ts = earlier;
      return earlier ?? post(content());
    },
    async edit(content) {
      if (ts === undefined || isEditLost) return;
      await clients.status.chat.update({ channel, ts, ...content }).catch((error: unknown) => {
        isEditLost ||= isAmbiguous(error);
      });
    },
    async finish(content) {
      if (ts === undefined || isEditLost) return moveOn(content);
      try {
        await patiently(() => update(content), true);
      } catch (error) {
        if (!goneMessage.has(slackError(error) ?? '')) throw error;
        await moveOn(content);
      }
    },
    async amend(content, logger) {
      try {
        await patiently(() => update(content), true);
        return true;
      } catch (error) {
        logger.warn('Slack refused the picture of a chart in its answer', { question, error: String(error) });
        return goneMessage.has(slackError(error) ?? '');
      }
    },
    tidy: (closing) => (isPostLost || isLeftBehind ? removeStrays(closing) : undefined),
  };
}
