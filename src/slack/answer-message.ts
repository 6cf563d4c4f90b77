import type { AnyBlock } from '@slack/types';
import type { Logger } from '../core/base/logger.ts';
import { pause } from '../core/base/pause.ts';
import { patiently } from './call-slack.ts';
import type { SlackClients } from './clients.ts';
import { latePausesMs } from './late-pauses.ts';
import { findPosted, postOnce } from './post-once.ts';
import { isAmbiguous, slackError } from './slack-error.ts';

export type MessageContent = { readonly text: string; readonly blocks?: AnyBlock[] };

/** The one message of a question, and the order of what is written into it. */
export type AnswerMessage = {
  /** Undefined until it is posted. */
  ts(): string | undefined;
  /** Posts it, or takes over the one of an earlier attempt. */
  open(content: () => MessageContent, earlier: string | undefined): Promise<string>;
  /** Writes what the next edit replaces. Dropped when Slack does not take it. Never throws. */
  edit(content: MessageContent): Promise<void>;
  /** Writes what stays. */
  finish(content: MessageContent): Promise<void>;
  /** Writes more into the finished message. False when Slack does not take it; a message that was deleted stays away. */
  amend(content: MessageContent, logger: Logger): Promise<boolean>;
  /** Takes away what Slack carries out late, without more waiting once `closing`. Undefined when nothing can come. Never rejects. */
  tidy(closing: AbortSignal): Promise<void> | undefined;
};

export type MessagePlace = {
  readonly clients: SlackClients;
  readonly channel: string;
  readonly thread: string;
  readonly question: string;
  /** An earlier attempt may have left messages that nobody noted. */
  readonly isLeftBehind: boolean;
};

const goneMessage = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/**
 * Slack may carry out an edit after we have stopped waiting for it. So when it is not known what became of an edit, the
 * answer does not go into that message: it is deleted, which the late edit cannot undo, and the answer is posted.
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

  /** A message that is gone already, or that Slack does not give up, is as good as deleted. */
  async function remove(old: string): Promise<void> {
    await patiently(() => clients.posting.chat.delete({ channel, ts: old }), true).catch((error: unknown) => {
      if (isAmbiguous(error)) throw error;
    });
  }

  /** Gives up the message it had. An earlier attempt may have posted the answer already: then that one is the message. */
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
