import { z } from 'zod';
import { interactionBase, viewPayload } from '../events/payloads.ts';
import type { CloseView, PagePerson, StateValues, SubmitResult, SubmitView } from '../page-api.ts';
import type { StoredView } from '../state/views.ts';
import { type ViewDefinition, validateView } from '../validate-view.ts';
import { SlackError } from '../workspace.ts';
import { checkInputs, stateOf } from './inputs.ts';
import { personOf, requireAck, type Stage } from './stage.ts';

/** The acknowledgements of a submission: docs.slack.dev/surfaces/modals#response_actions. */
const response = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

/** A person submits a modal. Resolves with errors for its fields, or with none when it was accepted. */
export async function submit(stage: Stage, request: SubmitView): Promise<SubmitResult> {
  const person = personOf(stage, request.as);
  const view = viewOf(stage, person, request.view_id);
  const state = stateOf(view.blocks, request.state);
  const errors = checkInputs(view.blocks, state);
  if (Object.keys(errors).length > 0) return { errors };
  const { cast, tickets } = stage.workspace;
  const ack = await stage.delivery.send({
    type: 'view_submission',
    ...interactionBase(cast, person.id),
    trigger_id: tickets.trigger(person.id),
    view: viewPayload(view, cast, state),
    response_urls: responseUrls(stage, view, state),
  });
  return react(stage, person, view, requireAck(stage, person, ack));
}

/** A person closes a modal, or all of them. */
export async function closeView(stage: Stage, request: CloseView): Promise<void> {
  const { views } = stage.workspace;
  const view = viewOf(stage, personOf(stage, request.as), request.view_id);
  const all = request.all === true || view.clear_on_close;
  await close(stage, all ? (views.stack(view.person)[0] ?? view) : view, all);
}

function viewOf({ workspace }: Stage, person: PagePerson, id: string): StoredView {
  const view = workspace.views.find({ id });
  if (view === undefined || view.person !== person.id || view.type !== 'modal') throw new SlackError('view_not_found');
  return view;
}

/** Applies the app's answer. An empty one closes this modal. */
function react({ workspace }: Stage, person: PagePerson, view: StoredView, body: unknown): SubmitResult {
  const { views } = workspace;
  const isEmpty = body === undefined || body === '' || (typeof body === 'object' && !hasAction(body));
  if (isEmpty) {
    views.close(view);
    return {};
  }
  const parsed = response.safeParse(body);
  if (!parsed.success) throw new SlackError('invalid_response_action');
  switch (parsed.data.response_action) {
    case 'errors':
      return { errors: parsed.data.errors };
    case 'update':
      views.update(view, readView(parsed.data.view));
      return {};
    case 'push':
      if (views.push(person.id, readView(parsed.data.view)) === undefined) throw new SlackError('push_limit_reached');
      return {};
    case 'clear':
      views.close(views.stack(person.id)[0] ?? view);
      return {};
  }
}

const hasAction = (body: object | null) => body !== null && 'response_action' in body;

function readView(value: unknown): ViewDefinition {
  const checked = validateView(value, 'modal');
  if (!checked.ok) throw new SlackError('invalid_arguments', checked.messages);
  return checked.value;
}

/** Closes a view and those above it, and notifies an app that asked for it. */
async function close({ workspace, delivery }: Stage, view: StoredView, cleared: boolean): Promise<void> {
  const closed = workspace.views.close(view).filter((one) => one.notify_on_close);
  await Promise.all(
    closed.map((one) =>
      delivery.send({
        type: 'view_closed',
        ...interactionBase(workspace.cast, one.person),
        view: viewPayload(one, workspace.cast),
        is_cleared: cleared,
      }),
    ),
  );
}

/** For conversation selects with `response_url_enabled`: where the app may post the result. */
function responseUrls({ workspace, baseUrl }: Stage, view: StoredView, state: StateValues) {
  return view.blocks.flatMap((block) => {
    const element = block.element as { action_id?: string; response_url_enabled?: boolean } | undefined;
    if (element?.response_url_enabled !== true || block.block_id === undefined) return [];
    const { block_id } = block;
    const action_id = element.action_id ?? '';
    const value = state[block_id]?.[action_id];
    const channel_id = value?.selected_conversation ?? value?.selected_channel;
    if (typeof channel_id !== 'string') return [];
    const target = { channel: channel_id, person: view.person, threadTs: undefined, messageTs: undefined };
    const response_url = `${baseUrl()}/slack/response/${workspace.tickets.response(target)}`;
    return [{ block_id, action_id, channel_id, response_url }];
  });
}
