import type { Context } from '@slack/bolt';
import type { Caller, Locale, Person, Place } from '../core/base/namespace.ts';

/** The fields of `users.info` that we use. */
export type UserFacts = {
  readonly team_id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly locale?: string;
  readonly tz?: string;
  readonly is_admin?: boolean;
  readonly is_owner?: boolean;
  readonly is_stranger?: boolean;
  readonly profile?: { readonly display_name?: string; readonly real_name?: string };
  readonly enterprise_user?: { readonly enterprise_id?: string };
};

/** The fields of `conversations.info` that we use. */
export type ChannelFacts = { readonly is_private?: boolean; readonly is_mpim?: boolean; readonly is_im?: boolean };

/** `userTeam`: the team that the event gives for its author, if it gives one. */
export function callerOf(context: Context, user: string, userTeam: string | undefined, shared: boolean): Caller {
  const { teamId, enterpriseId, isEnterpriseInstall } = context;
  const team = (isEnterpriseInstall ? enterpriseId : teamId) ?? teamId ?? enterpriseId ?? '';
  const elsewhere = userTeam !== undefined && userTeam !== teamId && userTeam !== enterpriseId;
  return { team, workspace: teamId, enterprise: enterpriseId, user, maybeExternal: shared || elsewhere };
}

/** A person with the facts that Slack has about them. */
export function personOf(caller: Caller, facts: UserFacts): Person {
  const name = [facts.profile?.display_name, facts.real_name, facts.profile?.real_name, facts.name].find(Boolean);
  return {
    team: caller.team,
    user: caller.user,
    name: name ?? caller.name ?? caller.user,
    locale: localeFrom(facts.locale),
    timeZone: facts.tz ?? 'UTC',
    external: isExternal(caller, facts),
    admin: facts.is_admin === true || facts.is_owner === true,
  };
}

/** The person when Slack does not answer: no privileges, and external if the request suggests it. */
export const unknownPerson = ({ team, user, name = user, maybeExternal }: Caller): Person => ({
  team,
  user,
  name,
  locale: 'en',
  timeZone: 'UTC',
  external: maybeExternal,
  admin: false,
});

const localeFrom = (locale: string | undefined): Locale => (locale?.toLowerCase().startsWith('zh') ? 'zh' : 'en');

/** Another team's user, unless both belong to the same enterprise. */
function isExternal({ workspace, enterprise }: Caller, { team_id, is_stranger, enterprise_user }: UserFacts): boolean {
  if (is_stranger === true) return true;
  if (enterprise !== undefined && enterprise_user?.enterprise_id === enterprise) return false;
  return team_id !== undefined && workspace !== undefined && team_id !== workspace && team_id !== enterprise;
}

/** A direct message with the bot. `D…` is a direct message by Slack's naming; group messages are channels. */
export const isDirect = (channel: string): boolean => channel.startsWith('D');

/** A place in the direct message with the bot. */
export const directPlace = (channel: string, thread: string): Place => ({
  kind: 'dm',
  channel,
  isPrivate: true,
  thread,
});

/** The id of a question. `ts`: that of the message, or the action's own for a click. */
export const questionId = (team: string, channel: string, ts: string): string => `${team}:${channel}:${ts}`;
