import type { Place } from '../core/base/namespace.ts';
import { ifSupported, patiently, type Taken } from './call-slack.ts';
import type { SlackClients } from './clients.ts';
import { clip } from './escape.ts';
import { slackLimits } from './limits.ts';

type Thread = Pick<Place, 'channel' | 'thread'>;

/** The status line under the message field, after the bot's name: "Memori is writing SQL…". Never throws. */
export const setStatus = (clients: SlackClients, thread: Thread, text: string): Promise<Taken> =>
  ifSupported(clients, 'assistant.threads.setStatus', () => callStatus(clients, thread, text));

/** Makes Slack show its own Stop button. Never throws. */
export const setProcessing = (clients: SlackClients, thread: Thread): Promise<Taken> =>
  ifSupported(clients, 'agents.sessions.setStatus', () => callSession(clients, thread, 'processing'));

/** Removes both, with retries, because otherwise they would stay for good. Never throws. */
export async function clearStatus(clients: SlackClients, thread: Thread): Promise<void> {
  await Promise.all([
    ifSupported(clients, 'assistant.threads.setStatus', () => patiently(() => callStatus(clients, thread, ''), true)),
    ifSupported(clients, 'agents.sessions.setStatus', () =>
      patiently(() => callSession(clients, thread, 'active'), true),
    ),
  ]);
}

const callStatus = ({ status }: SlackClients, { channel, thread }: Thread, text: string) =>
  status.assistant.threads.setStatus({
    channel_id: channel,
    thread_ts: thread,
    status: clip(text, slackLimits.statusText),
  });

const callSession = ({ status }: SlackClients, { channel, thread }: Thread, state: 'processing' | 'active') =>
  status.agents.sessions.setStatus({ channel_id: channel, thread_ts: thread, status: state });
