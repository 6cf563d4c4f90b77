import type { Block, StateValue, StateValues } from '../../page-api.ts';
import { elementsOf, type SlackElement } from './block-kit.ts';

/** The state of inputs that nobody has changed, as Slack reports it. */
export function initialValues(blocks: readonly Block[]): StateValues {
  const values: Record<string, Record<string, StateValue>> = {};
  for (const { blockId, element } of elementsOf(blocks)) {
    const value = initialValue(element);
    if (value && 'action_id' in element && element.action_id) {
      values[blockId] = { ...values[blockId], [element.action_id]: value };
    }
  }
  return values;
}

function initialValue(element: SlackElement): StateValue | undefined {
  const { type } = element;
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    default:
      return undefined;
  }
}

/** `base` with the values of `over` for inputs that exist in `base`. */
export function overlayValues(base: StateValues, over: StateValues): StateValues {
  return Object.fromEntries(
    Object.entries(base).map(([blockId, actions]) => [
      blockId,
      Object.fromEntries(Object.entries(actions).map(([id, value]) => [id, over[blockId]?.[id] ?? value])),
    ]),
  );
}
