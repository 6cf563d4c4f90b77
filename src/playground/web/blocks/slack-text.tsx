import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { useMemo } from 'react';
import { emojiParts, mrkdwnParts } from '../text/mrkdwn.ts';
import { LibraryBlock } from './library-block.tsx';

type Props = {
  readonly text: PlainTextElement | MrkdwnElement | undefined;
  /** Flows with the text around it, e.g. the label of a button, instead of being a paragraph. */
  readonly inline?: boolean;
};

/** A text object: plain text with `:emoji:`, or mrkdwn with its formatting. */
export function SlackText({ text, inline = false }: Props) {
  const block = useMemo(() => {
    const elements = text?.type === 'mrkdwn' ? mrkdwnParts(text.text) : emojiParts(text?.text ?? '');
    return { type: 'rich_text', elements };
  }, [text?.type, text?.text]);
  if (!text) return null;
  if (inline && text.type === 'plain_text' && !/:[\w+-]+:/.test(text.text)) return text.text;
  return <LibraryBlock className={inline ? 'slack-inline' : 'slack-text'} block={block} />;
}
