/** What Slack writes between `<` and `>`: a mention, a channel or a link, each possibly with a label. */
const token = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * The text as the person saw it: without the mention of the bot, links and channels as their visible text, entities
 * decoded, and without a code fence around the whole.
 */
export function questionText(text: string, botUserId: string | undefined): string {
  const seen = text.replace(token, (_, sign: string, id: string, label: string | undefined) => {
    if (sign === '@' && id === botUserId) return ' ';
    if (sign === '') return label ?? id;
    return label === undefined ? `${sign}${id}` : `${sign}${label.replace(/^[@#]/, '')}`;
  });
  return removeCodeFence(unescapeEntities(seen).trim());
}

const unescapeEntities = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('\u00A0', ' ');

const removeCodeFence = (text: string): string => /^```(?:sql\b)?([\s\S]*)```$/i.exec(text)?.[1]?.trim() ?? text;

/** The message mentions another person and not the bot. */
export function isForSomeoneElse(text: string, botUserId: string | undefined): boolean {
  const mentioned = [...text.matchAll(/<@([UW][A-Z0-9]+)/g)].map(([, id]) => id);
  return mentioned.length > 0 && !mentioned.includes(botUserId);
}
