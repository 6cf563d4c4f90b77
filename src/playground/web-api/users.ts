import { DateTime } from 'luxon';
import type { PagePerson } from '../page-api.ts';
import { SlackError } from '../workspace.ts';
import { readFlag, requireText } from './arguments.ts';
import { paginate } from './conversations.ts';
import type { Answer, Call, Methods } from './method.ts';

/** docs.slack.dev/reference/methods/users.*, auth.test, team.info, bots.info, api.test */
export const userMethods: Methods = {
  'users.info'(call) {
    const user = call.workspace.cast.user(requireText(call.args, 'user'));
    if (user === undefined) throw new SlackError('user_not_found');
    return { user: describe(call, user) };
  },

  'users.list'(call) {
    const { people, bot } = call.workspace.cast;
    return paginate(call, 'members', [...people, bot], 200, (user) => describe(call, user));
  },

  'auth.test'({ workspace: { cast }, baseUrl }) {
    return {
      url: `${baseUrl}/`,
      team: cast.team.name,
      user: cast.bot.name,
      team_id: cast.team.id,
      user_id: cast.bot.id,
      bot_id: cast.botId,
      is_enterprise_install: false,
    };
  },

  'team.info': ({ workspace: { cast } }) => ({ team: { ...cast.team, email_domain: '', icon: {} } }),

  'bots.info'({ workspace: { cast }, args }) {
    if (args.bot !== undefined && args.bot !== cast.botId) throw new SlackError('bot_not_found');
    const { appId: app_id, bot, botId: id } = cast;
    return { bot: { id, deleted: false, name: bot.real_name, app_id, user_id: bot.id, icons: {} } };
  },

  'api.test'({ args }) {
    if (typeof args.error === 'string') throw new SlackError(args.error);
    return { args };
  },
};

function describe({ workspace, args, clock }: Call, person: PagePerson): Answer {
  const { team } = workspace.cast;
  const zone = DateTime.fromJSDate(clock.now(), { zone: person.tz });
  return {
    id: person.id,
    team_id: team.id,
    name: person.name,
    deleted: false,
    color: person.color.slice(1),
    real_name: person.real_name,
    tz: person.tz,
    tz_label: zone.offsetNameLong,
    tz_offset: zone.offset * 60,
    profile: {
      title: person.title,
      real_name: person.real_name,
      real_name_normalized: person.real_name,
      display_name: person.real_name,
      display_name_normalized: person.real_name,
      team: team.id,
    },
    is_admin: person.is_admin,
    is_owner: person.is_admin,
    is_primary_owner: person.is_admin,
    is_restricted: false,
    is_ultra_restricted: false,
    is_stranger: false,
    is_bot: person.is_bot,
    is_app_user: false,
    ...(readFlag(args, 'include_locale') && { locale: person.locale }),
  };
}
