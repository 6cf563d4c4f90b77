import { viewPayload } from '../events/payloads.ts';
import type { StoredView } from '../state/views.ts';
import { type ViewDefinition, validateView } from '../validate-view.ts';
import { SlackError } from '../workspace.ts';
import { readJson, readText, requireText } from './arguments.ts';
import type { Answer, Call, Methods } from './method.ts';

/** docs.slack.dev/reference/methods/views.* */
export const viewMethods: Methods = {
  'views.open'(call) {
    const definition = readView(call, 'modal');
    return answer(call, call.workspace.views.open(personOfTrigger(call), definition));
  },

  'views.push'(call) {
    const definition = readView(call, 'modal');
    const view = call.workspace.views.push(personOfTrigger(call), definition);
    if (view === undefined) throw new SlackError('push_limit_reached');
    return answer(call, view);
  },

  'views.update'(call) {
    const definition = readView(call, 'modal');
    const id = readText(call.args, 'view_id');
    const externalId = readText(call.args, 'external_id');
    const view = call.workspace.views.find({
      ...(id !== undefined && { id }),
      ...(externalId !== undefined && { externalId }),
    });
    if (view === undefined || view.type !== 'modal') throw new SlackError('not_found');
    const hash = readText(call.args, 'hash');
    if (hash !== undefined && hash !== view.hash) throw new SlackError('hash_conflict');
    return answer(call, call.workspace.views.update(view, definition));
  },

  'views.publish'(call) {
    const { cast, views } = call.workspace;
    const definition = readView(call, 'home');
    const user = cast.people.find((person) => person.id === requireText(call.args, 'user_id'));
    if (user === undefined) throw new SlackError('user_not_found');
    const hash = readText(call.args, 'hash');
    if (hash !== undefined && hash !== views.home(user.id)?.hash) throw new SlackError('hash_conflict');
    return answer(call, views.publishHome(user.id, definition));
  },
};

function readView({ args, workspace }: Call, type: 'modal' | 'home'): ViewDefinition {
  const checked = validateView(readJson(args, 'view', 'invalid_json'), type);
  if (!checked.ok) throw new SlackError('invalid_arguments', checked.messages);
  const externalId = checked.value.external_id;
  const taken = externalId === undefined ? undefined : workspace.views.find({ externalId });
  if (taken !== undefined && taken.id !== args.view_id && args.external_id !== externalId) {
    throw new SlackError('duplicate_external_id');
  }
  return checked.value;
}

function personOfTrigger({ args, workspace }: Call): string {
  const trigger = workspace.tickets.spendTrigger(requireText(args, 'trigger_id'));
  if (trigger === 'expired') throw new SlackError('expired_trigger_id');
  if (trigger === 'used') throw new SlackError('exchanged_trigger_id');
  if (trigger === 'unknown') throw new SlackError('invalid_trigger_id');
  return trigger.person;
}

function answer({ workspace }: Call, view: StoredView): Answer {
  return { view: viewPayload(view, workspace.cast) };
}
