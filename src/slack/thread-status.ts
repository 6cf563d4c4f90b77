import type { Place } from '../core/base/namespace.ts';
import { ifSupported } from './call-slack.ts';
import type { SlackClients } from './clients.ts';
import { clip } from './escape.ts';
import { slackLimits } from './limits.ts';

/**
 * The status line under the message field, after the bot's name: "Memori is writing SQL…". An empty text clears it.
 * Never throws.
 */
export const setStatus = (clients: SlackClients, { channel, thread }: Place, text: string): Promise<boolean> =>
  ifSupported(clients, 'assistant.threads.setStatus', () =>
    clients.status.assistant.threads.setStatus({
      channel_id: channel,
      thread_ts: thread,
      status: clip(text, slackLimits.statusText),
    }),
  );

/** `processing` makes Slack show its own Stop button. Returns whether Slack accepted it; never throws. */
export const setSession = (
  clients: SlackClients,
  { channel, thread }: Place,
  status: 'processing' | 'active',
): Promise<boolean> =>
  ifSupported(clients, 'agents.sessions.setStatus', () =>
    clients.status.agents.sessions.setStatus({ channel_id: channel, thread_ts: thread, status }),
  );
