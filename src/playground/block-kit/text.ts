/** Composition objects: docs.slack.dev/reference/block-kit/composition-objects. */
import { z } from 'zod';
import { limits } from '../limits.ts';

/** A string of 1 to `max` characters. */
export const short = (max: number) => z.string().min(1).max(max);

/** An optional `block_id`. */
export const blockId = short(limits.id).optional();
/** An optional `action_id`. */
export const actionId = short(limits.id).optional();

/** A plain text object of 1 to `max` characters. */
export const plainText = (max: number = limits.text) =>
  z.strictObject({ type: z.literal('plain_text'), text: short(max), emoji: z.boolean().optional() });

/** A mrkdwn text object of 1 to `max` characters. */
export const mrkdwn = (max: number = limits.text) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: short(max), verbatim: z.boolean().optional() });

/** Either kind of text object. */
export const anyText = (max: number = limits.text) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

const optionFields = {
  value: short(limits.option.value),
  description: plainText(limits.option.description).optional(),
};

/** An option of a select or overflow menu. */
export const plainOption = z.strictObject({
  text: plainText(limits.option.text),
  ...optionFields,
  url: short(limits.option.url).optional(),
});

/** An option of checkboxes and radio buttons, which may be mrkdwn. */
export const textOption = z.strictObject({
  text: anyText(limits.option.text),
  value: optionFields.value,
  description: anyText(limits.option.description).optional(),
});

/** Options under a heading. */
export const optionGroup = z.strictObject({
  label: plainText(limits.option.text),
  options: z.array(plainOption).min(1).max(limits.options.select),
});

/** A dialog that asks before an element takes effect. */
export const confirm = z.strictObject({
  title: plainText(limits.confirm.title),
  text: anyText(limits.confirm.text),
  confirm: plainText(limits.confirm.button).optional(),
  deny: plainText(limits.confirm.button).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

/** The optional grey text of an empty input. */
export const placeholder = plainText(limits.input.placeholder).optional();

/** When an input reports what is typed. */
export const dispatchConfig = z
  .strictObject({
    trigger_actions_on: z
      .array(z.enum(['on_enter_pressed', 'on_character_entered']))
      .min(1)
      .optional(),
  })
  .optional();

const slackFile = z
  .strictObject({ id: z.string().optional(), url: z.string().optional() })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), 'provide either `id` or `url`');

/** Where an image comes from: exactly one of the two. */
export const imageSource = { image_url: short(limits.image.url).optional(), slack_file: slackFile.optional() };

/** The check that belongs to `imageSource`. */
export const hasOneImageSource = (image: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (image.image_url === undefined) !== (image.slack_file === undefined);

/** A small image. */
export const imageElement = z
  .strictObject({ type: z.literal('image'), alt_text: short(limits.image.alt), ...imageSource })
  .refine(hasOneImageSource, 'provide either `image_url` or `slack_file`');
