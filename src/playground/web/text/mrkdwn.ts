/** Parts of Block Kit's rich_text that mrkdwn can express. */
export type Style = { readonly bold?: true; readonly italic?: true; readonly strike?: true; readonly code?: true };
/** A run of text, a mention, a link or an emoji. */
export type RichTextPiece =
  | { readonly type: 'text'; readonly text: string; readonly style?: Style }
  | { readonly type: 'emoji'; readonly name: string }
  | { readonly type: 'user'; readonly user_id: string; readonly style?: Style }
  | { readonly type: 'channel'; readonly channel_id: string; readonly style?: Style }
  | { readonly type: 'broadcast'; readonly range: string; readonly style?: Style }
  | { readonly type: 'link'; readonly url: string; readonly text?: string; readonly style?: Style };
/** A section, quote or code block. */
export type RichTextPart = {
  readonly type: 'rich_text_section' | 'rich_text_quote' | 'rich_text_preformatted';
  readonly elements: readonly RichTextPiece[];
};

/**
 * Slack's mrkdwn as rich_text, by the rules of docs.slack.dev/messaging/formatting-message-text: a mark opens after a
 * space or punctuation and closes before one, on the same line, so that `count(*)` and `5 * 3` stay as they are.
 * (The renderer's own mrkdwn doubles such asterisks.)
 */
export function mrkdwnParts(mrkdwn: string): readonly RichTextPart[] {
  return mrkdwn.split(/```\n?([\s\S]*?)\n?```/).flatMap((piece, index) => {
    if (index % 2 === 1) return [{ type: 'rich_text_preformatted', elements: plainPieces(unescapeEntities(piece)) }];
    const text = index > 0 ? piece.replace(/^\n/, '') : piece;
    return text === '' ? [] : quotesAndSections(text);
  });
}

/** Plain text with its `:emoji:`. */
export function emojiParts(text: string): readonly RichTextPart[] {
  const elements = text
    .split(new RegExp(`(${emoji})`, 'i'))
    .flatMap((piece, index) =>
      index % 3 === 1 ? emojiPiece(piece.slice(1, -1), piece) : index % 3 === 0 ? plainPieces(piece) : [],
    );
  return [{ type: 'rich_text_section', elements }];
}

function quotesAndSections(text: string): RichTextPart[] {
  const runs: { isQuote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const isQuote = /^(>|&gt;)/.test(line);
    const last = runs.at(-1);
    const content = isQuote ? line.replace(/^(>|&gt;) ?/, '') : line;
    if (last?.isQuote === isQuote) last.lines.push(content);
    else runs.push({ isQuote, lines: [content] });
  }
  return runs.map(({ isQuote, lines }) => {
    const elements = inlinePieces(lines.join('\n'), {});
    return isQuote ? { type: 'rich_text_quote', elements } : { type: 'rich_text_section', elements };
  });
}

const before = '(?<![\\p{L}\\p{N}])';
const after = '(?![\\p{L}\\p{N}])';
const marked = (mark: string) => `${before}[${mark}](?=\\S)([^${mark}\\n]*[^\\s${mark}])[${mark}]${after}`;
const emoji = ':([a-z0-9_+-]+):';
const everything = new RegExp(
  ['`([^`\\n]+)`', '<([^<>\\n]+)>', emoji, marked('*'), marked('_'), marked('~')].join('|'),
  'giu',
);

function inlinePieces(text: string, style: Style): RichTextPiece[] {
  const pieces: RichTextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(everything)) {
    pieces.push(...plainPieces(unescapeEntities(text.slice(end, match.index)), style));
    pieces.push(...markedPieces(match, style));
    end = match.index + match[0].length;
  }
  return [...pieces, ...plainPieces(unescapeEntities(text.slice(end)), style)];
}

function markedPieces(match: RegExpMatchArray, style: Style): RichTextPiece[] {
  const [whole, code, angle, name, bold, italic, strike] = match;
  if (code !== undefined) return plainPieces(unescapeEntities(code), { ...style, code: true });
  if (angle !== undefined) return [anglePiece(angle, style)];
  if (name !== undefined) return emojiPiece(name, whole);
  if (bold !== undefined) return inlinePieces(bold, { ...style, bold: true });
  if (italic !== undefined) return inlinePieces(italic, { ...style, italic: true });
  return inlinePieces(strike ?? '', { ...style, strike: true });
}

/** The content of `<…>`: a mention, a date (shown by its fallback), or a link. */
function anglePiece(inside: string, style: Style): RichTextPiece {
  const [target = '', label] = inside.split(/\|(.*)/s);
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1), style };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1), style };
  if (/^!(here|channel|everyone)$/.test(target)) return { type: 'broadcast', range: target.slice(1), style };
  if (target.startsWith('!')) return { type: 'text', text: unescapeEntities(label ?? target), style };
  const url = unescapeEntities(target);
  return { type: 'link', url, text: unescapeEntities(label ?? target.replace(/^mailto:/, '')), style };
}

/** `10:30:45` is a time of day and no emoji. */
function emojiPiece(name: string | undefined, whole: string): RichTextPiece[] {
  return name && /[a-z+-]/i.test(name) ? [{ type: 'emoji', name }] : [{ type: 'text', text: whole }];
}

function plainPieces(text: string, style: Style = {}): RichTextPiece[] {
  return text === '' ? [] : [{ type: 'text', text, style }];
}

function unescapeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
