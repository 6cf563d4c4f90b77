import type { StateValues } from '../page-api.ts';
import type { Cast } from '../state/cast.ts';
import type { StoredView } from '../state/views.ts';

/** Fields that every interaction payload carries: docs.slack.dev/reference/interaction-payloads. */
export function interactionBase(cast: Cast, person: string) {
  const name = cast.user(person)?.name ?? person;
  return {
    user: { id: person, username: name, name, team_id: cast.team.id },
    team: { id: cast.team.id, domain: cast.team.domain },
    api_app_id: cast.appId,
    token: 'playground-verification',
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A view as payloads and `views.*` answers show it. */
export function viewPayload(view: StoredView, cast: Cast, values: StateValues = {}) {
  const { person, ...fields } = view;
  return {
    ...fields,
    team_id: cast.team.id,
    app_id: cast.appId,
    app_installed_team_id: cast.team.id,
    bot_id: cast.botId,
    state: { values },
  };
}
