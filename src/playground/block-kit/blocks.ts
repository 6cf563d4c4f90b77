/** Blocks by surface: docs.slack.dev/reference/block-kit/blocks. */
import { z } from 'zod';
import { limits } from '../limits.ts';
import { dataTableBlock, dataVisualizationBlock, tableBlock } from './data.ts';
import { actionsElement, button, contextActionsElement, inputElement, sectionAccessory } from './elements.ts';
import { richTextBlock } from './rich-text.ts';
import { anyText, blockId, hasOneImageSource, imageElement, imageSource, mrkdwn, plainText, short } from './text.ts';

const flag = z.boolean().optional();

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: anyText(limits.section.text).optional(),
    fields: z.array(anyText(limits.section.field)).min(1).max(limits.section.fields).optional(),
    accessory: sectionAccessory.optional(),
    expand: flag,
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'provide `text` or `fields`');

const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(limits.header) });
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(), mrkdwn(), imageElement]))
    .min(1)
    .max(limits.context),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionsElement).min(1).max(limits.actions),
});

const image = z
  .strictObject({
    type: z.literal('image'),
    block_id: blockId,
    alt_text: short(limits.image.alt),
    title: plainText(limits.image.title).optional(),
    ...imageSource,
  })
  .refine(hasOneImageSource, 'provide either `image_url` or `slack_file`');

const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(limits.input.label),
  hint: plainText(limits.input.hint).optional(),
  optional: flag,
  dispatch_action: flag,
  element: inputElement,
});

const video = z.strictObject({
  type: z.literal('video'),
  block_id: blockId,
  video_url: z.string().startsWith('https://'),
  thumbnail_url: z.string().min(1),
  alt_text: short(limits.image.alt),
  title: plainText(limits.video.title),
  title_url: z.string().startsWith('https://').optional(),
  author_name: short(limits.video.author).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: z.string().optional(),
  description: plainText().optional(),
});

const card = z
  .strictObject({
    type: z.literal('card'),
    block_id: blockId,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: mrkdwn(limits.card.title).optional(),
    subtitle: mrkdwn(limits.card.subtitle).optional(),
    body: mrkdwn(limits.card.body).optional(),
    actions: z.array(button).min(1).max(limits.actions).optional(),
  })
  .refine(
    (block) => [block.hero_image, block.title, block.body, block.actions].some((part) => part !== undefined),
    'provide one of `hero_image`, `title`, `body`, `actions`',
  );

const carousel = z.strictObject({
  type: z.literal('carousel'),
  block_id: blockId,
  elements: z.array(card).min(1).max(limits.card.carousel),
});

const container = z
  .strictObject({
    type: z.literal('container'),
    block_id: blockId,
    title: plainText(limits.container.title).optional(),
    rich_text_title: richTextBlock.optional(),
    subtitle: anyText(limits.container.subtitle).optional(),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: flag,
    default_collapsed: flag,
    has_header_divider: flag,
    child_blocks: z
      .array(
        z.discriminatedUnion('type', [
          actions,
          context,
          divider,
          header,
          image,
          input,
          richTextBlock,
          section,
          tableBlock,
          video,
        ]),
      )
      .min(1)
      .max(limits.container.children),
  })
  .refine((block) => block.title !== undefined || block.rich_text_title !== undefined, 'provide `title`')
  .refine((block) => block.default_collapsed !== true || block.is_collapsible === true, {
    message: '`default_collapsed` requires `is_collapsible`',
  });

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: blockId,
  task_id: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richTextBlock.optional(),
  output: richTextBlock.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: z.string(), text: z.string() })).optional(),
});

const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: blockId,
  elements: z.array(contextActionsElement).min(1).max(limits.contextActions),
});

const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: blockId,
  text: short(limits.message.markdown),
});

const plan = z.strictObject({
  type: z.literal('plan'),
  block_id: blockId,
  title: z.string().min(1),
  tasks: z.array(taskCard).optional(),
});

const alert = z.strictObject({
  type: z.literal('alert'),
  block_id: blockId,
  text: anyText(),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

/** Blocks that every surface allows. */
const everywhere = [section, header, divider, context, actions, image, input, video, richTextBlock, container] as const;

/** Blocks that a message may hold. */
export const messageBlock = z.discriminatedUnion('type', [
  ...everywhere,
  card,
  carousel,
  contextActions,
  dataTableBlock,
  dataVisualizationBlock,
  markdown,
  plan,
  tableBlock,
  taskCard,
]);

/** Blocks that a modal may hold. */
export const modalBlock = z.discriminatedUnion('type', [...everywhere, alert]);

/** Blocks that the App Home may hold. */
export const homeBlock = z.discriminatedUnion('type', [...everywhere, card, carousel]);
