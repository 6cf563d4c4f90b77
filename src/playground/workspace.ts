import type { Events } from './events/events.ts';
import type { Cast } from './state/cast.ts';
import type { Files } from './state/files.ts';
import type { Ids } from './state/ids.ts';
import type { Messages } from './state/messages.ts';
import type { Threads } from './state/threads.ts';
import type { Tickets } from './state/tickets.ts';
import type { Views } from './state/views.ts';

/** The state of the local Slack, shared by the Web API and people's actions. */
export type Workspace = {
  readonly cast: Cast;
  readonly ids: Ids;
  readonly messages: Messages;
  readonly files: Files;
  readonly views: Views;
  readonly threads: Threads;
  readonly tickets: Tickets;
  readonly events: Events;
};

/** What Slack answers with `ok: false`: a stable code, sometimes with details. */
export class SlackError extends Error {
  override readonly name = 'SlackError';
  readonly code: string;
  /** JSON pointers and limits, as in `response_metadata.messages`. */
  readonly messages: readonly string[];

  constructor(code: string, messages: readonly string[] = []) {
    super(messages.length === 0 ? code : `${code}: ${messages.join('; ')}`);
    this.code = code;
    this.messages = messages;
  }
}
