import type { Block, StateValue, StateValues } from '../page-api.ts';
import { children, type Element, elementsOf } from '../validate-blocks.ts';

/** An element and the block it sits in. */
export type Placed = { readonly block: Block; readonly element: Element };

/** Every interactive element, including those in containers and carousels. */
export function findElements(blocks: readonly Block[]): readonly Placed[] {
  return blocks.flatMap((block) => [
    ...elementsOf(block).map((element) => ({ block, element })),
    ...findElements(children(block)),
  ]);
}

/** The field of Slack's state that holds an element's value, and the field of the element with its initial value. */
const fields: Readonly<Record<string, readonly [value: string, initial: string]>> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  checkboxes: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  file_input: ['files', 'initial_files'],
};

/** `state.values` of a message or view: what was entered, otherwise the initial values. */
export function stateOf(blocks: readonly Block[], entered: StateValues = {}): StateValues {
  const values: Record<string, Record<string, StateValue>> = {};
  for (const { block, element } of findElements(blocks)) {
    const field = fields[element.type];
    if (field === undefined || block.block_id === undefined || element.action_id === undefined) continue;
    const given = entered[block.block_id]?.[element.action_id];
    const empty = field[0].endsWith('s') ? [] : null;
    const value = given === undefined ? element[field[1]] : given[field[0]];
    values[block.block_id] ??= {};
    const inBlock = values[block.block_id] ?? {};
    inBlock[element.action_id] = { type: element.type, [field[0]]: value === '' ? null : (value ?? empty) };
  }
  return values;
}

/** What Slack's client reports before it sends a submission: block_id → text. */
export function checkInputs(blocks: readonly Block[], state: StateValues): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { block, element } of findElements(blocks)) {
    if (block.type !== 'input' || block.block_id === undefined) continue;
    const [field = ''] = fields[element.type] ?? [];
    const value = state[block.block_id]?.[element.action_id ?? '']?.[field];
    const error = complaint(element, value, block.optional === true);
    if (error !== undefined) errors[block.block_id] = error;
  }
  return errors;
}

function complaint(element: Element, value: unknown, isOptional: boolean): string | undefined {
  const isEmpty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return isOptional ? undefined : 'Please complete this required field.';
  if (element.type !== 'plain_text_input' || typeof value !== 'string') return undefined;
  const shortest = Number(element.min_length ?? 0);
  const longest = Number(element.max_length ?? Number.POSITIVE_INFINITY);
  if (value.length < shortest) return `Please enter at least ${shortest} characters.`;
  return value.length > longest ? `Please enter at most ${longest} characters.` : undefined;
}
