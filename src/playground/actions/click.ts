import { withAbsoluteFiles } from '../events/events.ts';
import { interactionBase, viewPayload } from '../events/payloads.ts';
import type {
  ActionValue,
  Block,
  ClickAction,
  ElementPlace,
  FindOptions,
  FoundOptions,
  PagePerson,
  StateValues,
} from '../page-api.ts';
import type { SlackMessage } from '../state/messages.ts';
import type { Element } from '../validate-blocks.ts';
import { SlackError } from '../workspace.ts';
import { findElements, type Placed, stateOf } from './inputs.ts';
import { channelFor, messageFor, personOf, requireAck, type Stage } from './stage.ts';

/** A click on an element. An old page may still show an earlier state of the message. */
export type ElementClick = Omit<ClickAction, 'block_id'> & {
  /** Can be left out when the `action_id` is unique in the message or view. */
  readonly block_id?: string;
  /** The message as the person still sees it. */
  readonly stale?: SlackMessage;
};

/** A person uses an element. Resolves when the app has acknowledged. */
export async function click(stage: Stage, request: ElementClick): Promise<void> {
  const person = personOf(stage, request.as);
  const scene = sceneOf(stage, person, request.place, request.state, request.stale);
  const placed = findElement(scene.blocks, request.action_id, request.block_id, person);
  const { ids, tickets, cast } = stage.workspace;
  const ack = await stage.delivery.send({
    type: 'block_actions',
    ...interactionBase(cast, person.id),
    trigger_id: tickets.trigger(person.id),
    ...scene.payload,
    actions: [{ ...actionOf(placed, request.action ?? {}), action_ts: ids.ts() }],
  });
  requireAck(stage, person, ack);
}

/** Asks the app for the options of an external select. */
export async function findOptions(stage: Stage, request: FindOptions): Promise<FoundOptions> {
  const person = personOf(stage, request.as);
  const scene = sceneOf(stage, person, request.place);
  findElement(scene.blocks, request.action_id, request.block_id, person);
  const { state, response_url, ...place } = scene.payload;
  const ack = await stage.delivery.send({
    type: 'block_suggestion',
    ...interactionBase(stage.workspace.cast, person.id),
    ...place,
    action_id: request.action_id,
    block_id: request.block_id,
    value: request.value,
  });
  const body = requireAck(stage, person, ack) as Partial<FoundOptions> | undefined;
  return { options: body?.options ?? [], option_groups: body?.option_groups ?? [] };
}

type Scene = { readonly blocks: readonly Block[]; readonly payload: Readonly<Record<string, unknown>> };

/** The blocks around an element, and what the payload says about the place. */
function sceneOf(
  stage: Stage,
  person: PagePerson,
  place: ElementPlace,
  entered?: StateValues,
  stale?: SlackMessage,
): Scene {
  const { cast, views, tickets } = stage.workspace;
  if ('view_id' in place) {
    const view = views.find({ id: place.view_id });
    if (view === undefined || view.person !== person.id) throw new SlackError('view_not_found');
    const payload = viewPayload(view, cast, stateOf(view.blocks, entered));
    return { blocks: view.blocks, payload: { container: { type: 'view', view_id: view.id }, view: payload } };
  }
  const message = stale ?? messageFor(stage, person, place.channel, place.message_ts).message;
  const channel = channelFor(stage, person, message.channel);
  const { ts: messageTs, thread_ts: threadTs } = message;
  const target = { channel: channel.id, person: person.id, threadTs, messageTs };
  const container = {
    type: 'message',
    message_ts: messageTs,
    channel_id: channel.id,
    is_ephemeral: message.is_ephemeral === true,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
  };
  return {
    blocks: message.blocks ?? [],
    payload: {
      container,
      channel: { id: channel.id, name: channel.person === undefined ? channel.name : 'directmessage' },
      // Slack leaves the content of ephemeral messages out.
      ...(!message.is_ephemeral && { message: withAbsoluteFiles(message, stage.baseUrl()) }),
      state: { values: stateOf(message.blocks ?? [], entered) },
      response_url: `${stage.baseUrl()}/slack/response/${tickets.response(target)}`,
    },
  };
}

function findElement(blocks: readonly Block[], actionId: string, blockId: string | undefined, person: PagePerson) {
  const found = findElements(blocks).find(
    ({ block, element }) =>
      element.action_id === actionId &&
      (blockId === undefined || block.block_id === blockId) &&
      isShown(element, person),
  );
  if (found === undefined) throw new SlackError('action_not_found');
  return found;
}

function isShown({ visible_to_user_ids: people }: Element, person: PagePerson): boolean {
  return !Array.isArray(people) || people.length === 0 || people.includes(person.id);
}

/** The entry of `actions`: the element's own fields, and what was done with it. */
function actionOf({ block, element }: Placed, done: ActionValue): Readonly<Record<string, unknown>> {
  const { type, action_id } = element;
  const identity = { type, action_id, block_id: block.block_id };
  if (type === 'feedback_buttons') return { ...identity, ...feedbackOf(element, done.value) };
  const own = [
    'text',
    'value',
    'icon',
    'style',
    'url',
    'placeholder',
    'initial_option',
    'initial_options',
    'initial_date',
  ];
  const said = Object.fromEntries(own.filter((name) => name in element).map((name) => [name, element[name]]));
  const { selected_option, ...rest } = done;
  const option = selected_option === undefined ? {} : { selected_option: optionOf(element, selected_option) };
  return { ...identity, ...said, ...rest, ...option };
}

type Option = { readonly text?: unknown; readonly value?: string };

function feedbackOf(element: Element, value: string | undefined): Option {
  const buttons = [element.positive_button, element.negative_button] as readonly Option[];
  const pressed = buttons.find((button) => button.value === value);
  if (pressed === undefined) throw new SlackError('invalid_option');
  return { text: pressed.text, value: pressed.value ?? '' };
}

/** Only options that the app defined can be chosen. External selects define none in the block. */
function optionOf(element: Element, chosen: unknown): unknown {
  const groups = (element.option_groups ?? []) as readonly { readonly options: readonly Option[] }[];
  const options = [...((element.options ?? []) as readonly Option[]), ...groups.flatMap((group) => group.options)];
  if (element.type.endsWith('external_select')) return chosen;
  const option = options.find((one) => one.value === (chosen as Option | null)?.value);
  if (option === undefined) throw new SlackError('invalid_option');
  return option;
}
