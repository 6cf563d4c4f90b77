import type { WebClient } from '@slack/web-api';
import type { Clock } from '../core/base/clock.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Person } from '../core/base/namespace.ts';
import { createMemo } from './memo.ts';
import { type Caller, type ChannelFacts, personOf, type UserFacts, unknownPerson } from './namespaces.ts';

/** Looks up people and channels in Slack, and caches the answers for minutes. */
export type Directory = {
  /** Never throws: when Slack does not answer, the person has no privileges. */
  person(caller: Caller, reads: WebClient): Promise<Person>;
  /** True when not everyone in the workspace can read the channel, and when Slack does not answer. */
  isPrivate(team: string, channel: string, reads: WebClient): Promise<boolean>;
};

const personMs = 5 * 60_000;
const channelMs = 10 * 60_000;

/** Failed look-ups are logged and not cached. */
export function createDirectory(clock: Clock, logger: Logger): Directory {
  const users = createMemo<UserFacts | undefined>(clock, personMs);
  const channels = createMemo<ChannelFacts | undefined>(clock, channelMs);
  const failed = (what: string) => (error: unknown) => {
    logger.warn(`Slack did not answer ${what}`, { error: String(error) });
    throw error;
  };
  return {
    async person(caller, reads) {
      const ask = async () => (await reads.users.info({ user: caller.user, include_locale: true })).user;
      const facts = await users(`${caller.team}:${caller.user}`, ask)
        .catch(failed('users.info'))
        .catch(() => undefined);
      return facts === undefined ? unknownPerson(caller) : personOf(caller, facts);
    },
    async isPrivate(team, channel, reads) {
      const ask = async () => (await reads.conversations.info({ channel })).channel;
      const facts = await channels(`${team}:${channel}`, ask)
        .catch(failed('conversations.info'))
        .catch(() => undefined);
      return facts === undefined || facts.is_private === true || facts.is_mpim === true || facts.is_im === true;
    },
  };
}
