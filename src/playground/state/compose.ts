import type { Block } from '../page-api.ts';
import type { Cast } from './cast.ts';

type Inline = { readonly type: string; readonly [field: string]: unknown };

/** A typed line as Slack stores it. */
export type Composed = { readonly text: string; readonly blocks: readonly Block[] };

const token = /<@([UW][A-Z0-9]+)>|<#([CGD][A-Z0-9]+)(?:\|[^>]*)?>|<!(here|channel|everyone)>|https?:\/\/[^\s<>|]+/g;

/**
 * Turns what a person typed into a message as Slack's composer does: `@name` of somebody here and `<@U…>` become
 * mentions, addresses become links, everything else is escaped. The blocks are one rich_text block.
 */
export function compose(typed: string, cast: Cast): Composed {
  const line = withMentions(typed, cast);
  const texts: string[] = [];
  const inline: Inline[] = [];
  let end = 0;
  const addText = (raw: string) => {
    if (raw === '') return;
    texts.push(escapeText(raw));
    inline.push({ type: 'text', text: raw });
  };
  for (const match of line.matchAll(token)) {
    addText(line.slice(end, match.index));
    end = match.index + match[0].length;
    inline.push(inlineOf(match));
    texts.push(match[0].startsWith('http') ? `<${escapeText(match[0])}>` : match[0]);
  }
  addText(line.slice(end));
  const section = { type: 'rich_text_section', elements: inline };
  return { text: texts.join(''), blocks: [{ type: 'rich_text', block_id: 'typed', elements: [section] }] };
}

function inlineOf([whole, user, channel, range]: RegExpMatchArray): Inline {
  if (user !== undefined) return { type: 'user', user_id: user };
  if (channel !== undefined) return { type: 'channel', channel_id: channel };
  if (range !== undefined) return { type: 'broadcast', range };
  return { type: 'link', url: whole };
}

/** Longest names first, so that `@Maya Lindqvist` is not cut to `@maya`. */
function withMentions(typed: string, cast: Cast): string {
  const names = [...cast.people, cast.bot].flatMap((person) => [
    { name: person.real_name, id: person.id },
    { name: person.name, id: person.id },
  ]);
  return names
    .sort((a, b) => b.name.length - a.name.length)
    .reduce((line, { name, id }) => line.replace(mention(name), `<@${id}>`), typed);
}

function mention(name: string): RegExp {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}<])@${literal}(?![\\p{L}\\p{N}])`, 'giu');
}

/** The three characters that Slack escapes in message texts. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
