/** What Slack puts between `<` and `>`: a mention, a channel, a link, each perhaps with a label. */
const token = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * What the person typed, as they saw it: the bot's mention gone, links and channels as their visible text, entities
 * undone, a code fence around the whole taken off.
 */
export function questionText(text: string, botUserId: string | undefined): string {
  const seen = text.replace(token, (_, sign: string, id: string, label: string | undefined) => {
    if (sign === '@' && id === botUserId) return ' ';
    if (sign === '') return label ?? id;
    return label === undefined ? `${sign}${id}` : `${sign}${label.replace(/^[@#]/, '')}`;
  });
  return unfenced(unescaped(seen).trim());
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('\u00A0', ' ');

const unfenced = (text: string): string => /^```(?:sql\b)?([\s\S]*)```$/i.exec(text)?.[1]?.trim() ?? text;

/** Talks to somebody else: mentions a person and not the bot. */
export function isForSomeoneElse(text: string, botUserId: string | undefined): boolean {
  const mentioned = [...text.matchAll(/<@([UW][A-Z0-9]+)/g)].map(([, id]) => id);
  return mentioned.length > 0 && !mentioned.includes(botUserId);
}
