import type { SlackClients } from '../clients.ts';
import { createThrottle } from '../throttle.ts';

/** Reports how far a command has come. */
export type CommandProgress = {
  /** Never throws, because a lost report is not worth a failure. */
  say(text: string): Promise<void>;
  /** Puts the result into the edited message, if there is one. */
  end(text: string): Promise<void>;
};

/** Slack allows about one edit of a message a second. Milliseconds. */
const everyMs = 1_100;

/**
 * Slack does not let an app edit the answer to a command (slackapi/bolt-js #2287). So the first report is an answer of
 * its own, and the others are one message in the direct message with the person, edited as work goes on.
 */
export function createCommandProgress(
  respond: (text: string) => Promise<void>,
  { posting, status }: SlackClients,
  user: string,
): CommandProgress {
  let isFirst = true;
  let message: { readonly channel: string; readonly ts: string } | undefined;

  async function send(text: string): Promise<void> {
    if (message !== undefined) return void (await status.chat.update({ ...message, text }));
    const { channel } = await posting.conversations.open({ users: user });
    const { ts } = await posting.chat.postMessage({ channel: channel?.id ?? user, text });
    if (channel?.id !== undefined && ts !== undefined) message = { channel: channel.id, ts };
  }
  const quietly = (text: string): Promise<void> => send(text).catch(() => undefined);
  const throttle = createThrottle(quietly, everyMs);

  return {
    async say(text) {
      if (!isFirst) return throttle.push(text);
      isFirst = false;
      await respond(text).catch(() => undefined);
    },
    async end(text) {
      await throttle.stop();
      if (message !== undefined) await quietly(text);
    },
  };
}
