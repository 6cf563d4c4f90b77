/** Interactive elements: docs.slack.dev/reference/block-kit/block-elements. */
import { z } from 'zod';
import { limits } from '../limits.ts';
import { richTextBlock } from './rich-text.ts';
import {
  actionId,
  confirm,
  dispatchConfig,
  imageElement,
  optionGroup,
  placeholder,
  plainOption,
  plainText,
  short,
  textOption,
} from './text.ts';

const flag = z.boolean().optional();
const text = z.string().optional();
const accessibility_label = short(limits.button.accessibilityLabel).optional();
const url = short(limits.button.url);

/** Fields of nearly every element. */
const common = { action_id: actionId, confirm: confirm.optional() };
const focusable = { ...common, focus_on_load: flag };
const select = { ...focusable, placeholder };
const multi = { ...select, max_selected_items: z.number().int().min(1).optional() };
const textInput = {
  action_id: actionId,
  placeholder,
  focus_on_load: flag,
  dispatch_action_config: dispatchConfig,
};

const filter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  })
  .optional();
const conversations = {
  default_to_current_conversation: flag,
  filter,
};

/** Exactly one of `options` and `option_groups`. */
const staticOptions = {
  options: z.array(plainOption).min(1).max(limits.options.select).optional(),
  option_groups: z.array(optionGroup).min(1).max(limits.options.groups).optional(),
};
const hasOneOptionList = (menu: { options?: unknown; option_groups?: unknown }): boolean =>
  (menu.options === undefined) !== (menu.option_groups === undefined);
const oneOptionList = 'provide either `options` or `option_groups`';

/** A button, with a `url` or a `value`. */
export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(limits.button.text),
  ...common,
  value: short(limits.button.value).optional(),
  url: url.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label,
});

const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  text: plainText(limits.button.text),
  workflow: z.looseObject({}),
  ...common,
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label,
});

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...select,
    ...staticOptions,
    initial_option: plainOption.optional(),
  })
  .refine(hasOneOptionList, oneOptionList);

const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...multi,
    ...staticOptions,
    initial_options: z.array(plainOption).min(1).max(limits.options.select).optional(),
  })
  .refine(hasOneOptionList, oneOptionList);

/** Elements that may sit in an actions block, a section or an input. */
const choosers = [
  staticSelect,
  multiStaticSelect,
  z.strictObject({
    type: z.literal('external_select'),
    ...select,
    initial_option: plainOption.optional(),
    min_query_length: z.number().int().min(0).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...multi,
    initial_options: z.array(plainOption).optional(),
    min_query_length: z.number().int().min(0).optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...select, initial_user: text }),
  z.strictObject({ type: z.literal('multi_users_select'), ...multi, initial_users: z.array(z.string()).optional() }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...select,
    ...conversations,
    initial_conversation: text,
    response_url_enabled: flag,
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...multi,
    ...conversations,
    initial_conversations: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...select,
    initial_channel: text,
    response_url_enabled: flag,
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...multi,
    initial_channels: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal('checkboxes'),
    ...focusable,
    options: z.array(textOption).min(1).max(limits.options.choice),
    initial_options: z.array(textOption).min(1).max(limits.options.choice).optional(),
  }),
  z.strictObject({
    type: z.literal('radio_buttons'),
    ...focusable,
    options: z.array(textOption).min(1).max(limits.options.choice),
    initial_option: textOption.optional(),
  }),
  z.strictObject({
    type: z.literal('datepicker'),
    ...select,
    initial_date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...select,
    initial_time: z
      .string()
      .regex(/^\d{2}:\d{2}$/)
      .optional(),
    timezone: text,
  }),
  z.strictObject({
    type: z.literal('datetimepicker'),
    ...focusable,
    initial_date_time: z.number().int().min(1_000_000_000).max(9_999_999_999).optional(),
  }),
] as const;

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...common,
  options: z.array(plainOption).min(1).max(limits.options.overflow),
});

const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...textInput,
  initial_value: richTextBlock.optional(),
  min_lines: z.number().int().min(1).max(100).optional(),
  max_lines: z.number().int().min(1).max(100).optional(),
});

/** Elements of an actions block. */
export const actionsElement = z.discriminatedUnion('type', [
  button,
  workflowButton,
  overflow,
  richTextInput,
  ...choosers,
]);

/** Elements at the right of a section. */
export const sectionAccessory = z.discriminatedUnion('type', [
  button,
  workflowButton,
  overflow,
  imageElement,
  ...choosers,
]);

const length = z.number().int().min(0).max(limits.input.value).optional();

/** Elements of an input block. */
export const inputElement = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...textInput,
    initial_value: z.string().max(limits.input.value).optional(),
    multiline: flag,
    min_length: length,
    max_length: length,
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...textInput, initial_value: text }),
  z.strictObject({ type: z.literal('url_text_input'), ...textInput, initial_value: text }),
  z.strictObject({
    type: z.literal('number_input'),
    ...textInput,
    is_decimal_allowed: z.boolean(),
    initial_value: text,
    min_value: text,
    max_value: text,
  }),
  z.strictObject({
    type: z.literal('file_input'),
    action_id: actionId,
    filetypes: z.array(z.string()).optional(),
    max_files: z.number().int().min(1).max(limits.input.files).optional(),
  }),
  richTextInput,
  ...choosers,
]);

const feedbackButton = z.strictObject({
  text: plainText(limits.button.text),
  value: short(limits.button.value),
  accessibility_label,
});

/** Elements of a context_actions block: feedback and icon buttons. */
export const contextActionsElement = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('feedback_buttons'),
    action_id: actionId,
    positive_button: feedbackButton,
    negative_button: feedbackButton,
  }),
  z.strictObject({
    type: z.literal('icon_button'),
    icon: z.string().min(1),
    text: plainText(limits.button.text),
    ...common,
    value: short(limits.button.value).optional(),
    accessibility_label,
    visible_to_user_ids: z.array(z.string()).optional(),
  }),
]);
