import type { WebClient } from '@slack/web-api';
import type { Clock } from '../core/base/clock.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Caller, Person, Place } from '../core/base/namespace.ts';
import { pause } from '../core/base/pause.ts';
import { patiently } from './call-slack.ts';
import { createMemo } from './memo.ts';
import { type ChannelFacts, directPlace, isDirect, personOf, type UserFacts, unknownPerson } from './namespaces.ts';

/**
 * Looks up people and channels in Slack, and caches the answers. Never throws, and never takes longer than a few
 * seconds.
 */
export type Directory = {
  /** When Slack does not answer, the person has no privileges. */
  person(caller: Caller, reads: WebClient): Promise<Person>;
  /** A channel counts as private when not everyone in the workspace can read it, and when Slack does not answer. */
  place(team: string, channel: string, thread: string, reads: WebClient): Promise<Place>;
};

const personMs = 5 * 60_000;
const channelMs = 10 * 60_000;
const usualPatienceMs = 3_000;

/** `patienceMs`: how long a question waits for Slack. Later answers are cached for the next one. */
export function createDirectory(clock: Clock, logger: Logger, patienceMs = usualPatienceMs): Directory {
  const users = createMemo<UserFacts | undefined>(clock, personMs);
  const channels = createMemo<ChannelFacts | undefined>(clock, channelMs);

  /** What Slack says, if it says it in time. */
  async function inTime<T>(what: string, answer: Promise<T>): Promise<T | undefined> {
    const enough = new AbortController();
    const late = pause(patienceMs, enough.signal).then(() => 'late' as const);
    try {
      const first = await Promise.race([answer, late]);
      if (first !== 'late') return first as T;
      logger.warn(`Slack did not answer ${what} in time`, { waitedMs: patienceMs });
    } catch (error) {
      logger.warn(`Slack did not answer ${what}`, { error: String(error) });
    } finally {
      enough.abort();
    }
    return undefined;
  }

  return {
    async person(caller, reads) {
      const info = () => reads.users.info({ user: caller.user, include_locale: true });
      const ask = async () => (await patiently(info, true)).user;
      const facts = await inTime('users.info', users(`${caller.team}:${caller.user}`, ask));
      return facts === undefined ? unknownPerson(caller) : personOf(caller, facts);
    },
    async place(team, channel, thread, reads) {
      if (channel === '' || isDirect(channel)) return directPlace(channel, thread);
      const ask = async () => (await patiently(() => reads.conversations.info({ channel }), true)).channel;
      const facts = await inTime('conversations.info', channels(`${team}:${channel}`, ask));
      const isPrivate = facts === undefined || Boolean(facts.is_private || facts.is_mpim || facts.is_im);
      return { kind: 'channel', channel, isPrivate, thread };
    },
  };
}
