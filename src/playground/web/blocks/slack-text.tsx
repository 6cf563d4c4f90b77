import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { LibraryBlock } from './library-block.tsx';

type Props = { readonly text: PlainTextElement | MrkdwnElement | undefined };

/** A text object inside a line: plain text as it is, mrkdwn and `:emoji:` by the renderer. */
export function SlackText({ text }: Props) {
  if (!text) return null;
  if (text.type === 'plain_text' && !/:[\w+-]+:/.test(text.text)) return text.text;
  return <LibraryBlock className="slack-inline" block={{ type: 'section', text }} />;
}
