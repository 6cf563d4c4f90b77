import type { Locale } from '../base/namespace.ts';
import type { Mention } from './mentions.ts';
import type { BoundParameters } from './verified-match.ts';
import type { VerifiedQuery } from './verified-query.ts';

const placeholder = /\{([a-z][a-z0-9_]*)\}/gu;

/** Replaces `{parameter}` with what it is bound to. Other names stay as written. */
export const fillParameters = (template: string, parameters: BoundParameters): string =>
  template.replace(placeholder, (whole, name: string) => parameters[name]?.display ?? whole);

/**
 * How a question was understood: the query's title with its parameters, the parameters it does not name, then corrected
 * spellings.
 */
export function interpret(
  query: VerifiedQuery,
  parameters: BoundParameters,
  mentions: Readonly<Record<string, Mention>>,
  locale: Locale,
): string {
  const template = (locale === 'zh' ? query.title_zh : undefined) ?? query.title;
  const others = Object.entries(parameters).filter(([name]) => !template.includes(`{${name}}`));
  const spellings = Object.values(mentions).flatMap((mention) =>
    mention.type === 'value' && mention.how === 'spelling' ? [mention] : [],
  );
  const words = spellings.map(({ value }) => (locale === 'zh' ? `按“${value}”理解` : `reading it as “${value}”`));
  const open = others.map(([, { display }]) => display);
  const [comma, stop] = locale === 'zh' ? ['，', '；'] : [', ', '; '];
  return [[fillParameters(template, parameters), ...open].join(comma), ...words].join(stop);
}
