import { slackLimits } from './limits.ts';

/**
 * Data, model output and names are shown, never obeyed. Text goes into `plain_text`, `rich_text` and `raw_text` elements,
 * which Slack does not parse, through `inert`; only the top-level `text` of a message is mrkdwn, through `inertMrkdwn`.
 */

/** C0 and C1 controls except tab and newline. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu;
/** Embeddings, overrides and isolates that make text read in another order than it is stored. Plain marks stay. */
const bidirectional = /[\u202A-\u202E\u2066-\u2069]/gu;
/** Zero-width characters and tags that hide words from a reader. The joiner of emoji (U+200D) stays. */
const hidden = /[\u200B\u2060-\u2064\uFEFF\u{E0000}-\u{E007F}]/gu;
const loneSurrogate = /\p{Surrogate}/gu;
const newlineFlood = /\n{3,}/gu;

/** Removes what hides or reorders text or floods a message; everything that a person can read stays. */
export function inert(text: string): string {
  return text
    .replace(loneSurrogate, '\uFFFD')
    .replace(/\r\n?/gu, '\n')
    .replace(controls, '')
    .replace(bidirectional, '')
    .replace(hidden, '')
    .replace(newlineFlood, '\n\n');
}

/** `inert` on one line: for labels, captions and button texts. */
export function inertLine(text: string): string {
  return inert(text)
    .replace(/[\s\u2028\u2029]+/gu, ' ')
    .trim();
}

/** Text that Slack turns into a link or an emoji by itself, except in code spans. */
const eager =
  /(?:https?:\/\/|www\.)[^\s`<>|]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+[a-z]{2,}(?:\/[^\s`<>|]*)?|:[\w+'-]+:|[@#][\p{L}\w-]+/giu;

/**
 * `inertLine` for mrkdwn, so that no mention, link, channel, emoji or quote takes effect. Addresses become code spans.
 * For the top-level `text`, which notifications and the last fallback show.
 */
export function inertMrkdwn(text: string): string {
  // A message holds no more, and the search for addresses takes quadratic time.
  return clip(inertLine(text), slackLimits.messageText)
    .replace(/^[>\s]+/u, '')
    .replaceAll('`', "'")
    .replace(eager, (match) => `\`${match}\``)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Half a surrogate pair, or the joiner of an emoji that was cut off. */
const brokenEnd = /(?:\p{Surrogate}|\u200D)$/u;

/** At most `max` UTF-16 units, ending in `…` when something was cut, never inside a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(brokenEnd, '')}…`;
}
