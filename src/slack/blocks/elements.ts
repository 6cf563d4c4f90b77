import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
  RichTextPreformatted,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import type { Texts } from '../../core/texts/texts-for.ts';
import { clip, inert, inertLine } from '../escape.ts';
import { slackLimits } from '../limits.ts';

/**
 * The Block Kit shapes that everything else is made of. All text passes `inert` here, so a block builder cannot forget
 * it; `emoji: false` keeps `:white_check_mark:` in data from becoming a tick.
 */
export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: clip(inertLine(text) || '–', max),
  emoji: false,
});

/** A paragraph, or several. Code spans (`` `…` ``) are kept as such; nothing else is interpreted. */
export const paragraph = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: spans(text) }],
});

/** A quoted line with who said it, for answers that a click asked for. */
export const quote = (who: string, text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_quote',
      elements: [
        { type: 'text', text: `${clip(inertLine(who), 100)}  `, style: { bold: true } },
        { type: 'text', text: clip(inertLine(text) || '–', 500) },
      ],
    },
  ],
});

/** Text with its line breaks, in a fixed-width font. */
export const preformatted = (text: string, max: number = slackLimits.preformatted): RichTextBlock => {
  const element: RichTextPreformatted = {
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: clip(inert(text).trimEnd() || '–', max) }],
  };
  return { type: 'rich_text', elements: [element] };
};

/** Labels in bold with their values, one pair on a line. */
export const pairs = (rows: readonly (readonly [string, string])[]): RichTextBlock => ({
  type: 'rich_text',
  elements: rows.map(([label, value]) => ({
    type: 'rich_text_section',
    elements: [
      { type: 'text', text: `${inertLine(label)}  `, style: { bold: true } },
      ...spans(clip(inert(value), slackLimits.sectionText)),
    ],
  })),
});

/** A bold line, smaller than a header. */
export const label = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [
    { type: 'rich_text_section', elements: [{ type: 'text', text: inertLine(text) || '–', style: { bold: true } }] },
  ],
});

/** A large heading. */
export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, slackLimits.headerText) });

/** Small grey text. */
export const context = (...texts: readonly string[]): ContextBlock => ({
  type: 'context',
  elements: texts.slice(0, slackLimits.contextElements).map((text) => plain(text, slackLimits.contextText)),
});

/** A line of text, with an optional button at its right. */
export const section = (text: string, accessory?: Button): SectionBlock => ({
  type: 'section',
  text: { type: 'plain_text', text: clip(inert(text) || '–', slackLimits.sectionText), emoji: false },
  ...(accessory === undefined ? {} : { accessory }),
});

/** `value` holds ids only. */
export const button = (actionId: string, text: string, value: string, style?: 'primary' | 'danger'): Button => ({
  type: 'button',
  action_id: actionId,
  text: plain(text, slackLimits.buttonText),
  value,
  ...(style === undefined ? {} : { style }),
});

/** A row of buttons and menus. */
export const actions = (elements: readonly (Button | StaticSelect)[]): ActionsBlock => ({
  type: 'actions',
  elements: [...elements],
});

/** Asks before a memory is deleted for good. */
export const confirmForget = (texts: Texts): NonNullable<Button['confirm']> => ({
  title: plain(texts.memory.confirmTitle, slackLimits.confirmTitle),
  text: plain(texts.memory.confirmText, slackLimits.confirmText),
  confirm: plain(texts.buttons.forget, slackLimits.confirmButton),
  deny: plain(texts.buttons.keep, slackLimits.confirmButton),
  style: 'danger',
});

/** Asks before more people see a memory used. */
export const confirmShare = (texts: Texts): NonNullable<Button['confirm']> => ({
  title: plain(texts.memory.shareTitle, slackLimits.confirmTitle),
  text: plain(texts.memory.shareText, slackLimits.confirmText),
  confirm: plain(texts.buttons.share, slackLimits.confirmButton),
  deny: plain(texts.buttons.cancel, slackLimits.confirmButton),
});

function spans(text: string): RichTextElement[] {
  const parts = clip(inert(text).trim() || '–', slackLimits.sectionText).split(/(`[^`\n]+`)/u);
  return parts.filter((part) => part !== '').map(span);
}

const span = (part: string): RichTextElement =>
  part.length > 2 && part.startsWith('`') && part.endsWith('`')
    ? { type: 'text', text: part.slice(1, -1), style: { code: true } }
    : { type: 'text', text: part };
