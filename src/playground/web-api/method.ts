import type { Clock } from '../../core/base/clock.ts';
import type { Channel } from '../state/cast.ts';
import { SlackError, type Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';

/** What a method may use. */
export type Call = {
  readonly workspace: Workspace;
  readonly args: Arguments;
  readonly clock: Clock;
  /** Where the local Slack is reached, without a slash at the end. */
  readonly baseUrl: string;
  readonly streamLifetimeMs: number;
};

/** The fields of a successful answer, without `ok`. */
export type Answer = Readonly<Record<string, unknown>>;

/** One Web API method. Throws `SlackError`; `ok: true` is added to what it returns. */
export type Method = (call: Call) => Answer;

/** A family of methods, by name. */
export type Methods = Readonly<Record<string, Method>>;

/** The channel that an argument names. */
export function channelOf({ workspace, args }: Call, name = 'channel'): Channel {
  const reference = args[name];
  const channel = typeof reference === 'string' ? workspace.cast.channel(reference) : undefined;
  if (channel === undefined) throw new SlackError('channel_not_found');
  return channel;
}
